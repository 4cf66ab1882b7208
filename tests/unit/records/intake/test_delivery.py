"""Opening a delivery: a folder, a zip or a file, in name order; what is hostile is refused by rule."""

import stat
import zipfile
from pathlib import Path

import pytest

from godwit.records.errors import InputRefused
from godwit.records.intake import limits
from godwit.records.intake.delivery import IGNORED, open_delivery

FILES = {"b.json": b"{}", "a.json": b"[1]", "sub/c.xml": b"<a/>"}


def in_folder(folder: Path, files: dict[str, bytes]) -> Path:
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return folder


def in_zip(path: Path, files: dict[str, bytes], packed: bool = False) -> Path:
    how = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
    with zipfile.ZipFile(path, "w", how) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return path


def refused(path: Path) -> str:
    with pytest.raises(InputRefused) as caught:
        [file.read() for file in open_delivery(path, "source")]
    assert "source" in (caught.value.place or "")
    return caught.value.rule


# What is delivered ------------------------------------------------------------------------------------------------


def test_a_folder_and_a_zip_are_read_alike(tmp_path: Path) -> None:
    for path in (in_folder(tmp_path / "folder", FILES), in_zip(tmp_path / "a.zip", FILES)):
        delivery = open_delivery(path, "source")
        found = [(file.number, file.name, file.size, file.read()) for file in delivery]
        assert found == [(1, "a.json", 3, b"[1]"), (2, "b.json", 2, b"{}"), (3, "sub/c.xml", 4, b"<a/>")]
        assert delivery.size == 9


def test_a_file_alone_is_a_delivery(tmp_path: Path) -> None:
    (file,) = open_delivery(in_folder(tmp_path, {"a.json": b"{}"}) / "a.json", "source")
    assert (file.number, file.name, file.size, file.read()) == (1, "a.json", 2, b"{}")


def test_a_zip_is_known_by_its_content_and_not_its_name(tmp_path: Path) -> None:
    assert [file.name for file in open_delivery(in_zip(tmp_path / "a.dat", FILES), "source")] == sorted(FILES)


@pytest.mark.parametrize("ignored", IGNORED)
def test_what_operating_systems_leave_behind_is_no_part_of_it(tmp_path: Path, ignored: str) -> None:
    files = {f"0/{ignored}": b"x", ignored: b"x", **FILES}
    for path in (in_folder(tmp_path / "folder", files), in_zip(tmp_path / "a.zip", files)):
        assert [(file.number, file.name) for file in open_delivery(path, "source")] == [
            (1, "a.json"),
            (2, "b.json"),
            (3, "sub/c.xml"),
        ]


def test_folders_in_a_zip_are_no_files(tmp_path: Path) -> None:
    assert len(open_delivery(in_zip(tmp_path / "a.zip", {"x/": b"", **FILES}), "source").files) == 3


# What is refused --------------------------------------------------------------------------------------------------


