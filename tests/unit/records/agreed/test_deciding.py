"""Which decisions about a difference may be taken, and by whom."""

from datetime import date, timedelta
from typing import Any

import pytest
from pydantic import ValidationError

from godwit.records.agreed.agreement import Agreement, Approved, Proposed, Withdrawn
from godwit.records.agreed.deciding import agreements
from godwit.records.errors import InputRefused
from tests.support.agreeing import TODAY, agreement, approved, change, proposed

WITHDRAWN = Withdrawn(
    did="withdrawn", id="A1", by="Ann Lee", role="practice_manager", day=TODAY, why="mended"
)
GRAVE = {"harm": {"severity": "significant", "likelihood": "high", "result": 3}}
GRAVER = {"harm": {"severity": "major", "likelihood": "high", "result": 4}}


def refused(*entries: Proposed | Approved | Withdrawn) -> str:
    with pytest.raises(InputRefused) as error:
        agreements(entries, "agreed.yaml")
    assert error.value.place == "agreed.yaml, A1"
    return error.value.rule


def test_two_people_in_two_roles_agree() -> None:
    one = proposed()
    found = agreements([one, approved(one)], "agreed.yaml")["A1"]
    assert found == Agreement(one, approved(one))
    assert found.state(TODAY) == "approved"


def test_what_is_only_proposed_stays_so_whatever_the_day() -> None:
    assert {Agreement(proposed()).state(TODAY + timedelta(days=n)) for n in (0, 400)} == {"proposed"}


def test_the_day_of_expiry_is_the_last_one() -> None:
    one = agreement()
    assert one.state(date(2027, 6, 30)) == "approved"
    assert one.state(date(2027, 7, 1)) == "expired"


def test_nothing_holds_before_the_day_of_its_approval() -> None:
    assert agreement().state(TODAY - timedelta(days=1)) == "proposed"


def test_a_withdrawn_one_stays_on_the_record() -> None:
    one = proposed()
    found = agreements([one, approved(one), WITHDRAWN], "agreed.yaml")["A1"]
    assert found.state(TODAY) == "withdrawn"
    assert found.approved


@pytest.mark.parametrize("same", ["Ann Lee", "ann  LEE", "Mrs Ann Lee", "Ann-Lee", "Dr. Ann Lee"])
def test_one_person_is_not_two(same: str) -> None:
    one = proposed()
    assert refused(one, approved(one, by=same)) == "agreed.same_person"


@pytest.mark.parametrize(
    ("proposal", "approval", "rule"),
    [
        ({}, {"role": "practice_manager"}, "agreed.same_role"),
        ({}, {"role": "new_supplier"}, "agreed.not_a_deciding_role"),
        ({}, {"day": TODAY - timedelta(days=1)}, "agreed.day_order"),
        ({}, {"day": date(2027, 7, 1)}, "agreed.past_expiry"),
        ({}, {"proposal": "0" * 64}, "agreed.changed"),
        (GRAVER, {}, "agreed.harm_too_great"),
        ({**GRAVE, "role": "it_lead"}, {"role": "practice_manager"}, "agreed.no_clinician"),
        ({"counted": {"risk": "critical"}}, {"role": "prescribing_lead"}, "agreed.no_clinician"),
    ],
)
def test_an_approval_that_may_not_be(proposal: dict[str, Any], approval: dict[str, Any], rule: str) -> None:
    one = proposed(**proposal)
    assert refused(one, approved(one, **approval)) == rule


@pytest.mark.parametrize(
    ("proposer", "approver"),
    [
        ("practice_manager", "lead_gp"),
        ("lead_gp", "practice_manager"),
        ("it_lead", "clinical_safety_officer"),
    ],
)
def test_grave_harm_needs_a_clinician_among_the_two(proposer: str, approver: str) -> None:
    one = proposed(**GRAVE, role=proposer)
    assert agreements([one, approved(one, role=approver)], "agreed.yaml")["A1"].approved


def test_a_proposal_that_was_changed_after_its_approval_is_refused() -> None:
    one = proposed()
    wider = proposed(counted={"findings": 3_000})
    assert refused(wider, approved(one)) == "agreed.changed"


def test_what_cannot_follow_on_one_another() -> None:
    one = proposed()
    assert refused(one, one) == "agreed.id_twice"
    assert refused(approved(one)) == "agreed.unknown"
    assert refused(WITHDRAWN) == "agreed.unknown"
    assert refused(one, approved(one), approved(one)) == "agreed.approved_already"
    assert refused(one, WITHDRAWN, approved(one)) == "agreed.withdrawn"
    assert refused(one, WITHDRAWN, WITHDRAWN) == "agreed.withdrawn"
    assert refused(proposed(expires=TODAY - timedelta(days=1))) == "agreed.past_expiry"


@pytest.mark.parametrize(
    "changes",
    [
        {"harm": {"result": 2}},
        {"harm": {"severity": "dreadful"}},
        {"harm": {"likelihood": "never"}},
        {"harm": {"hazards": ()}},
        {"harm": {"hazards": ("H33",)}},
        {"harm": {"hazards": ("HZ-01",)}},
        {"scope": {"changes": ()}},
        {"scope": {"changes": (change(entity="weather"),)}},
        {"scope": {"changes": (change(field=None),)}},
        {"scope": {"changes": (change(outcome="missing"),)}},
        {"scope": {"changes": (change(reason="Mrs Lee said so"),)}},
        {"role": "king"},
        {"why": "  "},
        {"why": "only patient 943 476 5919"},
        {"by": "9434765919"},
        {"tolerance": 26},
        {"id": "first"},
        {"counted": {"seal": "short"}},
    ],
)
def test_a_decision_that_is_not_one(changes: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        proposed(**changes)


@pytest.mark.parametrize(
    ("findings", "patients", "tolerance", "within"),
    [
        (3, 2, 0, True),
        (4, 2, 0, False),
        (3, 3, 0, False),
        (1, 1, 0, True),
        (3, 2, 25, True),
        (4, 2, 25, False),
    ],
)
def test_the_count_that_was_approved_is_the_most(
    findings: int, patients: int, tolerance: int, within: bool
) -> None:
    assert proposed(tolerance=tolerance).allows(findings, patients) is within


def test_a_tolerance_is_a_share_of_the_count() -> None:
    one = proposed(counted={"findings": 640, "patients": 400}, tolerance=5)
    assert one.allows(672, 420)
    assert not one.allows(673, 400)
    assert not one.allows(640, 421)
