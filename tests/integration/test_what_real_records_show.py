"""What the page about real records says of them is what a comparison finds."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.support.comparing import compared

PAGE = Path(__file__).resolve().parents[2] / "docs" / "what-real-records-show.md"
ROW = re.compile(
    r"^\| \[\d\]\(#\S+\) \| `([\w.]+)` \| (\w+) \| `([\w.-]+)` \| `([\w.-]+)` \| (\d+) \|$", re.MULTILINE
)
FOUND = """SELECT min_by(severity, list_position(['critical', 'high', 'medium', 'low'], severity)),
                  count(DISTINCT coalesce(source_row, target_row))
           FROM finding.caused WHERE concat_ws('.', entity, coalesce(field, outcome), reason) = ?"""


def test_every_cause_of_the_page_is_tried() -> None:
    assert len(ROW.findall(PAGE.read_text(encoding="utf-8"))) == 5


@pytest.mark.parametrize("row", ROW.findall(PAGE.read_text(encoding="utf-8")), ids=lambda row: str(row[0]))
def test_a_cause_of_the_page_is_found(
    row: tuple[str, str, str, str, str], fixtures_root: Path, tmp_path: Path
) -> None:
    cause, risk, source, target, records = row
    found = {path.name: path for path in fixtures_root.rglob("PWTP*")}
    with compared(found[source], found[target], tmp_path / "work") as one:
        assert one.duck.run("test", FOUND, [cause]) == [(risk, int(records))]


def test_the_records_of_the_page_are_in_the_documents(fixtures_root: Path) -> None:
    page = PAGE.read_text(encoding="utf-8")
    documents = [path.read_text(encoding="utf-8").upper() for path in fixtures_root.rglob("PWTP*.*")]
    ids = set(re.findall(r"`([0-9A-F]{8})`", page))
    assert len(ids) >= 8
    assert [one for one in ids if sum(one in text for text in documents) < 2] == []
