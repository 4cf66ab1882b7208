"""Entries that lost their code: what came so is told from what this migration did."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from godwit.records.compare.degradation import degradation
from godwit.records.duck import Duck
from tests.support.found import find, finding
from tests.support.staged import pair, put, tables

GOUT, LOCAL = '["snomed|90560007"]', '["tpp_local|Y0094"]'
DRUG_ALLERGY, READ_ALLERGY = '["snomed|196461000000101"]', '["read2|9bJ4."]'
PLAN = '["ctv3|9bJ3.","emis|x"]'


@pytest.fixture
def duck(tmp_path: Path) -> Iterator[Duck]:
    with tables(tmp_path) as one:
        yield one


def counts(rows: list[dict[str, Any]]) -> dict[str, tuple[int, ...]]:
    return {
        row["class"]: tuple(row[name] for name in ("inherited", "new", "recoded", "not_arrived", "unpaired"))
        for row in rows
    }


def test_each_way_of_losing_a_code_is_counted_apart(duck: Duck) -> None:
    sources = (GOUT, READ_ALLERGY, READ_ALLERGY, DRUG_ALLERGY, GOUT)
    targets = (DRUG_ALLERGY, DRUG_ALLERGY, GOUT, DRUG_ALLERGY, GOUT)
    put(duck, "source", "allergy", *({"code": code} for code in sources))
    put(duck, "target", "allergy", *({"code": code} for code in targets))
    put(duck, "source", "recall", {"code": PLAN}, first=9)
    pair(duck, *(("allergy", row, row) for row in (1, 2, 3, 5)))
    find(duck, [])
    rows = degradation(duck)
    assert counts(rows) == {"drug_allergy": (1, 1, 1, 1, 1), "plan": (0, 0, 0, 1, 0)}
    assert [row["title"] for row in rows] == ["Allergies to a drug", "Recalls and plans"]
    assert (rows[0]["inherited_per_1000"], rows[0]["new_per_1000"]) == (500.0, 200.0)


def test_a_number_that_only_contains_a_marker_is_none(duck: Duck) -> None:
    put(duck, "source", "observation", {"code": '["snomed|1964610000001012"]'}, {"code": '["read2|9bJ9."]'})
    pair(duck)
    find(duck, [])
    assert degradation(duck) == []


def test_entries_left_with_words_or_a_local_code_only(duck: Duck) -> None:
    pair(duck)
    find(duck, [
        finding("observation", "different", 1, "code", (GOUT, None), reason="lost"),
        finding("observation", "different", 2, "code", (GOUT, LOCAL)),
        finding("observation", "different", 3, "code", (LOCAL, '["emis|1"]')),
        finding("observation", "different", 4, "text", ("a", None), reason="lost"),
        finding("medication_issue", "different", 5, "drug", (GOUT, None), reason="lost"),
    ])  # fmt: skip
    assert counts(degradation(duck)) == {"text_only": (0, 2, 0, 0, 0), "local_only": (0, 1, 0, 0, 0)}
