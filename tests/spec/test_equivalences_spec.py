"""Every equivalence rule accepts what it says it accepts and refuses what it says it refuses."""

from fnmatch import fnmatchcase
from functools import cache
from itertools import product

import pytest

from godwit.definitions.comparison import Equivalence, Example, read_equivalences
from godwit.records.canonical import ENTITIES, Kind
from godwit.records.compare.code_maps import CodeMap
from godwit.records.compare.comparisons import BY_RECORDS, BY_VALUES, COMPARISONS, Difference
from godwit.records.compare.rules import accepts, reaches
from godwit.records.formats import FORMATS

RULES = {rule.id: rule for rule in read_equivalences()}
PLACES = {
    (entity.name, name)
    for entity in ENTITIES.values()
    for name in (*entity.field_names, *entity.role_names)
}  # fmt: skip
MARKS = ("#ends", "#names", "#differs")
LOSES = {
    "no_issues_of_an_acute": "nought and nothing mean the same for an acute prescription",
    "told_with_the_code": "the loss is told once, at the code",
}
"""Rules that may explain a value that is gone, and why they may."""


def looks_at_ends(rule: Equivalence) -> bool:
    """Whether a rule decides by where links lead and not by the words shown for them."""
    rows = [row for one in rule.accepts for row in (one.source_row, one.target_row)]
    return any(mark in row for row in rows for mark in MARKS)


def cases(kind: str) -> list[tuple[str, int]]:
    return [(rule.id, number) for rule in RULES.values() for number, _ in enumerate(getattr(rule, kind))]


@cache
def places_of(rule: str) -> list[tuple[str, str]]:
    return [place for place in sorted(PLACES) if reaches(RULES[rule], *place)]


def place_of(rule: Equivalence, example: Example) -> tuple[str, str]:
    """An entity and field that the rule reaches; the field is the example's own where it names one."""
    return next(place for place in places_of(rule.id) if example.field in (None, place[1]))


def verdict(rule: Equivalence, example: Example) -> bool:
    entity, field = place_of(rule, example)
    rows = (example.source_row, example.target_row)
    return accepts(
        rule, Difference(entity, field, example.source, example.target, *rows, code_map_of(example))
    )


def code_map_of(example: Example) -> CodeMap:
    targets = {code: frozenset({target}) for code, target in example.map.items()}
    return CodeMap(targets, frozenset(code.partition("|")[0] for code in targets))


@pytest.mark.parametrize(("rule", "number"), cases("accepts"))
def test_a_rule_accepts(rule: str, number: int) -> None:
    assert verdict(RULES[rule], RULES[rule].accepts[number])


@pytest.mark.parametrize(("rule", "number"), cases("refuses"))
def test_a_rule_refuses(rule: str, number: int) -> None:
    assert not verdict(RULES[rule], RULES[rule].refuses[number])


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_no_rule_explains_a_value_that_is_gone(rule: Equivalence) -> None:
    for example in rule.accepts:
        gone = example.model_copy(update={"target": None})
        assert rule.id in LOSES or looks_at_ends(rule) or not verdict(rule, gone)


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_no_rule_explains_an_unrelated_value(rule: Equivalence) -> None:
    for example in rule.accepts:
        _, field = place_of(rule, example)
        listed = field.endswith("_term") or (example.target or "").startswith("[")
        other = example.model_copy(update={"target": '["something else"]' if listed else "something else"})
        assert looks_at_ends(rule) or not verdict(rule, other)


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_every_pattern_of_a_rule_meets_a_field_of_the_model(rule: Equivalence) -> None:
    names = [f"{entity}.{field}" for entity, field in PLACES]
    assert [one for one in rule.fields if not any(fnmatchcase(name, one) for name in names)] == []


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_an_example_names_fields_of_the_model(rule: Equivalence) -> None:
    for example in (*rule.accepts, *rule.refuses):
        entity, _ = place_of(rule, example)
        known = {*MARKS, *(name for one, name in PLACES if one == entity)}
        anywhere = {name for one, name in PLACES if reaches_somewhere(rule, one)} | set(MARKS)
        assert {*example.source_row, *example.target_row} <= (known | anywhere)


def reaches_somewhere(rule: Equivalence, entity: str) -> bool:
    return any(reaches(rule, *place) for place in PLACES if place[0] == entity)


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_a_rule_says_where_it_comes_from_and_between_which_formats(rule: Equivalence) -> None:
    assert rule.title.strip()
    assert rule.source.strip()
    assert {name for both in rule.between for name in both} <= set(FORMATS)


def test_every_comparison_is_used_by_a_rule_and_every_rule_has_a_name_of_its_own() -> None:
    assert {rule.by for rule in read_equivalences()} == set(COMPARISONS)
    assert len(RULES) == len(read_equivalences())


LISTS = {
    Kind.CODES: ('["a|1"]', '["b|2"]'),
    Kind.TERMS: ('["One"]', '["Two"]'),
    Kind.STRUCTURE: ('[{"a":"b"}]', "{}"),
}
PLAIN = ("one", "2 two", "unreadable:31/02/2020", "", '[not a list"', None)


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_no_rule_stumbles_over_a_value_that_a_field_it_reaches_can_have(rule: Equivalence) -> None:
    """A field of plain words may hold anything at all; one of codes or terms is a list."""
    for entity in ENTITIES.values():
        for field in entity.fields:
            if reaches(rule, entity.name, field.name):
                values = (*LISTS.get(field.kind, PLAIN), None)
                for source, target in product(values, values):
                    rows = ({field.name: source}, {field.name: target})
                    asked = Difference(entity.name, field.name, source, target, *rows)
                    assert source == target or not accepts(rule, asked)


def test_every_comparison_is_asked_by_values_or_with_records() -> None:
    assert set(COMPARISONS) == BY_VALUES | BY_RECORDS


@pytest.mark.parametrize(
    "rule", [one for one in RULES.values() if one.by in BY_VALUES], ids=lambda one: one.id
)
def test_what_is_accepted_by_values_alone_is_accepted_beside_any_neighbours(rule: Equivalence) -> None:
    examples = (*rule.accepts, *rule.refuses)
    written = [row for one in examples for row in (one.source_row, one.target_row)]
    rows = [row for number, row in enumerate(written) if row not in written[:number]]  # each once
    for example in examples:
        alone = example.model_copy(update={"source_row": {}, "target_row": {}})
        if verdict(rule, alone):
            for one, other in product(rows, rows):
                assert verdict(rule, example.model_copy(update={"source_row": one, "target_row": other}))
