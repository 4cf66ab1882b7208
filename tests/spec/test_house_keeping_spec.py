"""Every rule of house-keeping accepts the rows it says it accepts and refuses those it says it refuses."""

from pathlib import Path

import pytest

from godwit.definitions.comparison.house_keeping import HouseKeeping, read_house_keeping
from godwit.records.compare.findings import DEGRADED
from godwit.records.compare.harmless import condition
from godwit.records.formats import FORMATS
from tests.support.staged import put, tables

RULES = read_house_keeping()


def accepted(rule: HouseKeeping, row: dict[str, str], work: Path) -> bool:
    with tables(work) as duck:
        put(duck, rule.side, rule.entity, dict(row))
        found = duck.run("test", f"SELECT 1 FROM canonical.{rule.entity} AS c WHERE {condition(rule)}")
        return found == [(1,)]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_both_sides_of_the_edge(rule: HouseKeeping, tmp_path: Path) -> None:
    for number, row in enumerate(rule.accepts):
        (tmp_path / f"yes{number}").mkdir()
        assert accepted(rule, row, tmp_path / f"yes{number}"), row
    for number, row in enumerate(rule.refuses):
        (tmp_path / f"no{number}").mkdir()
        assert not accepted(rule, row, tmp_path / f"no{number}"), row


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_says_where_it_comes_from_and_never_hides_a_degraded_entry(rule: HouseKeeping) -> None:
    assert rule.source.strip()
    assert rule.because.strip()
    assert {name for both in rule.between for name in both} <= set(FORMATS)
    degraded = {f"snomed|{code}" for code in DEGRADED}
    assert not any(code in degraded or code.startswith("read2|9bJ") for code in rule.codes)
