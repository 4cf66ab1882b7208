"""Where agreements hold in a run, and what a run says that goes beyond them."""

from collections.abc import Iterator
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from godwit.records.agreed.agreement import Agreement
from godwit.records.agreed.applying import AgreedUse, agreed_rows, alarms, apply
from godwit.records.compare.causes import PATIENT, Cause
from godwit.records.duck import Duck
from tests.support.agreeing import TODAY, agreement, caused, change, mark, proposed

SYSTEMS = ("emis", "tpp")
THREE: list[dict[str, Any]] = [{"scope": 1}, {"scope": 1}, {"scope": 2}]


@pytest.fixture
def duck(tmp_path: Path) -> Iterator[Duck]:
    with Duck(tmp_path) as one:
        yield one


def used(duck: Duck, *agreements: Agreement, day: date = TODAY) -> list[AgreedUse]:
    return apply(duck, agreements, SYSTEMS, day)


def agreed(duck: Duck) -> list[tuple[int, str]]:
    return [
        (row[0], row[1])
        for row in duck.run("test", "SELECT finding, agreement FROM finding.agreed ORDER BY 1")
    ]


def still_open(duck: Duck) -> list[int]:
    return [row[0] for row in duck.run("test", "SELECT finding FROM finding.open ORDER BY 1")]


def test_what_was_agreed_is_agreed_and_nothing_else(duck: Duck) -> None:
    caused(duck, [*THREE, {"field": "code"}, {"reason": "lost"}, {"entity": "problem"}])
    uses = used(duck, agreement())
    assert [(one.use, one.findings, one.patients) for one in uses] == [("holds", 3, 2)]
    assert agreed(duck) == [(1, "A1"), (2, "A1"), (3, "A1")]
    assert still_open(duck) == [4, 5, 6]
    assert alarms(uses) == []


@pytest.mark.parametrize("rows", [[*THREE, {"scope": 1}], [{"scope": 1}, {"scope": 2}, {"scope": 3}]])
def test_more_findings_or_more_patients_than_approved_and_it_holds_for_none(
    duck: Duck, rows: list[dict[str, Any]]
) -> None:
    caused(duck, rows)
    uses = used(duck, agreement())
    assert [one.use for one in uses] == ["outside"]
    assert agreed(duck) == []
    assert len(still_open(duck)) == len(rows)
    alarm = alarms(uses)[0]
    assert (alarm.id, alarm.severity, alarm.findings) == ("agreed.A1", "high", len(rows))


def test_the_alarm_says_what_was_approved_and_what_is_there(duck: Duck) -> None:
    caused(duck, [{}] * 4)
    assert [one.title for one in alarms(used(duck, agreement()))] == [
        "Agreed difference A1: 4 findings, 3 were approved"
    ]


def test_an_alarm_is_a_cause_like_any_other(duck: Duck) -> None:
    caused(duck, [{}] * 4)
    (alarm,) = alarms(used(duck, agreement()))
    assert Cause(**asdict(alarm)).findings == 4


def test_the_alarm_counts_patients_where_they_are_too_many(duck: Duck) -> None:
    caused(duck, [{"scope": 1}, {"scope": 2}, {"scope": 3}])
    assert [one.title for one in alarms(used(duck, agreement()))] == [
        "Agreed difference A1: findings on 3 patients, 2 patients were approved"
    ]


def test_after_its_day_it_holds_no_more_and_says_so_only_while_there_is_something(duck: Duck) -> None:
    caused(duck, THREE)
    uses = used(
        duck,
        agreement(),
        agreement(id="A2", scope={"changes": (change(reason="lost"),)}),
        day=date(2027, 7, 1),
    )
    assert [one.use for one in uses] == ["expired", "expired"]
    assert still_open(duck) == [1, 2, 3]
    assert [one.title for one in alarms(uses)] == [
        "Agreed difference A1: it ended on 2027-06-30, and 3 findings are still there"
    ]


def test_nothing_that_is_only_proposed_or_for_other_systems_has_an_effect(duck: Duck) -> None:
    caused(duck, THREE)
    other = agreement(id="A2", scope={"systems": ("tpp", "emis")})
    uses = used(duck, Agreement(proposed()), other)
    assert [(one.use, one.findings) for one in uses] == [("proposed", 3), ("other_systems", 0)]
    assert still_open(duck) == [1, 2, 3]
    assert alarms(uses) == []


def unit(**more: Any) -> dict[str, Any]:
    """One kind of finding whose findings were all of one code and one change of values."""
    return change(alike=("turn", "code"), marks=(mark("a to b", "x"),)) | more


SAME: dict[str, Any] = {"traits": {"turn": "a to b", "code": "x", "day": "2026-01-02"}}


