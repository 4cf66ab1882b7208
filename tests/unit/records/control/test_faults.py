"""What each kind of fault makes of a value, and which values it leaves alone."""

from pathlib import Path

import pytest

from godwit.records.canonical import ENTITIES
from godwit.records.control.faults import ALIKE, ELSEWHERE, MISSING, ORDER, TWICE, WIDESPREAD, change, changes
from godwit.records.duck import Duck
from godwit.records.evidence.control_tables import KINDS

CASES = [
    ("observation", "text", "changed", "seen", "not seen"),
    ("observation", "text", "lost", "seen", None),
    ("observation", "text", "cut", "no swelling seen", "no swellin"),
    ("observation", "text", "garbled", "seen", "sÃ©en"),
    ("observation", "unit", "capital", "mmol/L", "Mmol/L"),
    ("observation", "value", "changed", "7.4", "74"),
    ("observation", "value", "changed", "74", "740"),
    ("observation", "value", "figure", "7.4", "7.6"),
    ("observation", "value", "figure", "99", "92"),
    ("observation", "value", "lost", "7", None),
    ("observation", "effective", "changed", "2010-12-31", "2011-01-01"),
    ("observation", "effective", "changed", "2010", "2011"),
    ("observation", "effective", "hour", "2010-12-31T23:30:15Z", "2011-01-01T00:30:15Z"),
    ("observation", "effective", "flipped", "2010-03-04T10:00", "2010-04-03T10:00"),
    ("observation", "effective", "exact", "2010", "2010-01-01"),
    ("observation", "effective", "exact", "2010-03", "2010-03-01"),
    ("observation", "code", "degraded", '["snomed|1"]', '["snomed|196411000000103"]'),
    ("medication_issue", "dosage", "times", "One To Be Taken Twice A Day", "One To Be Taken once A Day"),
    ("medication_issue", "dosage", "times", "Take one daily", "Take one twice a day"),
]
LEFT_ALONE = [
    ("observation", "text", "cut", "short"),
    ("observation", "text", "garbled", "xyz"),
    ("observation", "unit", "capital", "kg"),  # Kg is no other unit
    ("observation", "unit", "capital", "Mmol/L"),
    ("observation", "value", "lost", "0"),  # nothing is lost with it
    ("observation", "effective", "hour", "2010-12-31"),
    ("observation", "effective", "flipped", "2010-03-03"),
    ("observation", "effective", "flipped", "2010-03-13"),
    ("observation", "effective", "exact", "2010-03-13"),
    ("medication_issue", "dosage", "times", "as directed"),
]


def asked(work: Path, sql: str, value: str) -> object:
    with Duck(work) as duck:
        quoted = value.replace("'", "''")
        return duck.run("test", f"SELECT {sql.replace('{v}', 'v')} FROM (SELECT '{quoted}' AS v)")[0][0]


@pytest.mark.parametrize(("entity", "column", "kind", "before", "after"), CASES)
def test_a_fault_changes_a_value(
    tmp_path: Path, entity: str, column: str, kind: str, before: str, after: str | None
) -> None:
    fault = change(ENTITIES[entity], column, kind)
    assert asked(tmp_path, fault.fits, before) is True
    assert asked(tmp_path, fault.becomes, before) == after


@pytest.mark.parametrize(("entity", "column", "kind", "value"), LEFT_ALONE)
def test_a_value_that_a_fault_does_not_fit_is_left_alone(
    tmp_path: Path, entity: str, column: str, kind: str, value: str
) -> None:
    assert asked(tmp_path, change(ENTITIES[entity], column, kind).fits, value) is False


def test_every_kind_of_fault_has_its_words_and_its_place() -> None:
    fields = {
        kind
        for one in ENTITIES.values()
        for column in (*one.field_names, *one.role_names)
        for kind, _ in changes(one, column)
    }
    assert {*fields, *TWICE, *ELSEWHERE, MISSING, ALIKE, WIDESPREAD} == set(ORDER)
    assert set(ORDER) <= set(KINDS)
