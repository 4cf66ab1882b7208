"""The guide's tables fit together, and each check can fail."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from godwit.definitions.guide.guide import Guide, read_guide
from godwit.definitions.guide.task import After, Task
from godwit.plan.checking import check_guide


def faults(guide: Guide) -> dict[str, list[str]]:
    return {
        one.name: [f"{fault.place}: {fault.because}" for fault in one.faults] for one in check_guide(guide)
    }


def changed(guide: Guide, task_id: str, **update: object) -> Guide:
    tasks = tuple(one.model_copy(update=update) if one.id == task_id else one for one in guide.tasks)
    return replace(guide, tasks=tasks)


def task_of(guide: Guide, task_id: str) -> Task:
    return next(one for one in guide.tasks if one.id == task_id)


def test_the_guide_as_shipped_is_sound() -> None:
    found = check_guide(read_guide())
    assert {one.name: one.faults for one in found if one.faults} == {}
    assert all(one.looked_at for one in found)


def a_circle(guide: Guide) -> Guide:
    return changed(guide, "T01-07", after=(After(task="T02-03"),))


def a_stranger(guide: Guide) -> Guide:
    return changed(guide, "T01-07", responsible=("wizard",))


def a_bare_task(guide: Guide) -> Guide:
    return changed(guide, "T01-07", when=(), after=())


def a_source_nobody_knows(guide: Guide) -> Guide:
    return changed(guide, "T01-07", source=("Q:99",))


def an_artefact_nobody_makes(guide: Guide) -> Guide:
    made = [one.model_copy(update={"made_by": ()}) for one in guide.artefacts]
    tasks = tuple(one.model_copy(update={"artefacts": ()}) for one in guide.tasks)
    return replace(guide, artefacts=tuple(made), tasks=tasks)


def a_rule_that_cannot_run(guide: Guide) -> Guide:
    first = guide.rules[0].model_copy(update={"check": "moon_phase == 3"})
    return replace(guide, rules=(first, *guide.rules[1:]))


def a_gate_nobody_signs(guide: Guide) -> Guide:
    first = guide.gates[0].model_copy(update={"signed_by": ()})
    return replace(guide, gates=(first, *guide.gates[1:]))


def a_gate_that_waits_for_itself(guide: Guide) -> Guide:
    gate = guide.gates[0]
    need = gate.needs[0].model_copy(update={"task": "T02-07", "milestone": None, "rule": None, "fact": None})
    return replace(guide, gates=(gate.model_copy(update={"needs": (need,)}), *guide.gates[1:]))


@pytest.mark.parametrize(
    ("breaking", "check", "says"),
    [
        (a_circle, "circle", "T01-07"),
        (a_stranger, "reference", "T01-07: there is no role wizard"),
        (a_bare_task, "task", "T01-07: it has no timing"),
        (a_source_nobody_knows, "source", "Q:99"),
        (an_artefact_nobody_makes, "artefact", "no task produces it"),
        (a_rule_that_cannot_run, "rule", "moon_phase"),
        (a_gate_nobody_signs, "gate", "nobody signs it"),
        (a_gate_that_waits_for_itself, "gate", "waits behind the gate"),
    ],
)
def test_what_does_not_fit_is_found(breaking: Callable[[Guide], Guide], check: str, says: str) -> None:
    found = faults(breaking(read_guide()))
    assert any(says in one for one in found[check]), found


def test_every_task_of_section_ten_is_there() -> None:
    """Dependencies that the text implies and the catalogue's table lacks (ADR 8, point 10)."""
    guide = read_guide()
    pairs = (("T12-13", "T11-09"), ("T12-19", "T11-09"), ("T11-07", "T11-03"), ("T13-05", "T12-13"))
    for task, other in pairs:
        assert other in {one.task for one in task_of(guide, task).after}