@pytest.mark.parametrize("rows", [[SAME] * 3, [SAME], [SAME | {"cause": "other", "detail": "another"}]])
def test_the_same_pattern_stays_agreed_wherever_it_stands(duck: Duck, rows: list[dict[str, Any]]) -> None:
    caused(duck, rows)
    assert [one.use for one in used(duck, agreement(scope={"changes": (unit(),)}))] == ["holds"]
    assert still_open(duck) == []


@pytest.mark.parametrize(
    "other",
    [
        {"traits": {"turn": "a to c", "code": "x"}},
        {"traits": {"turn": "a to b", "code": "y"}},
        {"traits": {"turn": "a to b", "code": None}},
        SAME | {"change": "decimal"},
        SAME | {"severity": "high"},
    ],
)
def test_another_pattern_of_the_same_kind_is_not_agreed_though_within_the_count(
    duck: Duck, other: dict[str, Any]
) -> None:
    caused(duck, [other, other])
    assert [one.use for one in used(duck, agreement(scope={"changes": (unit(),)}))] == ["not_met"]
    assert still_open(duck) == [1, 2]


def test_one_of_several_patterns_that_were_agreed_together(duck: Duck) -> None:
    caused(duck, [SAME, {"traits": {"turn": None, "code": "y"}}, {"traits": {"turn": "a to b", "code": "z"}}])
    both = unit(marks=(mark("a to b", "x"), mark(None, "y")))
    used(duck, agreement(scope={"changes": (both,)}))
    assert agreed(duck) == [(1, "A1"), (2, "A1")]


def test_changes_that_go_together_are_agreed_together(duck: Duck) -> None:
    caused(duck, [{}, {"field": "code"}, {"field": "value"}, {"entity": "problem"}])
    used(duck, agreement(scope={"changes": (change(), change(field="code"), change(entity="problem"))}))
    assert agreed(duck) == [(1, "A1"), (2, "A1"), (4, "A1")]


def test_a_finding_within_two_agreements_is_under_the_first_that_holds(duck: Duck) -> None:
    caused(duck, [SAME, {}, {}])
    narrow = agreement(id="A2", scope={"changes": (unit(),)})
    few = agreement(counted={"findings": 2})
    uses = used(duck, few, narrow, agreement(id="A3"))
    assert [one.use for one in uses] == ["outside", "holds", "holds"]
    assert agreed(duck) == [(1, "A2"), (2, "A3"), (3, "A3")]


def test_a_pair_is_agreed_when_all_of_its_differences_are(duck: Duck) -> None:
    caused(duck, [{"source_row": 1}, {"source_row": 2}, {"source_row": 2, "target_row": 2, "field": "value"}])
    used(duck, agreement())
    outcomes = duck.run("test", "SELECT source_row, outcome FROM finding.settled ORDER BY 1")
    assert outcomes == [(1, "agreed"), (2, "different"), (99, "equivalent")]


def test_missing_records_can_be_agreed(duck: Duck) -> None:
    rows = [
        {"outcome": "missing", "field": None, "target_row": None, "reason": "no_place", "target_person": None}
    ]
    caused(duck, rows)
    scope = {"changes": (change(outcome="missing", field=None, reason="no_place"),)}
    assert [one.use for one in used(duck, agreement(scope=scope))] == ["holds"]
    assert duck.run("test", "SELECT outcome, source_row, target_row FROM finding.agreed") == [
        ("missing", 1, None)
    ]


def test_without_agreements_everything_is_open(duck: Duck) -> None:
    caused(duck, THREE)
    assert used(duck) == []
    assert still_open(duck) == [1, 2, 3]


def test_an_agreement_that_found_nothing_is_not_met(duck: Duck) -> None:
    caused(duck, [])
    assert [one.use for one in used(duck, agreement())] == ["not_met"]


def test_the_practice_itself_is_no_patient(duck: Duck) -> None:
    caused(duck, [{"scope": 0, "source_person": 0, "target_person": 0}])
    assert [one.patients for one in used(duck, agreement())] == [0]


def test_the_summary_holds_no_words_of_people(duck: Duck) -> None:
    caused(duck, THREE)
    (row,) = agreed_rows(used(duck, agreement()))
    assert row["use"] == "holds"
    assert row["approved"] == {"role": "lead_gp", "on": "2026-11-21"}
    assert not {"Ann Lee", "Dr Sam Roe", "the same concept with a newer term"} & set(map(str, row.values()))


def test_patients_are_counted_as_everywhere() -> None:
    sql = (Path(apply.__code__.co_filename).parent / "counted.sql").read_text(encoding="utf-8")
    plain = PATIENT.replace("scope", "f.scope").replace("source_person", "f.source_person")
    assert plain.replace("target_person", "f.target_person") in sql
