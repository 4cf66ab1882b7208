"""Rules of clinical risk in context: about things that exist, citing hazards that exist."""

import pytest

from godwit.definitions.comparison.degradation import read_degraded_classes
from godwit.definitions.comparison.hazards import read_comparison_hazards
from godwit.definitions.comparison.risks import ANY, Risk, read_risks
from godwit.definitions.errors import DefinitionError
from godwit.definitions.guide.hazards import read_hazards
from godwit.definitions.read import parse_text
from godwit.records.canonical import ENTITIES, EXTRAS
from godwit.records.compare.cause_words import CHANGES

RISKS = read_risks()
RULE = """
id: x
why: w
hazards: [{hazard}]
entities: [{entity}]
outcomes: [{outcome}]
fields: [text]
words: [{word}]
severity: high
"""


def test_no_id_is_used_twice_nor_is_that_of_a_kind_of_record() -> None:
    ids = [rule.id for rule in RISKS.rules]
    assert len(ids) == len(set(ids))
    assert not set(ids) & set(ENTITIES)


def test_every_kind_of_record_has_its_usual_hazards() -> None:
    assert list(RISKS.usual) == list(ENTITIES)
    assert all(RISKS.hazards_of(name) for name in ENTITIES)
    known = {one.id for one in read_comparison_hazards()}
    assert {hazard for one in RISKS.usual.values() for hazard in one} <= known


@pytest.mark.parametrize("rule", RISKS.rules, ids=lambda rule: rule.id)
def test_a_rule_is_about_things_that_exist(rule: Risk) -> None:
    for entity in rule.entities:
        if entity != ANY:
            model = ENTITIES[entity]
            names = {*model.field_names, *model.role_names, EXTRAS, "patient"}
            assert not rule.fields or set(rule.fields) & names, f"{rule.id}: no field of {entity}"
    every = {name for model in ENTITIES.values() for name in (*model.field_names, *model.role_names)}
    assert set(rule.fields) <= every | {"patient"}
    kinds = {f"kind_changed_{name}" for name in ENTITIES}
    assert set(rule.reasons) <= {*CHANGES, *kinds}
    assert rule.hazards == RISKS.hazards_of(rule.id)
    assert rule.why


def test_hazards_are_numbered_and_those_of_the_guide_exist() -> None:
    hazards = read_comparison_hazards()
    assert [one.id for one in hazards] == [f"H{number:02}" for number in range(1, 33)]
    of_guide = {one.id for one in read_hazards()}
    assert {name for one in hazards for name in one.guide} <= of_guide


@pytest.mark.parametrize(
    ("hazard", "entity", "outcome", "word"),
    [
        ("H99", "allergy", "different", "rash"),
        ("H01", "allergy", "missing", "rash"),
        ("H01", "allergy", "different", "Rash"),
    ],
)
def test_a_rule_that_does_not_hold_together_is_refused(
    hazard: str, entity: str, outcome: str, word: str
) -> None:
    parse_text(Risk, "x.yaml", RULE.format(hazard="H01", entity="allergy", outcome="different", word="rash"))
    with pytest.raises(DefinitionError):
        parse_text(Risk, "x.yaml", RULE.format(hazard=hazard, entity=entity, outcome=outcome, word=word))


def test_markers_of_degraded_entries_are_seven_and_differ() -> None:
    classes = read_degraded_classes()
    codes = [code for one in classes for code in one.codes]
    assert (len(classes), len(set(codes))) == (7, 21)
