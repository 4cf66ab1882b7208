"""The dirt of real extracts: each kind of fault, what becomes of it, and that no record is lost on the way."""

from pathlib import Path
from typing import Any

import pytest

from tests.support.bulk_scene import GOOD, HEADER, Scene, lines

BAD_GUID = "{0000"
TWO_GOOD = (GOOD[0], GOOD[1])


@pytest.fixture
def scene(tmp_path: Path) -> Scene:
    return Scene(tmp_path)


def ids(rows: list[tuple[Any, ...]]) -> list[int]:
    return [row[0] for row in rows]


def staged(scene: Scene, data: bytes | str) -> list[tuple[Any, ...]]:
    scene.stage({"1_Entry.csv": data})
    return scene.rows("record, day, number, text")


def test_clean_rows_are_typed(scene: Scene) -> None:
    data = lines(HEADER, *GOOD)
    assert staged(scene, data) == [
        (1, "2020-03-05", "5.1", "first"),
        (2, "2020-03-06", "-0.5", 'say "so", twice'),
        (3, None, None, None),
    ]
    assert not scene.file.mended
    assert (scene.file.records, scene.file.rejected) == (3, 0)
    assert scene.ledger("issue") == []
    assert scene.rows("guid::VARCHAR, flag, whole")[0] == ("abcdef01-0000-4000-8000-000000000001", True, 12)


@pytest.mark.parametrize(
    "text",
    [
        "two\nlines",
        "two\r\nlines",
        "blank\n\nline",
        "x\r\n" + GOOD[0] + "\r\ny",
        '5" needle',
        "back\\slash",
        "a\0b",
    ],
)
def test_odd_text_inside_quotes_is_kept(scene: Scene, text: str) -> None:
    quoted = text.replace('"', '""')
    row = f'"1","","","","","","{quoted}"'
    assert staged(scene, lines(HEADER, row, GOOD[1]))[0] == (1, None, None, text)
    assert scene.file.records == 2
    assert not scene.file.rejected
    assert [one.rule for one in scene.file.warnings] == (["text.nul"] if "\0" in text else [])


def test_a_mark_at_the_start_is_no_part_of_the_first_column(scene: Scene) -> None:
    assert len(staged(scene, b"\xef\xbb\xbf" + lines(HEADER, *GOOD).encode())) == 3
    assert not scene.file.mended


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("last", [True, False])
def test_lines_end_as_they_like_and_the_last_need_not(scene: Scene, end: str, last: bool) -> None:
    data = lines(HEADER, *GOOD, end=end)
    assert len(staged(scene, data if last else data.removesuffix(end))) == 3
    assert scene.file.records == 3


def test_mixed_line_ends(scene: Scene) -> None:
    data = lines(HEADER, end="\n") + lines(GOOD[0]) + lines(GOOD[1], end="\n") + lines(GOOD[2])
    assert len(staged(scene, data)) == 3


def test_blank_lines_are_no_records(scene: Scene) -> None:
    data = lines(HEADER) + "\r\n" + lines(GOOD[0]) + "\r\n\r\n" + lines(GOOD[1]) + "\r\n"
    assert [row[0] for row in staged(scene, data)] == [1, 2]
    assert scene.file.records == 2


@pytest.mark.parametrize(
    ("column", "value", "rule"),
    [
        ("day", "31/02/2020", "moment.unreadable"),
        ("day", "12/25/2020", "moment.unreadable"),
        ("day", "01/02/20", "moment.unreadable"),
        ("day", "2020-02-31", "moment.unreadable"),
        ("day", "0001-01-01", "moment.unreadable"),
        ("number", "1,234.5", "number.unreadable"),
        ("number", "<0.5", "number.unreadable"),
        ("number", "NaN", "number.unreadable"),
        ("number", "1e3", "number.unreadable"),
        ("whole", "12.7", "number.unreadable"),
        ("flag", "maybe", "flag.unreadable"),
        ("guid", BAD_GUID, "guid.unreadable"),
    ],
)
def test_a_cell_not_of_its_type_is_kept_beside_and_told(
    scene: Scene, column: str, value: str, rule: str
) -> None:
    cells = {"id": "9", column: value}
    row = ",".join(f'"{cells.get(name, "")}"' for name in HEADER.replace('"', "").split(","))
    scene.stage({"1_Entry.csv": lines(HEADER, GOOD[0], row)})
    assert scene.rows(f"record, {column}, odd")[1] == (2, None, f'{{"{column}":"{value}"}}')
    assert scene.ledger("issue") == [("source", "observation", 1, 2, "Entry", rule, column)]
    assert not scene.file.mended


def test_bytes_that_are_no_utf8_are_read_as_windows_1252_and_told(scene: Scene) -> None:
    row = '"8","","","","","","£5 café'.encode("cp1252") + ' naïve"'.encode()
    data = lines(HEADER, GOOD[0]).encode() + row + b"\r\n" + lines(GOOD[1]).encode()
    assert [one[3] for one in staged(scene, data)] == ["first", "£5 café naïve", 'say "so", twice']
    assert scene.file.mended
    assert scene.ledger("issue") == [("source", "observation", 1, 2, "Entry", "text.encoding", "")]


