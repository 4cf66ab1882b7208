"""Planted faults that an equivalence rule might swallow: none is explained, between any two formats.

The faults are those of the made-up practices, so that a fault that becomes cleverer is asked here too.
"""

from typing import Any

import pytest
import yaml

from godwit.definitions.comparison import read_equivalences
from godwit.definitions.comparison.units import read_units
from godwit.definitions.read import resource
from godwit.records.compare.code_maps import CodeMap
from godwit.records.compare.comparisons import Difference
from godwit.records.compare.findings import DEGRADED, change_of
from godwit.records.compare.rules import Rulebook
from godwit.synth.faults.amounts import DOSES, OTHER_UNITS, another_dose

MAP = CodeMap({"read2|C10F.": frozenset({"snomed|44054006"})}, frozenset({"read2", "snomed"}))
PAIRS = {("emis", "tpp"), *(both for rule in read_equivalences() for both in rule.between)}
BOOKS = [Rulebook(read_equivalences(), *both, MAP) for both in sorted(PAIRS)]
"""The rules as they reach two formats that none of them names, and every two that one names."""

Row = dict[str, str | None]


def catalogue(name: str) -> Any:
    return yaml.safe_load(resource("godwit.synth.catalogue", f"{name}.yaml").read_text(encoding="utf-8"))


def found(name: str, node: Any) -> set[Any]:
    """Everything under a key of this name, however deep."""
    if isinstance(node, dict):
        own = {
            str(one) for one in (node[name] if isinstance(node.get(name), list) else [node.get(name)]) if one
        }
        return own.union(*(found(name, one) for one in node.values()))
    return set().union(*(found(name, one) for one in node)) if isinstance(node, list) else set()


UNITS = sorted(found("unit", catalogue("values")) | set(OTHER_UNITS) | set(OTHER_UNITS.values()))
DOSAGES = sorted(found("doses", catalogue("drugs")))


def explained(entity: str, field: str, values: tuple[str | None, str | None], *rows: Row) -> list[str]:
    """The rules of any two formats that explain a difference."""
    source_row, target_row = rows or ({}, {})
    asked = Difference(entity, field, *values, source_row, target_row, MAP)
    return [rule.id for book in BOOKS if (rule := book.explain(asked))]


@pytest.mark.parametrize("unit", UNITS)
def test_another_unit(unit: str) -> None:
    for after in {OTHER_UNITS.get(unit, f"1000 {unit}"), f"1000 {unit}", *UNITS} - {unit}:
        assert explained("observation", "unit", (unit, after)) == []
    assert explained("observation", "unit", (unit, None)) == []
    assert unit.startswith("units") or unit == "ratio" or read_units().named(unit), "a unit without a name"


@pytest.mark.parametrize("dosage", DOSAGES)
def test_another_dose(dosage: str) -> None:
    mistaken = {dosage.lower().replace(one, other) for one, other in DOSES.items()} | {another_dose(dosage)}
    others = {"two": "three", "daily": "weekly", "twice": "three times", "ml": "mg", "night": "lunchtime", "20": "200",
              "right": "left", "five": "fifteen", "day": "week", "hours": "days"}  # fmt: skip
    mistaken |= {dosage.lower().replace(one, other) for one, other in others.items()}
    counted: Row = {"quantity_unit": "tablet"}
    for after in mistaken - {dosage, dosage.lower()}:
        assert explained("medication_issue", "dosage", (dosage, after), counted, counted) == []


@pytest.mark.parametrize("dosage", DOSAGES)
def test_half_a_dosage_and_none(dosage: str) -> None:
    words = dosage.split()
    for kept in range(len(words)):
        short = " ".join(words[:kept]) or None
        assert explained("medication_authorisation", "dosage", (dosage, short)) == []


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("value", ("7.2", "72")),
        ("value", ("7.2", "0.72")),
        ("value", ("140", "14")),
        ("value", ("7.2", None)),
        ("comparator", ("<", None)),
        ("text", ("no chest pain", "chest pain")),
        ("text", ("suspected gout", "gout")),
        ("text", ("left knee", "right knee")),
        ("effective", ("2010-03-04", "2010-04-03")),
        ("effective", ("2010-03-04", "2010-03-05")),
        ("effective", ("2010-03-04T09:15:00Z", "2010-03-04T10:15:00Z")),
        ("qualifiers", ('[{"name":"negated"}]', None)),
        ("relation", ('["snomed|72705000"]', None)),
        ("code", ('["snomed|44054006"]', '["snomed|46635009"]')),
        ("code", ('["read2|C10F."]', '["snomed|46635009"]')),
        ("code", ('["read2|C10F."]', '["snomed|44054006","snomed|46635009"]')),
        ("code", ('["snomed|44054006"]', '["snomed|160303001"]')),
        ("performer", ("dr sarah adams", "dr tom hale")),
        ("performer", ("dr sarah adams", None)),
        ("confidentiality", ("confidential", None)),
    ],
)
def test_a_change_of_meaning(field: str, values: tuple[str | None, str | None]) -> None:
    assert explained("observation", field, values, {field: values[0]}, {field: values[1]}) == []


@pytest.mark.parametrize("marker", DEGRADED)
def test_a_code_that_became_text_is_degraded_and_never_the_same(marker: str) -> None:
    """Even with the whole original term beside it: a search, a recall or a warning no longer finds it."""
    values = ('["snomed|44054006"]', f'["snomed|{marker}"]')
    rows: tuple[Row, Row] = (
        {"code": values[0], "code_text": "Type 2 diabetes", "text": "diet"},
        {"code": values[1], "code_text": "Type 2 diabetes", "text": "diet"},
    )
    assert explained("observation", "code", values, *rows) == []
    assert change_of(Difference("observation", "code", *values, *rows)) == "degraded"
    for source in ('["emis|A"]', '["emis|A","read2|C10F."]', '["tpp_local|Y1"]'):
        beside = f'{source[:-1]},"snomed|{marker}"]'
        assert explained("allergy", "code", (source, beside), {**rows[0], "code": source}, rows[1]) == []
    read = ('["read2|C10F."]', values[1])
    assert explained("problem", "code", read, {**rows[0], "code": read[0]}, rows[1]) == []
