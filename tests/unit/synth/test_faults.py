"""Faults are planted where they change something, spread, the same every time, and told in the answer key."""

from __future__ import annotations

import pickle
from collections import Counter
from copy import deepcopy

import pytest
import yaml

from godwit.records.canonical import ENTITIES
from godwit.synth import lives
from godwit.synth.faults import FAULT_CLASSES, Answer, FaultPlan, Faults, plant, read_plan
from godwit.synth.faults.amounts import another_dose
from godwit.synth.faults.chart import EVERYWHERE, Chart
from godwit.synth.faults.disguised import another_frequency
from godwit.synth.model import Patient
from godwit.synth.places import make_practice
from godwit.synth.refusal import SynthRefused
from godwit.synth.writers import writer_of
from tests.support.small_practice import patient_of, practice

MADE = practice()
PATIENTS = 40


def planted(text: str = "faults: {all: 1}", patients: int = PATIENTS) -> Faults:
    return plant(MADE, read_plan(text), patients, patient_of)


def twin(faults: Faults, number: int) -> list[Patient]:
    return faults.change(patient_of(MADE, number))


def item(patient: Patient, number: int) -> object:
    collections = (getattr(patient, name) for name in Patient.__dataclass_fields__)
    return next(
        (one for held in collections if isinstance(held, list) for one in held if one.id == number), None
    )


@pytest.mark.parametrize("name", FAULT_CLASSES)
def test_every_kind_finds_a_place_and_makes_a_real_change(name: str) -> None:
    faults = planted(f"faults: {{{name}: 2}}")
    assert faults.found == {name: 2}
    assert len({answer.patient for answer in faults.answers()}) >= 2
    for answer in faults.answers():
        before, after = patient_of(MADE, answer.patient), twin(faults, answer.patient)
        assert after != [before]
        said = ENTITIES[answer.entity]
        fields = {"patient", *said.field_names, *(role.name for role in said.roles)}
        assert answer.field is None or answer.field in fields
        assert (answer.field is None) == (answer.outcome != "different")
        assert answer.visible_in


@pytest.mark.parametrize("answer", planted().answers(), ids=lambda answer: f"{answer.fault}-{answer.outcome}")
def test_the_answer_key_says_what_became_of_each_item(answer: Answer) -> None:
    faults = planted()
    before, after = patient_of(MADE, answer.patient), twin(faults, answer.patient)
    if answer.entity == "patient":
        assert after == []
        return
    if answer.field == "linked":  # the problem stays as it is; the entry at the other end of the link changes
        return
    was, became = item(before, answer.item), item(after[0], answer.item)
    if answer.field == "patient":  # the item went from here, and nobody else has its number
        assert was is not None
        assert became is None
        return
    assert {
        "different": was != became and None not in (was, became),
        "missing": was is not None and became is None,
        "unexpected": was is None and became is not None,
    }[answer.outcome]
    assert answer.nhs_number == before.nhs_number
    assert answer.outcome != "different" or answer.before != answer.after


def test_a_fault_changes_nothing_but_its_item() -> None:
    faults = planted("faults: {value_changed: 1}")
    (answer,) = faults.answers()
    before, after = patient_of(MADE, answer.patient), twin(faults, answer.patient)[0]
    changed = [
        (one, other)
        for one, other in zip(before.observations, after.observations, strict=True)
        if one != other
    ]
    assert [(one.id, one.value, other.value) for one, other in changed] == [
        (answer.item, answer.before, answer.after)
    ]
    assert after.problems is before.problems or after.problems == before.problems


def test_the_original_stays_as_it_is() -> None:
    faults = planted()
    for number in {answer.patient for answer in faults.answers()}:
        patient = patient_of(MADE, number)
        copy = deepcopy(patient)
        faults.change(patient)
        assert patient == copy


def test_the_same_seed_plants_the_same_faults_and_they_travel_to_other_processes() -> None:
    faults = planted()
    assert planted() == faults
    assert pickle.loads(pickle.dumps(faults)) == faults  # noqa: S301 - our own bytes of a moment ago


def test_faults_are_spread_over_the_patients() -> None:
    faults = planted(patients=60)
    hits = {(answer.fault, answer.patient) for answer in faults.answers()}
    swapped = {patient for fault, patient in hits if fault == "records_swapped"}
    assert len(hits) == len(FAULT_CLASSES) + 1
    assert len({patient for _, patient in hits}) >= len(FAULT_CLASSES) - 1
    assert len(swapped) == 2


def test_no_record_gets_two_faults() -> None:
    faults = planted("faults: {all: 3}", patients=6)
    hits = {(answer.item, answer.fault) for answer in faults.answers()}
    assert len(hits) == len({item for item, _ in hits})


def test_no_fault_falls_on_or_goes_to_a_dropped_patient() -> None:
    faults = planted("faults: {all: 3}", patients=8)
    dropped = {answer.patient for answer in faults.answers() if answer.fault == "patient_dropped"}
    assert dropped
    others = [answer for answer in faults.answers() if answer.fault != "patient_dropped"]
    assert not {answer.patient for answer in others} & dropped


def test_patients_without_faults_are_handed_on_as_they_are() -> None:
    patient = patient_of(MADE, 1)
    assert Faults({}, (), {}, {}).change(patient)[0] is patient


def test_what_finds_no_place_is_said() -> None:
    key = planted("faults: {laterality_lost: 5}", patients=2).answer_key()
    assert key["planted"] == {"laterality_lost": 2}
    assert key["not_planted"] == {"laterality_lost": 3}


