"""Findings in groups that a person can read: few lines, none hidden, the same ids whatever the order."""

import json
from collections.abc import Iterator
from dataclasses import astuple
from pathlib import Path
from random import Random
from typing import Any

import pytest

from godwit.records.canonical import ENTITIES
from godwit.records.compare.cause_lines import MOST_LINES
from godwit.records.compare.cause_words import title_of
from godwit.records.compare.causes import Cause, private_patterns, tell_patterns
from godwit.records.duck import Duck
from tests.support.found import causes, find, finding
from tests.support.staged import put, tables

PATIENTS = 40
SODIUM, GLUCOSE = '["snomed|1000731000000107"]', '["snomed|1010671000000102"]'


@pytest.fixture
def duck(tmp_path: Path) -> Iterator[Duck]:
    with tables(tmp_path, [(number, number) for number in range(1, PATIENTS + 1)]) as one:
        yield one


def results(duck: Duck, rows: range, **fields: Any) -> None:
    """The same observation on both sides for each of the patients in turn."""
    for side in ("source", "target"):
        made = [{"person": 1 + row % PATIENTS, "code": SODIUM, "unit": "mmol/L", **fields} for row in rows]
        put(duck, side, "observation", *made, first=rows.start)


def told(found: list[Cause]) -> list[tuple[str, str, int, int]]:
    return [(one.id, one.severity, one.findings, one.patients) for one in found]


def test_a_fault_in_half_of_the_patients_is_one_line(duck: Duck) -> None:
    results(duck, range(1, 201))
    find(duck, (
        finding("observation", "different", row, "value", ("5.2", "52"), patient=1 + row % PATIENTS)
        for row in range(1, 201) if row % PATIENTS < PATIENTS // 2
    ))  # fmt: skip
    (one,) = causes(duck)
    assert told([one]) == [("observation.value.changed.decimal", "critical", 100, 20)]
    assert one.title == "Observations and results: value, decimal point moved"
    assert one.pattern == ("10 times as large in the target each time",)
    assert one.hazards == ("H09",)


def test_what_changed_with_it_on_the_same_records_is_in_the_same_line(duck: Duck) -> None:
    results(duck, range(1, 31))
    find(duck, (
        finding("observation", "different", row, field, values, patient=row)
        for row in range(1, 31)
        for field, values in (("code", (SODIUM, GLUCOSE)), ("code_term", ('["a"]', '["b"]')))
    ))  # fmt: skip
    (one,) = causes(duck)
    assert told([one]) == [("observation.code.changed", "high", 60, 30)]
    assert one.also == ("code: terms",)
    assert [(count.risk, count.severity, count.findings) for count in one.risks] == [
        ("observation", "high", 30),
        ("observation", "low", 30),
    ]


def test_a_field_that_also_changed_elsewhere_has_a_line_of_its_own(duck: Duck) -> None:
    results(duck, range(1, 31))
    find(duck, (finding("observation", "different", row, "code", (SODIUM, GLUCOSE)) for row in range(1, 6)))
    find(duck, (finding("observation", "different", row, "text", ("a", "b")) for row in range(5, 12)))
    assert [one.findings for one in causes(duck)] == [5, 7]


def test_one_running_repeat_is_not_hidden_among_past_medicines(duck: Duck) -> None:
    for row in range(1, 31):
        status = "active" if row == 7 else "ended"
        put(duck, "source", "medication_authorisation", {"type": "repeat", "status": status}, first=row)
    find(duck, (finding("medication_authorisation", "missing", row, patient=row) for row in range(1, 31)))
    assert [(one.title, one.severity, one.findings) for one in causes(duck)] == [
        ("Medication authorised missing in the target (running repeat)", "critical", 1),
        ("Medication authorised missing in the target (past medicine)", "medium", 29),
    ]


def test_lesser_findings_stand_under_as_many_graver_ones(duck: Duck) -> None:
    for row, status in ((1, "active"), (2, "active"), (3, "past")):
        put(duck, "source", "problem", {"status": status}, first=row)
    find(duck, (finding("problem", "missing", row) for row in (1, 2, 3)))
    (one,) = causes(duck)
    assert told([one]) == [("problem.missing.no_counterpart", "critical", 3, 1)]
    assert {count.severity: count.findings for count in one.risks} == {"critical": 2, "high": 1}


def test_all_that_is_missing_with_a_whole_patient_is_one_line(duck: Duck) -> None:
    for row, entity in enumerate(("patient", "allergy", "problem"), start=1):
        put(duck, "source", entity, {}, first=row)
        more: dict[str, Any] = {"reason": "patient_not_paired", "scope": None, "source_person": 99}
        find(duck, [finding(entity, "missing", row, **more)])
    (one,) = causes(duck)
    assert told([one]) == [("patient.missing.patient_not_paired", "critical", 3, 1)]
    assert (one.entity, one.field, one.outcome) == ("patient", None, "missing")


