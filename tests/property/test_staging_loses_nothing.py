"""Whatever the bytes of a file are, every record is staged or rejected, once; good ones come out as they went in."""

import csv
import io
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support.bulk_scene import Scene

TABLES = {
    "Entry": {
        "title": "Entries",
        "key": ["id"],
        "layouts": {"1": ["id", "one", "two"]},
        "columns": {name: {"type": "text"} for name in ("id", "one", "two")},
    }
}
HEADER = b"id,one,two\r\n"
SLOWLY = settings(
    max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
CELL = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=12) | st.sampled_from(
    ['"', "a\r\nb", "x,y", '""', "\n", " ", "1,2,3", 'end"', "\r"]
)


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    made = Scene(tmp_path_factory.mktemp("staging"), TABLES)
    with made.duck:
        yield made


def stage(scene: Scene, data: bytes) -> None:
    for ledger in ("reject", "issue"):
        scene.duck.run("again", f"CREATE SCHEMA IF NOT EXISTS ledger; DROP TABLE IF EXISTS ledger.{ledger}")
    scene.stage({"1_Entry.csv": HEADER + data})


def check_balance(scene: Scene) -> None:
    staged = [row[0] for row in scene.rows("record")]
    rejected = [row[3] for row in scene.ledger("reject")]
    assert sorted(staged + rejected) == list(range(1, scene.file.records + 1))
    assert scene.file.rejected == len(rejected)


@SLOWLY
@given(
    rows=st.lists(st.tuples(CELL, CELL, CELL), max_size=8),
    quoting=st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_MINIMAL]),
)
def test_good_records_come_out_as_they_went_in(
    scene: Scene, rows: list[tuple[str, ...]], quoting: int
) -> None:
    text = io.StringIO(newline="")
    csv.writer(text, quoting=csv.QUOTE_ALL if quoting == csv.QUOTE_ALL else csv.QUOTE_MINIMAL).writerows(rows)
    stage(scene, text.getvalue().encode())
    check_balance(scene)
    assert scene.ledger("reject") == []
    assert scene.rows("id, one, two") == [tuple(cell or None for cell in row) for row in rows]


@SLOWLY
@given(data=st.binary(max_size=80) | st.text('",\r\nab', max_size=80).map(str.encode))
def test_any_bytes_balance(scene: Scene, data: bytes) -> None:
    stage(scene, data)
    check_balance(scene)


@SLOWLY
@given(at=st.integers(0, 400), put=st.binary(min_size=1, max_size=3), instead=st.integers(0, 3))
def test_a_good_file_with_a_fault_keeps_its_other_records(
    scene: Scene, at: int, put: bytes, instead: int
) -> None:
    good = b"".join(b'"%d","text, ""quoted""","two\r\nlines"\r\n' % number for number in range(12))
    stage(scene, good[:at] + put + good[at + instead :])
    check_balance(scene)
    assert len(scene.rows("record")) >= 8