def test_nothing_there(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert refused(tmp_path / "gone") == "delivery.absent"
    assert refused(tmp_path / "empty") == "delivery.empty"
    assert refused(in_zip(tmp_path / "a.zip", {})) == "delivery.empty"


def test_a_link_in_a_folder(tmp_path: Path) -> None:
    folder = in_folder(tmp_path / "folder", FILES)
    (folder / "z.json").symlink_to(folder / "a.json")
    assert refused(folder) == "delivery.link"


def test_a_linked_folder_is_not_passed_over(tmp_path: Path) -> None:
    folder, elsewhere = in_folder(tmp_path / "folder", FILES), in_folder(tmp_path / "elsewhere", FILES)
    (folder / "linked").symlink_to(elsewhere, target_is_directory=True)
    assert refused(folder) == "delivery.link"


@pytest.mark.parametrize(
    "name", ["../a.json", "x/../../a.json", "/a.json", "C:/a.json", "c:a.json", "..\\a.json", "\\a.json", "."]
)
def test_a_name_that_leads_out_of_the_zip(tmp_path: Path, name: str) -> None:
    assert refused(in_zip(tmp_path / "a.zip", {name: b"x"})) == "zip.path"


def test_a_zip_with_a_link(tmp_path: Path) -> None:
    link = zipfile.ZipInfo("a.json")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr(link, "b.json")
    assert refused(tmp_path / "a.zip") == "zip.link"


def test_a_zip_with_one_name_twice(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("a.json", "{}")
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("a.json", "[]")
    assert refused(tmp_path / "a.zip") == "zip.name_twice"


def patched(path: Path, mark: bytes, offset: int, value: bytes) -> Path:
    """The file with some bytes changed after each of its marks."""
    data = bytearray(path.read_bytes())
    at = data.find(mark)
    while at >= 0:
        data[at + offset : at + offset + len(value)] = value
        at = data.find(mark, at + 1)
    path.write_bytes(bytes(data))
    return path


LOCAL, CENTRAL = b"PK\x03\x04", b"PK\x01\x02"


def test_an_encrypted_zip(tmp_path: Path) -> None:
    path = in_zip(tmp_path / "a.zip", FILES)
    patched(patched(path, LOCAL, 6, b"\x01"), CENTRAL, 8, b"\x01")
    assert refused(path) == "zip.encrypted"


@pytest.mark.parametrize(
    ("name", "mark", "offset", "value", "rule"),
    [
        ("a byte of the content", b"0123456789", 3, b"\xff", "zip.damaged"),
        ("the name of the content", LOCAL, 30, b"\xff", "zip.damaged"),
        ("the mark of the content", LOCAL, 0, b"XX", "zip.damaged"),
        ("the mark of the list", CENTRAL, 0, b"XX", "zip.damaged"),
        ("a name that is no text", CENTRAL, 8, b"\x00\x08" + b"\x00" * 36 + b"\xff", "zip.damaged"),
        ("a version nobody knows", CENTRAL, 6, b"\xff", "zip.damaged"),
        ("a way of packing nobody knows", CENTRAL, 10, b"\x63", "zip.damaged"),
        ("a length that is not the content's", CENTRAL, 24, b"\x08", "zip.damaged"),
    ],
)
def test_a_damaged_zip(tmp_path: Path, name: str, mark: bytes, offset: int, value: bytes, rule: str) -> None:
    path = in_zip(tmp_path / "a.zip", {"a.json": b"0123456789"})
    assert refused(patched(path, mark, offset, value)) == rule, name


def test_a_zip_that_breaks_off(tmp_path: Path) -> None:
    path = in_zip(tmp_path / "a.zip", FILES)
    path.write_bytes(path.read_bytes()[:-30])
    assert refused(path) == "zip.damaged"


# Limits -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("limit", "value", "rule"),
    [
        ("MAX_FILES", 2, "delivery.too_large"),
        ("MAX_FILES", 3, None),
        ("MAX_TOTAL_BYTES", 8, "delivery.too_large"),
        ("MAX_TOTAL_BYTES", 9, None),
        ("MAX_FILE_BYTES", 4, None),
    ],
)
@pytest.mark.parametrize("kind", ["folder", "zip"])
def test_limits(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str, limit: str, value: int, rule: str | None
) -> None:
    monkeypatch.setattr(limits, limit, value)
    path = in_folder(tmp_path / "f", FILES) if kind == "folder" else in_zip(tmp_path / "a.zip", FILES)
    if rule:
        assert refused(path) == rule
    else:
        assert sum(len(file.read()) for file in open_delivery(path, "source")) == 9


def test_a_file_over_the_limit_is_refused_when_it_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "MAX_FILE_BYTES", 3)
    assert refused(in_folder(tmp_path / "f", FILES)) == "file.too_large"
    assert refused(in_zip(tmp_path / "a.zip", FILES)) == "zip.bomb"


@pytest.mark.parametrize(("size", "rule"), [(10_000, None), (100_000, "zip.bomb")])
def test_what_would_unpack_to_far_more_is_a_bomb(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int, rule: str | None
) -> None:
    monkeypatch.setattr(limits, "RATIO_COUNTS_FROM", 50_000)
    path = in_zip(tmp_path / "a.zip", {"a.json": b" " * size}, packed=True)
    if rule:
        assert refused(path) == rule
    else:
        assert len(next(iter(open_delivery(path, "source"))).read()) == size
