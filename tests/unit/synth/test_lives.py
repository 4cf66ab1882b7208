"""Made-up lives are whole, plausible, always the same, and show every kind of thing even in a small practice."""

from collections import Counter
from dataclasses import replace
from datetime import datetime
from functools import cache

import pytest

from godwit.synth import medication
from godwit.synth.engine import KINDS
from godwit.synth.knowledge import phrases
from godwit.synth.life import Life
from godwit.synth.lives import patient_of
from godwit.synth.model import Item, Patient, Practice
from godwit.synth.places import make_practice
from godwit.synth.refusal import SynthRefused
from godwit.synth.world import world_of

LINKED = (
    "consultations", "observations", "problems", "allergies", "immunisations", "authorisations", "issues", "referrals",
    "recalls", "documents", "alerts", "appointments",
)  # fmt: skip


@cache
def practice() -> Practice:
    return make_practice(3, 50, 0.05)


@cache
def patients() -> tuple[Patient, ...]:
    return tuple(patient_of(practice(), number) for number in range(1, 51))


def items(patient: Patient) -> list[Item]:
    return [one for kind in LINKED for one in getattr(patient, kind)]


def every(kind: str) -> list[Item]:
    return [one for patient in patients() for one in getattr(patient, kind)]


def test_a_patient_is_the_same_whoever_is_made_before() -> None:
    again = make_practice(3, 50, 0.05)
    for number in (50, 7, 1):
        assert patient_of(again, number) == patients()[number - 1]
    assert patient_of(make_practice(4, 50, 0.05), 1) != patients()[0]


def test_a_patient_that_is_not_there_is_refused() -> None:
    with pytest.raises(SynthRefused, match="from 1 to 50"):
        patient_of(practice(), 51)


def test_no_private_prescription_is_for_repeat_dispensing() -> None:
    """Where chance would have every repeat private and for repeat dispensing, which the NHS alone has."""
    life = Life(world_of(practice()), 1)
    life.patient = replace(patients()[0], authorisations=[], issues=[])
    life.draw, life.last = (lambda: 0.0), practice().snapshot.date().toordinal()
    problem = next(problem for one in patients() for problem in one.problems)
    medication.repeat(life, practice().drugs[0].id, problem, life.last - 400)
    assert {(one.kind, one.private) for one in life.patient.authorisations} == {("repeat_dispensing", False)}


def test_ids_are_unique_in_the_practice() -> None:
    one = practice()
    ids = [one.organisation.id, *(some.id for some in one.others), *(some.id for some in one.sites)]
    ids += [*(some.id for some in one.staff), *(some.id for some in one.sessions)]
    ids += [patient.id for patient in patients()]
    ids += [item.id for patient in patients() for kind in KINDS for item in getattr(patient, kind)]
    assert [number for number, count in Counter(ids).items() if count > 1] == []


def test_every_link_leads_somewhere_in_the_same_record() -> None:
    staff = {one.id for one in practice().staff}
    sessions = {one.id for one in practice().sessions}
    for patient in patients():
        contacts = {one.id for one in patient.consultations}
        problems = {one.id for one in patient.problems}
        observations = {one.id for one in patient.observations}
        for item in items(patient):
            assert item.consultation is None or item.consultation in contacts
            assert item.problem is None or item.problem in problems
            assert {item.clinician, item.recorder} <= staff
        assert {one.entry for one in patient.problems} <= observations
        assert {one.parent for one in patient.problems} - {None} <= problems
        assert {one.parent for one in patient.observations} - {None} <= observations
        assert {one.authorisation for one in patient.issues} <= {one.id for one in patient.authorisations}
        assert {one.slot for one in patient.consultations} - {None} <= {
            one.id for one in patient.appointments
        }
        assert {one.session for one in patient.appointments} <= sessions


def test_nothing_happened_before_birth_or_was_typed_after_the_extract() -> None:
    snapshot = practice().snapshot
    for patient in patients():
        last = patient.death or snapshot.date()
        for item in items(patient):
            assert patient.birth <= item.entered.date() <= last
            assert item.entered < snapshot
            at = item.when.at
            if at is not None and item.when.precision in ("YMD", "YMDT"):
                assert patient.birth <= at.date()
    for done in (
        "consultations",
        "observations",
        "issues",
        "immunisations",
        "documents",
        "referrals",
        "allergies",
    ):
        assert all(one.when.at is None or one.when.at < snapshot for one in every(done))


