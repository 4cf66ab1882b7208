"""The table of clinical risk: whole, about things that exist, and grave where it must be."""

import pytest

from godwit.definitions.comparison import read_severities
from godwit.definitions.comparison.severities import ORDER
from godwit.records.canonical import ENTITIES, EXTRAS
from godwit.records.compare.cause_words import CHANGES

TABLE = read_severities()


def test_every_entity_has_a_row_and_nothing_else_does() -> None:
    assert list(TABLE.entities) == list(ENTITIES)


@pytest.mark.parametrize("entity", ENTITIES)
def test_every_field_named_exists(entity: str) -> None:
    model = ENTITIES[entity]
    assert set(TABLE.entities[entity].fields) <= {*model.field_names, *model.role_names, EXTRAS}


@pytest.mark.parametrize("entity", ENTITIES)
def test_every_row_says_why(entity: str) -> None:
    assert TABLE.entities[entity].why.strip()


def test_there_is_an_action_for_every_outcome_and_none_that_nothing_asks_for() -> None:
    assert {"missing", "unexpected", "different"} <= set(TABLE.actions)
    usual = {"missing", "unexpected", "different"}
    assert set(TABLE.actions) - usual <= {*CHANGES, "kind_changed", "various"}


@pytest.mark.parametrize(
    ("entity", "outcome", "field", "severity"),
    [
        ("allergy", "missing", None, "critical"),
        ("allergy", "different", "code", "critical"),
        ("allergy", "different", "status", "critical"),
        ("medication_authorisation", "missing", None, "critical"),
        ("medication_authorisation", "unexpected", None, "critical"),
        ("medication_authorisation", "different", "drug", "critical"),
        ("medication_authorisation", "different", "dosage", "critical"),
        ("medication_authorisation", "different", "status", "critical"),
        ("patient", "missing", None, "critical"),
        ("patient", "different", "nhs_number", "critical"),
        ("patient", "different", "birth_date", "critical"),
        ("problem", "missing", None, "critical"),
        ("observation", "different", "value", "critical"),
        ("observation", "different", "unit", "high"),
        ("immunisation", "different", "not_given", "critical"),
        ("referral", "different", "priority", "high"),
        ("document", "different", "content_hash", "critical"),
        ("practitioner", "missing", None, "low"),
        ("patient", "different", "extras", "low"),
    ],
)
def test_the_risk_of(entity: str, outcome: str, field: str | None, severity: str) -> None:
    assert TABLE.of(entity, outcome, field) == severity


@pytest.mark.parametrize(
    "entity",
    [name for name, model in ENTITIES.items() if "confidentiality" in model.field_names],
)
def test_a_lost_confidentiality_mark_is_critical_for_every_part_of_the_record(entity: str) -> None:
    administrative = {"registration", "practitioner", "organisation", "appointment"}
    assert TABLE.of(entity, "different", "confidentiality") == "critical" or entity in administrative


@pytest.mark.parametrize("entity", ENTITIES)
def test_losing_a_record_is_never_less_grave_than_a_change_of_an_unlisted_field(entity: str) -> None:
    row = TABLE.entities[entity]
    assert ORDER.index(row.missing) <= ORDER.index(row.different)


def test_a_field_that_is_not_listed_has_the_risk_of_its_entity() -> None:
    assert TABLE.of("allergy", "different", "reaction") == TABLE.entities["allergy"].different