def test_the_two_halves_of_a_record_that_changed_its_kind_are_one_line(duck: Duck) -> None:
    put(duck, "source", "allergy", {}, first=1)
    put(duck, "target", "observation", {}, first=2)
    find(duck, [finding("allergy", "missing", 1, reason="kind_changed_observation"),
                finding("observation", "unexpected", 2, reason="kind_changed_allergy")])  # fmt: skip
    (one,) = causes(duck)
    assert told([one]) == [("allergy.missing.kind_changed_observation", "critical", 2, 1)]


def test_records_in_another_patients_record_are_one_line_and_critical(duck: Duck) -> None:
    for row, entity in enumerate(("recall", "observation"), start=1):
        for side in ("source", "target"):
            put(duck, side, entity, {}, first=row)
        find(duck, [finding(entity, "different", row, "patient", ("1", "2"), reason="moved")])
    (one,) = causes(duck)
    assert told([one]) == [("patient.patient.moved", "critical", 2, 1)]
    assert "another patient's record" in one.title


def codes_lost(duck: Duck, patients: int) -> Cause:
    """Twelve results of one rare code are missing, of so many patients; no other code is touched."""
    results(duck, range(100, 400))
    for row in range(1, 13):
        record = {"person": 1 + row % patients, "code": GLUCOSE, "code_term": '["Plasma glucose"]'}
        put(duck, "source", "observation", record, first=row)
    find(duck, (finding("observation", "missing", row, patient=1 + row % patients) for row in range(1, 13)))
    (one,) = causes(duck)
    return one


def test_a_code_that_enough_patients_have_is_named(duck: Duck) -> None:
    assert codes_lost(duck, 5).pattern == ("all of code SNOMED CT 1010671000000102, Plasma glucose",)


def test_a_code_that_few_patients_have_is_named_on_the_private_page_only(duck: Duck) -> None:
    one = codes_lost(duck, 4)
    assert one.pattern == ("all of one code (see the private page)",)
    assert "1010671000000102" not in str(astuple(one))
    assert private_patterns(duck) == {one.id: ("Code: SNOMED CT 1010671000000102",)}


def test_a_group_is_divided_by_what_most_of_it_shares_and_others_lack(duck: Duck) -> None:
    results(duck, range(1, 301))
    results(duck, range(301, 331), code=GLUCOSE)
    failed = [*range(1, 11), *range(301, 331)]
    find(duck, (finding("observation", "different", row, "unit", ("mmol/L", "g/L"), patient=1 + row % PATIENTS)
                for row in failed))  # fmt: skip
    found = causes(duck)
    assert [one.findings for one in found] == [40], "the same turn of units explains all of them best"
    assert found[0].pattern[0] == "from mmol/L to g/L each time"


def test_a_group_is_divided_by_code(duck: Duck) -> None:
    results(duck, range(1, 301))
    results(duck, range(301, 331), code=GLUCOSE)
    failed = [*range(1, 11), *range(301, 331)]
    find(duck, (finding("observation", "missing", row, patient=1 + row % PATIENTS) for row in failed))
    assert [(one.id, one.findings) for one in causes(duck)] == [
        ("observation.missing.no_counterpart.code-snomed-ct-1010671000000102", 30),
        ("observation.missing.no_counterpart", 10),
    ]


def test_staff_and_sites_are_never_named_in_the_open(tmp_path: Path) -> None:
    with tables(tmp_path) as duck:
        put(duck, "source", "recall", *({} for _ in range(100)))
        for role in ("performer", "location"):
            duck.run("test", f"ALTER TABLE canonical.recall ADD COLUMN {role} VARCHAR")
        duck.run("test", "UPDATE canonical.recall SET performer = 'dr zebedee' WHERE row <= 10")
        find(duck, (finding("recall", "missing", row) for row in range(1, 11)))
        (one,) = causes(duck)
        assert one.pattern == ("all entered by one member of staff (see the private page)",)
        assert "zebedee" not in str(astuple(one))
        assert private_patterns(duck) == {one.id: ("Entered by: dr zebedee",)}


def many(entities: tuple[str, ...]) -> list[dict[str, Any]]:
    """A finding in every field of these kinds of record, lost and changed, each on a record of its own."""
    fields = [(name, field) for name in entities for field in ENTITIES[name].field_names]
    return [
        finding(entity, "different", row, field, ("a", "b"), reason=reason, patient=1 + row % PATIENTS)
        for row, (entity, field, reason) in enumerate(
            ((entity, field, reason) for entity, field in fields for reason in ("changed", "lost")), start=1
        )
    ]


def test_at_most_fifty_lines_stand_before_a_clinician_and_nothing_is_lost(duck: Duck) -> None:
    rows = many(("observation", "allergy", "problem", "medication_authorisation", "patient"))
    find(duck, rows)
    found = causes(duck)
    assert len(found) == MOST_LINES
    assert sum(one.findings for one in found) == len(rows)
    assert duck.run("test", "SELECT count(*), count(DISTINCT finding), count(cause) FROM finding.caused") == [
        (len(rows), len(rows), len(rows))
    ]
    listed = {one.id for one in found}
    assert {cause for (cause,) in duck.run("test", "SELECT DISTINCT cause FROM finding.caused")} == listed
    mixed = """SELECT cause FROM finding.caused WHERE starts_with(cause, 'other.')
               GROUP BY cause HAVING count(DISTINCT severity) > 1"""
    assert duck.run("test", mixed) == []
    others = [one for one in found if one.id.startswith("other.")]
    assert all(sum(part.findings for part in one.parts) == one.findings for one in others)