@pytest.mark.parametrize("kind", KINDS)
def test_fifty_patients_show_every_kind_of_item(kind: str) -> None:
    assert every(kind)


@pytest.mark.parametrize(
    ("kind", "field", "values"),
    [
        ("observations", "comparator", {"<", ">"}),
        ("observations", "laterality", {"left", "right"}),
        ("observations", "certainty", {"suspected", "confirmed"}),
        ("observations", "negated", {True}),
        ("observations", "abnormal", {True, False}),
        ("observations", "confidential", {True}),
        ("problems", "active", {True, False}),
        ("problems", "major", {True, False}),
        ("allergies", "severity", {"severe"}),
        ("immunisations", "given", {True, False}),
        ("authorisations", "kind", {"acute", "repeat", "repeat_dispensing"}),
        ("authorisations", "active", {True, False}),
        ("authorisations", "private", {True}),
        ("referrals", "urgency", {"2 Week Wait"}),
        ("recalls", "active", {True, False}),
        ("documents", "incoming", {True, False}),
        ("alerts", "kind", {"note", "child_at_risk", "adult_at_risk"}),
        ("appointments", "status", {"booked", "arrived", "seen", "dna", "cancelled"}),
        ("registrations", "kind", {"regular", "temporary", "private", "immediately_necessary"}),
        ("addresses", "kind", {"home", "temporary"}),
    ],
)
def test_fifty_patients_show_every_value(kind: str, field: str, values: set[object]) -> None:
    assert values <= {getattr(one, field) for one in every(kind)}


def test_fifty_patients_show_every_precision_and_every_awkward_text() -> None:
    assert {one.when.precision for one in every("observations")} == {"U", "Y", "YM", "YMD", "YMDT"}
    texts = {one.text for one in every("observations")}
    assert {*phrases().awkward, *phrases().outside} <= texts


def test_fifty_patients_show_the_awkward_people() -> None:
    assert any(one.death for one in patients())
    assert any(one.test_patient for one in patients())
    assert any(one.confidential for one in patients())
    assert any(one.sensitive for one in patients())
    assert any(one.nhs_number is None for one in patients())
    assert any(one.registrations[-1].reason == "Moved away" for one in patients())


def test_text_besides_free_text_fits_in_windows_1252() -> None:
    for patient in patients():
        for text in (patient.given, patient.middle, patient.family, *(one.name for one in patient.relations)):
            text.encode("cp1252")


def test_an_acute_course_has_one_issue_and_a_repeat_has_some() -> None:
    issues = Counter(one.authorisation for patient in patients() for one in patient.issues)
    for patient in patients():
        for course in patient.authorisations:
            assert issues[course.id] >= 1
            assert course.kind != "acute" or issues[course.id] == 1


def test_twins_share_birth_and_household_names_repeat() -> None:
    twins = make_practice(1, 90, 0.01)
    second, third = patient_of(twins, 23), patient_of(twins, 24)
    assert second.birth == third.birth
    assert len({(one.given, one.family) for one in patients()}) < len(patients()) or second.family


def test_the_density_thins_histories() -> None:
    full = make_practice(3, 50)
    thick = sum(len(items(patient_of(full, number))) for number in range(1, 21))
    thin = sum(len(items(one)) for one in patients()[:20])
    assert thin * 5 < thick
    assert 400 < thick / 20 < 2_000


def test_another_moment_of_the_extract_moves_everything() -> None:
    early = make_practice(3, 20, 0.05, datetime(2024, 6, 3, 2))
    for number in range(1, 21):
        assert all(one.entered < early.snapshot for one in items(patient_of(early, number)))


@pytest.mark.parametrize(("count", "density"), [(0, 1.0), (100_000, 1.0), (5, 0.0), (5, 9.0)])
def test_an_impossible_practice_is_refused(count: int, density: float) -> None:
    with pytest.raises(SynthRefused):
        make_practice(1, count, density)
