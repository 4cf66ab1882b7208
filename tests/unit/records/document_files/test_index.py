"""An index of documents is read by plain headers or a map; what cannot be read is named by line and rule."""

from pathlib import Path

import pytest

from godwit.records.document_files.folder import open_folder
from godwit.records.document_files.index_file import NO_FILE, NO_PATIENT, SHAPE, read_index
from godwit.records.document_files.index_map import IndexMap, load_index_map, read_index_fields
from godwit.records.errors import InputRefused

HEADER = "NHS number,Date of birth,File,Size,SHA-256,Title"


def written(folder: Path, *lines: str, name: str = "index.csv", encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_text("\n".join(lines) + "\n", encoding=encoding)
    return path


def test_plain_headers_are_read_and_values_take_our_form(tmp_path: Path) -> None:
    line = f'943 476 5919,1/2/1950,a\\b.pdf,"1,024",{"AB" * 32},Letter'
    index = read_index(written(tmp_path, HEADER, line), None, "here")
    [row] = index.rows
    assert (row.line, row.path) == (2, "a\\b.pdf")
    assert row.said == {
        "nhs_number": "9434765919", "birth_date": "1950-02-01", "size": "1024", "sha256": "ab" * 32, "title": "Letter",
    }  # fmt: skip
    assert index.fields == {"nhs_number", "birth_date", "path", "size", "sha256", "title"}


def test_lines_that_say_too_little_are_rejected_by_number(tmp_path: Path) -> None:
    lines = (
        "9434765919,01/02/1950,,,,no file",
        "9434765910,01/02/1950,a.pdf,,,wrong check digit",
        "9434765919,31/02/1950,a.pdf,,,no such day",
        "9434765919,01/02/1950",
        "",
        "9434765919,01/02/1950,a.pdf,many,xyz,odd size and hash",
    )
    index = read_index(written(tmp_path, HEADER, *lines), None, "here")
    assert index.rejects == ((2, NO_FILE), (3, NO_PATIENT), (4, NO_PATIENT), (5, SHAPE))
    assert [(one.line, one.odd) for one in index.rows] == [(7, ("size", "sha256"))]


def test_a_map_names_columns_separator_encoding_and_dates(tmp_path: Path) -> None:
    told = IndexMap.model_validate(
        {"title": "x", "separator": ";", "encoding": "windows-1252", "dates": ("yearmonthday",),
         "columns": {"local_id": "Pat", "birth_date": "Geboren", "path": "Datei", "title": "Titel"}}
    )  # fmt: skip
    path = written(tmp_path, "Pat;Geboren;Datei;Titel", "17;19500201;x.pdf;Brücke", encoding="cp1252")
    [row] = read_index(path, told, "here").rows
    assert row.said == {"local_id": "17", "birth_date": "1950-02-01", "title": "Brücke"}


@pytest.mark.parametrize(
    ("text", "rule", "words"),
    [
        ("", "documents.index", "empty"),
        ("File,NHS number\n", "documents.columns", "two of NHS number"),
        ("NHS number,DOB\n", "documents.columns", "the file"),
        ("NHS number,DOB,File,File name\n", "documents.columns", "two columns"),
        ('NHS number,DOB,File\n"x', "documents.index", "CSV"),
    ],
)
def test_an_index_that_cannot_be_read_is_refused(tmp_path: Path, text: str, rule: str, words: str) -> None:
    path = tmp_path / "index.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputRefused) as refused:
        read_index(path, None, "source documents, index")
    assert refused.value.rule == rule
    assert words in refused.value.because
    assert refused.value.place == "source documents, index"


def test_text_of_another_encoding_is_refused_unquoted(tmp_path: Path) -> None:
    path = written(tmp_path, HEADER, "9434765919,01/02/1950,Zoë.pdf,,,x", encoding="cp1252")
    with pytest.raises(InputRefused) as refused:
        read_index(path, None, "here")
    assert refused.value.rule == "documents.index"
    assert "Zo" not in str(refused.value)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("title: x\ncolumns: {path: a}\n", "two of NHS number"),
        ("title: x\ncolumns: {path: a, nhs_number: b, birth_date: c, shoe: d}\n", "shoe"),
        (
            "title: x\ncolumns: {path: a, nhs_number: b, birth_date: c}\ndates: [day/day]\n",
            "day, month and year",
        ),
        ("title: [", "line"),
    ],
)
def test_a_map_that_cannot_be_used_is_refused(tmp_path: Path, text: str, words: str) -> None:
    path = tmp_path / "map.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputRefused, match=r"documents\.map") as refused:
        load_index_map(path, "map of the source index")
    assert words in refused.value.because


def test_a_map_must_fit_its_index(tmp_path: Path) -> None:
    told = IndexMap.model_validate(
        {"title": "x", "columns": {"path": "A", "nhs_number": "B", "birth_date": "C"}}
    )
    with pytest.raises(InputRefused, match="no column C"):
        read_index(written(tmp_path, "A,B"), told, "here")


def test_no_two_fields_share_a_header() -> None:
    headers = [header for one in read_index_fields().fields for header in one.headers]
    assert len(headers) == len(set(headers))


def test_the_index_of_a_folder_is_plain_or_named(tmp_path: Path) -> None:
    index = written(tmp_path, HEADER)
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "a.pdf").write_bytes(b"x")
    (tmp_path / "Thumbs.db").write_bytes(b"x")
    found = open_folder(tmp_path, None, "here")
    assert found.index == index
    assert [(one.number, one.path, one.size) for one in found.files] == [(1, "letters/a.pdf", 1)]
    other = written(tmp_path, HEADER, name="list.csv")
    assert open_folder(tmp_path, None, "here").index == index  # its name says so
    told = IndexMap.model_validate(
        {"title": "x", "file": "list.csv", "columns": {"path": "A", "nhs_number": "B", "birth_date": "C"}}
    )
    assert open_folder(tmp_path, told, "here").index == other
    index.rename(tmp_path / "more.csv")
    with pytest.raises(InputRefused, match=r"documents\.no_index"):
        open_folder(tmp_path, None, "here")


def test_a_folder_that_is_none_or_holds_a_link_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputRefused, match=r"documents\.absent"):
        open_folder(tmp_path / "gone", None, "here")
    written(tmp_path, HEADER)
    (tmp_path / "letter.pdf").symlink_to("/etc/hostname")
    with pytest.raises(InputRefused, match=r"here file 1: .*documents\.link"):
        open_folder(tmp_path, None, "here")