@pytest.mark.parametrize(
    ("bad", "rule"),
    [
        ("1,2,3", "record.width"),
        ('"1","","","","","","x","y"', "record.width"),
        ('"1","","","","","","x" y', "record.quotes"),
        ('"1","","","","","","x \\"y\\" z"', "record.quotes"),
        ('"1","","","","","",never closed"', "record.width"),
    ],
)
def test_a_bad_record_costs_one_record(scene: Scene, bad: str, rule: str) -> None:
    found = staged(scene, lines(HEADER, GOOD[0], bad, GOOD[1], GOOD[2]))
    if bad.endswith('closed"'):  # a quote inside an unquoted cell is text
        assert [row[0] for row in found] == [1, 2, 3, 4]
        return
    assert [row[0] for row in found] == [1, 3, 4]
    assert scene.ledger("reject") == [("source", "observation", 1, 2, "Entry", rule, "")]
    assert (scene.file.records, scene.file.rejected, scene.file.mended) == (4, 1, True)


def test_a_quote_that_is_never_closed_does_not_take_the_rest(scene: Scene) -> None:
    many = [f'"{number}","","","","","","text {number}"' for number in range(3000)]
    many[100] = '"100","","","","","","never closed'
    found = staged(scene, lines(HEADER, *many))
    assert len(found) == 2999
    assert scene.ledger("reject") == [("source", "observation", 1, 101, "Entry", "record.quotes", "")]
    assert found[-1][0] == 3000


def test_an_unclosed_quote_in_the_last_record(scene: Scene) -> None:
    found = staged(scene, lines(HEADER, GOOD[0]) + '"2","","","","","","never closed')
    assert len(found) == 1
    assert scene.file.records == 2


def test_a_very_long_text_is_taken(scene: Scene) -> None:
    long = "word, " * 700_000
    assert staged(scene, lines(HEADER, f'"1","","","","","","{long}"', GOOD[1]))[0][3] == long


def test_a_text_longer_than_any_record_is_a_reject(scene: Scene) -> None:
    found = staged(scene, lines(HEADER, f'"1","","","","","","{"x" * (17 << 20)}"', GOOD[1]))
    assert [row[0] for row in found] == [2]
    assert scene.ledger("reject")[0][5] == "record.too_long"


def test_a_bare_quote_in_unquoted_text_is_text(scene: Scene) -> None:
    assert staged(scene, lines(HEADER, '1,,,,,,5" needle', GOOD[1]))[0][3] == '5" needle'
    assert scene.file.records == 2


def test_a_quoted_nothing_is_nothing(scene: Scene) -> None:
    assert staged(scene, lines(HEADER, '1,"","","","","",""'))[0] == (1, None, None, None)


def test_the_same_key_twice_is_kept_twice(scene: Scene) -> None:
    assert len(staged(scene, lines(HEADER, GOOD[0], GOOD[0]))) == 2


def test_a_header_and_nothing_else(scene: Scene) -> None:
    assert staged(scene, lines(HEADER)) == []
    assert (scene.file.records, scene.file.mended) == (0, False)


def test_all_faults_at_once_balance(scene: Scene) -> None:
    rows = []
    for number in range(5000):
        rows.append(f'"{number}","2020-03-05","","","","","plain"')
        if number % 100 == 50:
            rows.append(("1,2,3", '"7","","","","","","x" y', '"8","","","","","","open')[number // 100 % 3])
    found = staged(scene, lines(HEADER, *rows))
    assert len(found) == 5000
    assert scene.file.records == len(rows)
    assert scene.file.rejected == 50 == len(scene.ledger("reject"))
    told = {row[3] for row in scene.ledger("reject")} | {row[0] for row in found}
    assert told == set(range(1, len(rows) + 1))


def test_windows_1252_is_read_where_the_system_writes_it(tmp_path: Path) -> None:
    scene = Scene(tmp_path, encoding="windows-1252")
    data = lines(HEADER, '"1","","","","","","£5 – “café” \u0081"').encode("cp1252", "replace")
    scene.stage({"1_Entry.csv": data.replace(b"?", b"\x81")})
    assert scene.rows("text") == [("£5 – “café” \x81",)]
    assert scene.file.encoding == "windows-1252"
    assert [(one.rule, one.count) for one in scene.file.warnings] == [("text.undefined_byte", 1)]
    assert not scene.file.mended


def test_utf8_is_read_as_it_is_where_windows_1252_was_promised(tmp_path: Path) -> None:
    scene = Scene(tmp_path, encoding="windows-1252")
    scene.stage({"1_Entry.csv": lines(HEADER, '"1","","","","","","café"')})
    assert (scene.rows("text"), scene.file.encoding) == ([("café",)], "utf-8")


def test_utf16_is_read(scene: Scene) -> None:
    assert staged(scene, lines(HEADER, *GOOD).encode("utf-16"))[0][3] == "first"
    assert scene.file.records == 3
