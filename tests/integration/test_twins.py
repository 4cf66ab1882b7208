"""Twins: one made-up practice in two shapes compares without a finding beyond what the formats force, each by name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from godwit.records.canonical import ENTITIES
from godwit.records.compare.forced import find_forced
from godwit.records.comparing import Compared
from tests.support.twins import Found, Twin, found_in, make_twin, twins_compared

PAIRS = {
    "emis-tpp": 1,
    "tpp-emis": 2,
    "vision-tpp": 3,
    "tpp-vision": 4,
    "emis-vision": 5,
    "emis-gpconnect": 6,
    "tpp-gpconnect": 7,
    "emis-emis": 8,
    "tpp-tpp": 9,
    "vision-vision": 10,
    "gpconnect-gpconnect": 11,
}
"""Every pair of shapes with the seed of its practice."""

MEANT = {"nhs_number.absent"}
"""What a file may be said to lack, since the made-up practice lacks it: some patients have no NHS number."""

WITH_ALERTS = WITH_ALL_REGISTRATIONS = WITH_ALL_APPOINTMENTS = {"tpp"}

COUNTED_ALIKE = {
    "emis_cancelled_appointment": ("emis_no_cancelled_appointments", WITH_ALL_APPOINTMENTS),
    "emis_alert": ("emis_no_alerts", WITH_ALERTS),
    "emis_earlier_registration": ("emis_one_registration", WITH_ALL_REGISTRATIONS),
    "vision_appointment": ("vision_no_appointments", WITH_ALL_APPOINTMENTS),
    "vision_alert": ("vision_no_alerts", WITH_ALERTS),
    "vision_earlier_registration": ("vision_one_registration", WITH_ALL_REGISTRATIONS),
    "gpconnect_appointments": ("gpconnect_no_appointments", WITH_ALL_APPOINTMENTS),
    "gpconnect_alerts": ("gpconnect_no_alerts", WITH_ALERTS),
    "gpconnect_earlier_registrations": ("gpconnect_one_registration", WITH_ALL_REGISTRATIONS),
}
"""Losses of whole records: the writer's name, the run's, and the shapes that hold all of what is lost."""


COUNTED_BY_FIELD = {
    "emis_clinic_of_several": ("emis_clinic_of_several", "appointment.performer", {"tpp"}),
    "tpp_problem_end": ("tpp_past_by_its_end", "problem.status", {"emis", "gpconnect"}),
    "tpp_drug_allergy_code": (
        "tpp_drug_allergy_by_product",
        "allergy.code_term",
        {"emis", "vision", "gpconnect"},
    ),
    "tpp_allergy_end": ("tpp_other_allergy_without_end", "allergy.end_date", {"vision", "gpconnect"}),
    "vision_episode": ("vision_episode", "observation.episode", {"emis", "tpp"}),
    "vision_problem_end": ("vision_problem_end", "problem.status", {"emis"}),
    "gpconnect_two_week_wait": ("gpconnect_priorities", "referral.priority", {"emis", "tpp"}),
    "gpconnect_problem_parent": ("gpconnect_related_problems", "problem.related", {"emis"}),
}
"""Losses of values: the writer's name, the run's with the field where it counts one for one, and the shapes that hold
what is lost."""


@dataclass(frozen=True)
class Outcome:
    """What a comparison of twins came to."""

    twin: Twin
    findings: list[Found]
    issues: list[str]
    rejected: int
    compared: int
    forced: dict[tuple[str, str], int]
    forced_anew: dict[tuple[str, str], int]
    losses: set[str]


def outcome_of(twin: Twin, one: Compared) -> Outcome:
    """Everything the tests below ask about."""
    rows: list[Any] = one.duck.run("test", "SELECT DISTINCT reason FROM ledger.issue")
    accounts = one.books.values()
    known = {loss.id: bool(loss.title and loss.source) for loss in one.terms.scheme.losses}
    known |= {loss.id: bool(loss.title and loss.source) for _, loss in one.terms.scheme.unheld}
    return Outcome(
        twin,
        found_in(one),
        [str(reason) for (reason,) in rows],
        sum(account.source.rejected + account.target.rejected for account in accounts),
        sum(account.identical + account.equivalent for account in accounts),
        forced_in(one),
        forced_anew(one),
        {name for name, sourced in known.items() if sourced},
    )


def forced_in(one: Compared) -> dict[tuple[str, str], int]:
    """Pairs that each loss explains, by loss and field."""
    rows: list[Any] = one.duck.run("test", "SELECT loss, entity || '.' || field, pairs FROM finding.forced")
    return {(str(loss), str(field)): int(pairs) for loss, field, pairs in rows}


def forced_anew(one: Compared) -> dict[tuple[str, str], int]:
    """The same, once what the ladder told of the form of its pairs is forgotten."""
    forgotten = [f"UPDATE paired.{name} SET form = NULL" for name in ENTITIES]
    one.duck.run("test", ";\n".join([*forgotten, "DROP TABLE finding.forced", "DROP TABLE finding.form"]))
    find_forced(one.duck, one.terms.scheme)
    return forced_in(one)


@pytest.fixture(scope="module", params=PAIRS)
def outcome(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Outcome]:
    """One comparison for all tests of a pair."""
    name = str(request.param)
    source, _, target = name.partition("-")
    work: Path = tmp_path_factory.mktemp(name)
    twin = make_twin((source, target), work / "made", (40, 0.06), PAIRS[name])
    with twins_compared(twin, work / "work") as one:
        yield outcome_of(twin, one)


def test_the_ladder_tells_of_form_what_a_second_look_finds(outcome: Outcome) -> None:
    assert outcome.forced == outcome.forced_anew


def test_twins_have_no_finding_but_records_without_a_place(outcome: Outcome) -> None:
    beyond = [one for one in outcome.findings if one.reason != "no_place"]
    assert beyond == []
    assert outcome.compared > 1000


def test_what_has_no_place_is_a_named_and_sourced_loss(outcome: Outcome) -> None:
    unnamed = {(one.entity, one.loss) for one in outcome.findings if one.loss not in outcome.losses}
    assert unnamed == set()


def test_every_forced_difference_is_a_named_and_sourced_loss(outcome: Outcome) -> None:
    assert {loss for loss, _ in outcome.forced} <= outcome.losses
    same = outcome.twin.source == outcome.twin.target
    assert bool(outcome.forced) is not same


def test_nothing_is_rejected_or_said_to_be_wrong(outcome: Outcome) -> None:
    assert outcome.rejected == 0
    assert set(outcome.issues) <= MEANT


def test_the_writers_and_the_run_count_the_same_records_lost(outcome: Outcome) -> None:
    """What a writer could not write of whole records is what the run finds without a place."""
    if outcome.twin.source == outcome.twin.target:
        return
    found = Counter(one.loss for one in outcome.findings)
    for said in outcome.twin.said("losses"):
        ours, held_by = COUNTED_ALIKE.get(said["loss"], (None, set()))
        other = outcome.twin.target if said["side"] == "source" else outcome.twin.source
        if other in held_by:
            assert (ours, found[ours]) == (ours, said["records"])


def test_the_writers_and_the_run_count_the_same_values_lost(outcome: Outcome) -> None:
    """What a writer could not write of single fields is what the run explains by the format."""
    for said in outcome.twin.said("losses"):
        ours, field, held_by = COUNTED_BY_FIELD.get(said["loss"], ("", "", set()))
        other = outcome.twin.target if said["side"] == "source" else outcome.twin.source
        if other in held_by:
            assert (ours, outcome.forced.get((ours, field), 0)) == (ours, said["records"])