def test_ids_figures_and_examples_do_not_hang_on_the_order_of_rows(tmp_path: Path) -> None:
    told = []
    for turn in range(2):
        work = tmp_path / str(turn)
        work.mkdir()
        rows = [
            finding(
                "observation",
                "different",
                row,
                "value",
                (str(row), str(row * 10)),
                patient=1 + row % PATIENTS,
            )
            for row in range(1, 60)
        ] + many(("recall", "referral"))
        if turn:
            Random(7).shuffle(rows)  # noqa: S311 - no secret
        with tables(work, [(number, number) for number in range(1, PATIENTS + 1)]) as duck:
            results(duck, range(1, 60))
            find(duck, rows)
            told.append(causes(duck))
    assert told[0] == told[1]


def test_what_tells_patterns_apart_is_the_same_however_findings_are_grouped(tmp_path: Path) -> None:
    told = []
    for turn, more in enumerate(([], many(("recall", "referral")))):
        work = tmp_path / str(turn)
        work.mkdir()
        with tables(work, [(number, number) for number in range(1, PATIENTS + 1)]) as duck:
            results(duck, range(1, 60 if turn else 20), effective="2020-01-02")
            put(duck, "source", "patient", {"person": 3, "source_id": "guid-3"}, first=9_000)
            changed = finding("observation", "different", 2, "value", ("5.2", "52"), patient=3)
            others = [
                finding("observation", "different", row, "value", (str(row), "7")) for row in range(3, 60)
            ]
            find(duck, [changed, *more, *(others if turn else [])])
            causes(duck)
            tell_patterns(duck)
            told += duck.run(
                "test",
                """SELECT p.change, p.traits FROM finding.pattern AS p JOIN finding.caused AS c USING (finding)
                   WHERE c.source_row = 2 AND c.entity = 'observation'""",
            )
    assert told[0] == told[1]
    change, traits = told[0][0], json.loads(told[0][1])
    assert change == "decimal"
    expected = {"measure": "times 10", "code": SODIUM, "unit": "mmol/L", "patient": "guid-3"}
    assert {name: traits[name] for name in expected} == expected
    assert len(traits["turn"]) == 32  # what the two values are, not the values themselves


def test_an_example_shows_the_gravest_with_the_shortest_values(duck: Duck) -> None:
    results(duck, range(1, 4))
    values = [("a long instruction", "another long one"), ("one", "two"), ("three words here", "two")]
    find(
        duck,
        (finding("observation", "different", row, "text", pair) for row, pair in enumerate(values, start=1)),
    )
    (one,) = causes(duck)
    query = f"SELECT source_value FROM finding.caused WHERE finding = {one.example}"
    assert duck.run("test", query) == [("one",)]


def test_no_finding_gives_no_cause(duck: Duck) -> None:
    find(duck, [])
    assert causes(duck) == []


@pytest.mark.parametrize(
    ("asked", "title"),
    [
        (("allergy", "code", "different", "changed"), "Allergies: substance or reaction code changed"),
        (("allergy", "onset", "different", "changed", "one_day"), "Allergies: onset, moved by one day"),
        (("problem", None, "missing", "no_counterpart"), "Problems missing in the target"),
        (("problem", None, "unexpected", "no_counterpart"), "Problems only in the target"),
        (("problem", None, "unexpected", "duplicate"), "Problems only in the target a second time"),
        (("problem", "performer", "different", "lost"), "Problems: clinician responsible no longer there"),
        (
            ("problem", "extras", "different", "gained"),
            "Problems: other information there only in the target",
        ),
    ],
)
def test_a_cause_is_told_in_words_of_ours(asked: tuple[Any, ...], title: str) -> None:
    assert title_of(*asked) == title


@pytest.mark.parametrize("entity", ENTITIES)
@pytest.mark.parametrize("outcome", ["missing", "unexpected"])
def test_a_changed_kind_names_the_other_kind(entity: str, outcome: str) -> None:
    title = title_of(entity, None, outcome, "kind_changed_observation")
    assert title.startswith(ENTITIES[entity].title)
    assert title.endswith("under observations and results")


def test_causes_come_gravest_first_then_by_patients(duck: Duck) -> None:
    put(duck, "source", "recall", *({} for _ in range(3)))
    put(duck, "source", "allergy", *({"code": SODIUM} for _ in range(2)), first=10)
    find(duck, (finding("recall", "missing", row, patient=row) for row in (1, 2, 3)))
    find(duck, [finding("recall", "different", 1, "text", ("a", "b")), finding("allergy", "missing", 10)])
    assert told(causes(duck)) == [
        ("allergy.missing.no_counterpart", "critical", 1, 1),
        ("recall.missing.no_counterpart", "high", 3, 3),
        ("recall.text.changed", "medium", 1, 1),
    ]