def test_a_moved_record_is_gone_here_and_stands_there() -> None:
    faults = planted("faults: {record_to_wrong_patient: 1}")
    (answer,) = faults.answers()
    assert (answer.outcome, answer.field, answer.before) == ("different", "patient", answer.nhs_number)
    (there,) = (number for number in faults.edits if number != answer.patient)
    assert answer.after == patient_of(MADE, there).nhs_number
    assert item(twin(faults, there)[0], answer.item)


def test_what_a_fault_adds_never_takes_the_id_of_another_patients_record() -> None:
    """Also where a record of another patient, with an id of theirs, came here before."""
    ours = make_practice(1, 2, 0.05)
    here, there = lives.patient_of(ours, 1), lives.patient_of(ours, 2)
    theirs = {item.id for _, item in Chart(ours, there).items()}
    came = min(one for one in theirs if one + 1 in theirs)
    chart = Chart(ours, here, touched={came})
    assert chart.next_id() not in theirs
    chart.touched.add(chart.next_id())
    assert chart.next_id() not in theirs | chart.touched


def test_swapped_records_went_both_ways_and_each_is_told_where_it_was() -> None:
    faults = planted("faults: {records_swapped: 1}")
    ways = Counter((answer.nhs_number, answer.after) for answer in faults.answers())
    assert len(ways) == 2
    assert all(count >= 3 for count in ways.values())
    assert {(there, here) for here, there in ways} == set(ways)


def test_two_faults_of_one_record_have_an_answer_each() -> None:
    answers = planted("faults: {value_and_date_changed: 1}").answers()
    assert {answer.field for answer in answers} == {"value", "effective"}
    assert len({answer.item for answer in answers}) == 1


def test_a_near_duplicate_differs_from_what_it_doubles() -> None:
    faults = planted("faults: {near_duplicate: 1}")
    (answer,) = faults.answers()
    after = twin(faults, answer.patient)[0]
    new = next(one for one in after.observations if one.id == answer.item)
    old = [
        one for one in after.observations if (one.code, one.when) == (new.code, new.when) and one is not new
    ]
    assert [one.value == new.value for one in old] == [False]


def test_a_systematic_fault_hits_that_share_of_the_patients_in_what_they_have_in_common() -> None:
    faults = planted("faults: {unit_changed: {share: 0.5}, record_lost: 1}")
    hit = [answer for answer in faults.answers() if answer.fault == "unit_changed"]
    assert faults.found == {"record_lost": 1, "unit_changed": PATIENTS / 2}
    assert len({answer.patient for answer in hit}) == PATIENTS / 2
    codes = Counter(item(patient_of(MADE, answer.patient), answer.item).code for answer in hit)  # type: ignore[attr-defined]
    assert len(codes) == 1


def test_a_plan_counts_each_kind_or_all() -> None:
    assert read_plan("faults: {value_changed: 3}") == FaultPlan({"value_changed": 3})
    every = read_plan("faults: {all: 2, recall_lost: 0}").wanted
    assert set(every) == set(FAULT_CLASSES) - {"recall_lost"}
    assert set(every.values()) == {2}


def test_an_unknown_kind_is_refused_with_its_line_and_its_nearest() -> None:
    with pytest.raises(SynthRefused) as refused:
        read_plan("faults:\n  record_lost: 1\n  alergy_lost: 1\n")
    assert refused.value.place == "line 3"
    assert "did you mean allergy_lost?" in refused.value.because


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "faults: 3",
        "faults: {record_lost: many}",
        "faults: {record_lost: -1}",
        "faults: {all: {share: 2}}",
        "faults: {all: {share: 0}}",
    ],
)
def test_a_plan_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(SynthRefused):
        read_plan(text)


def test_a_plan_may_ask_for_a_share_of_the_patients() -> None:
    plan = read_plan("faults: {value_changed: {share: 0.25}, record_lost: 2}")
    assert plan == FaultPlan({"record_lost": 2}, {"value_changed": 0.25})
    assert plan.counts(300) == {"record_lost": 2, "value_changed": 75}


@pytest.mark.parametrize(
    ("dosage", "after"),
    [("One twice a day", "1 TDS"), ("TWO puffs once a day", "2 puffs BD"), ("As directed", "As directed")],
)
def test_another_frequency_in_other_words(dosage: str, after: str) -> None:
    assert another_frequency(dosage) == after


def test_dosages_keep_their_shape() -> None:
    assert another_dose("Take ONE tablet daily") == "Take TWO tablet daily"
    assert another_dose("Apply thinly") == "Apply thinly"


def test_the_words_are_those_of_the_classes() -> None:
    text = yaml.safe_dump({"faults": dict.fromkeys(FAULT_CLASSES, 1)})
    assert len(read_plan(text).wanted) == len(FAULT_CLASSES) == 45


@pytest.mark.parametrize("system", EVERYWHERE)
@pytest.mark.parametrize("name", FAULT_CLASSES)
def test_what_a_shape_is_said_to_show_changes_its_files(name: str, system: str) -> None:
    faults, writer = planted(f"faults: {{{name}: 2}}"), writer_of(system, MADE)
    for answer in faults.answers():
        before, after = patient_of(MADE, answer.patient), twin(faults, answer.patient)
        if system in answer.visible_in and after:
            assert writer.patient(before).parts != writer.patient(after[0]).parts, answer.entity
