"""What is expected of a comparison is said of every kind of fault, and so is why a shape cannot show it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from godwit.synth.faults import FAULT_CLASSES, Answer, plant, read_plan
from godwit.synth.faults.chart import EVERYWHERE
from godwit.synth.writers import writer_of
from tests.benchmarks.detecting import FIELD, HIDDEN, MISSED, RECORD, Fate
from tests.benchmarks.detection_page import interval, rated, tally
from tests.benchmarks.expected import read_expected
from tests.support.faults_found import review
from tests.support.small_practice import patient_of, practice
from tests.support.twins import Found, Twin

EXPECTED = read_expected()
MADE = practice()
ANSWERS = plant(MADE, read_plan("faults: {all: 3}"), 120, patient_of).answers()


def test_every_kind_has_a_least_severity() -> None:
    assert set(EXPECTED.classes) == set(FAULT_CLASSES)


@pytest.mark.parametrize("shape", EVERYWHERE)
def test_what_a_shape_cannot_show_has_a_reason(shape: str) -> None:
    unsaid = {
        (answer.fault, kind)
        for answer in ANSWERS
        if shape not in answer.visible_in
        if not EXPECTED.why_hidden(answer.fault, kind := _kind(answer), shape)
    }
    assert unsaid == set()


def _kind(answer: Answer) -> str:
    return "problem" if answer.field == "problem" else answer.entity


@pytest.mark.parametrize("shape", EVERYWHERE)
def test_losses_go_by_a_name_that_the_writer_knows(shape: str) -> None:
    losses = writer_of(shape, MADE).losses
    said = {whys[shape] for whys in EXPECTED.hidden.values() if shape in whys}
    assert {why for why in said if " " not in why} <= set(losses)


def test_a_share_comes_with_what_its_number_supports() -> None:
    assert not rated(0, 0)
    assert rated(3, 3) == "100% (43.85% to 100.00%)"
    assert rated(9_999_999, 10_000_000).startswith("99.99%")
    low, high = interval(3838, 3838)
    assert low >= 0.999
    assert high == 1
    assert interval(3800, 3800)[0] < 0.999


def test_answers_are_counted_by_what_became_of_them() -> None:
    fates = [
        Fate("value_changed", "observation", FIELD, "critical"),
        Fate("value_changed", "observation", RECORD, "high"),
        Fate("value_changed", "observation", MISSED),
        Fate("value_changed", "observation", HIDDEN),
    ]
    counted = tally(fates, EXPECTED)
    assert (counted.visible, counted.field, counted.record, counted.missed) == (3, 1, 1, 1)
    assert counted.grave == 1


# Findings held against a key ------------------------------------------------------------------------------------

VALUE: dict[str, Any] = {
    "fault": "value_changed", "patient": 3, "nhs_number": "9990000018", "entity": "observation", "item": 41,
    "field": "value", "outcome": "different", "before": "5", "after": "6", "visible_in": ["emis", "tpp"],
}  # fmt: skip
MOVED = {
    **VALUE,
    "fault": "record_to_wrong_patient",
    "field": "patient",
    "before": "9990000018",
    "after": "9990000026",
}


def found(
    field: str | None, people: tuple[str, ...] = ("9990000018",), record: str = "41", **more: Any
) -> Found:
    return Found("observation", more.pop("outcome", "different"), field, "changed", people, (record,), **more)


def twin(folder: Path, *answers: dict[str, Any]) -> Twin:
    (folder / "answers.json").write_text(json.dumps({"answers": answers}), encoding="utf-8")
    return Twin(folder, "emis", "tpp", 7)


@pytest.mark.parametrize(
    ("answer", "findings", "exact", "missed"),
    [
        (VALUE, [found("value", severity="critical")], 1, 0),
        (VALUE, [], 0, 1),
        (VALUE, [found("unit")], 0, 1),
        (VALUE, [found("value", record="42")], 0, 1),
        (VALUE, [found("value", people=("9990000026",))], 0, 1),
        (MOVED, [found("patient", people=("9990000018", "9990000026"))], 1, 0),
        (MOVED, [found("patient")], 0, 0),
        (MOVED, [found(None, outcome="missing")], 0, 0),
        (MOVED, [found(None, outcome="missing", record="42")], 0, 1),
    ],
)
def test_a_fault_is_found_only_at_its_patient_record_and_field(
    answer: dict[str, Any], findings: list[Found], exact: int, missed: int, tmp_path: Path
) -> None:
    held = review(twin(tmp_path, answer), findings)
    assert sum(bool(one.exact) for one in held.seen) == exact
    assert len(held.missed) == missed


def test_what_no_fault_explains_is_told(tmp_path: Path) -> None:
    other = found("value", people=("9990000034",), record="99")
    held = review(twin(tmp_path, VALUE), [found("value"), other])
    assert held.beyond == [other]


def test_what_a_shape_cannot_show_is_not_missed(tmp_path: Path) -> None:
    held = review(twin(tmp_path, {**VALUE, "visible_in": ["emis"]}), [])
    assert (held.seen, held.missed, len(held.hidden)) == ([], [], 1)


def test_a_fault_is_as_grave_as_its_gravest_finding(tmp_path: Path) -> None:
    other = {**VALUE, "field": "effective"}
    findings = [found("value", severity="critical"), found("effective", severity="high")]
    held = review(twin(tmp_path, VALUE, other), findings)
    assert held.gravest(other) == "critical"
