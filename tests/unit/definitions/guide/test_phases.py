"""Phases, milestones and gates: all there, tied to tasks that exist, and to each other."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from godwit.definitions.guide.duration import Duration
from godwit.definitions.guide.phases import Need, Phase, read_gates, read_milestones, read_phases
from godwit.definitions.guide.readiness import read_readiness
from godwit.definitions.guide.rule import read_rules
from godwit.definitions.guide.task import read_tasks

WORKING_DAYS = {"d": 1, "wd": 1, "w": 5, "m": 20}


def _working_days(length: Duration | None) -> int:
    """As the catalogue adds lengths up: days read as working days, a week as five."""
    return 0 if length is None else length.count * WORKING_DAYS[length.unit]


def test_all_are_there_in_order() -> None:
    assert [one.id for one in read_phases()] == [f"P{number:02}" for number in range(1, 16)]
    assert [one.id for one in read_milestones()] == [f"MS-{number:02}" for number in range(1, 31)]
    assert [one.id for one in read_gates()] == [f"G{number}" for number in range(1, 9)]


def test_the_stated_lengths_add_up_as_in_the_catalogue() -> None:
    phases = read_phases()
    assert sum(_working_days(one.least) for one in phases) == 27
    assert sum(_working_days(one.most) for one in phases) == 65


def test_every_milestone_stands_in_the_phase_that_lists_it() -> None:
    listed = [(name, phase.id) for phase in read_phases() for name in phase.milestones]
    assert listed == [(one.id, one.phase) for one in read_milestones()]


def test_milestones_and_gates_name_tasks_that_exist() -> None:
    tasks = {task.id for task in read_tasks()}
    named = {task for milestone in read_milestones() for task in milestone.reached_by}
    for gate in read_gates():
        named |= {*gate.blocks, *(need.task for need in gate.needs if need.task)}
    assert named <= tasks


def test_gates_and_milestones_know_each_other() -> None:
    milestones = {one.id for one in read_milestones()}
    asked = {need.milestone for gate in read_gates() for need in gate.needs if need.milestone}
    assert asked <= milestones
    assert [one.gate for one in read_milestones() if one.gate] == [gate.id for gate in read_gates()]


def test_rules_and_readiness_questions_agree_with_the_gate() -> None:
    kept = {rule.id: rule.gate for rule in read_rules()}
    listed = {(need.rule, gate.id) for gate in read_gates() for need in gate.needs if need.rule}
    assert listed <= kept.items()
    asked = {(row.id, row.gate) for row in read_readiness().rows}
    assert {(row, gate.id) for gate in read_gates() for row in gate.readiness} == asked


def test_no_gate_asks_for_what_comes_after_it() -> None:
    after = {task.id: {other.task for other in task.after} for task in read_tasks()}
    reached = {one.id: one.reached_by for one in read_milestones()}
    for gate in read_gates():
        for need in gate.needs:
            asked = {need.task} if need.task else set(reached.get(need.ref, ()))
            assert asked.isdisjoint(gate.blocks), gate.id
            assert all(not _follows(task, set(gate.blocks), after) for task in asked if task), need.words


def _follows(task: str, others: set[str], after: dict[str, set[str]]) -> bool:
    """Whether `task` hangs, over any number of steps, on one of `others`."""
    found, waiting = set[str](), [task]
    while waiting:
        for one in after[waiting.pop()] - found:
            found.add(one)
            waiting.append(one)
    return not found.isdisjoint(others)


def test_a_need_names_one_thing() -> None:
    assert (Need(words="It is so.", rule="R-12").kind, Need(words="It is so.", fact="it_is").ref) == (
        "rule",
        "it_is",
    )
    with pytest.raises(ValidationError, match="must name one"):
        Need(words="Nothing named.")
    with pytest.raises(ValidationError, match="must name one"):
        Need(words="Two named.", task="T02-03", rule="R-12")


def test_a_phase_has_both_lengths_or_neither() -> None:
    whole = read_phases()[1].model_dump(by_alias=True)
    with pytest.raises(ValidationError, match="both lengths or neither"):
        Phase.model_validate({**whole, "most": None})
