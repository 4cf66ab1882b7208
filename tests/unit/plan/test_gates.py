"""The gates: open when nothing is missing, and otherwise the whole list of what is."""

from dataclasses import replace
from datetime import date
from typing import Any

from godwit.definitions.guide.phases import Gate, Milestone, read_gates, read_milestones
from godwit.definitions.guide.rule import read_rules
from godwit.plan.gates import GateState, gate_states
from godwit.plan.scene import Scene
from tests.support.plan_scenes import a_fresh_scene, a_whole_scene, changed, results_in


def gates_in(scene: Scene) -> dict[str, GateState]:
    found = gate_states(read_gates(), read_milestones(), scene, results_in(scene).values())
    return {one.id: one for one in found}


def missing(gate: str, change: dict[str, Any]) -> tuple[str, ...]:
    return gates_in(changed(a_whole_scene(), change))[gate].missing


def test_all_eight_are_open_in_the_whole_scene() -> None:
    found = gates_in(a_whole_scene())
    assert list(found) == [f"G{number}" for number in range(1, 9)]
    assert [one for one in found.values() if not one.open or one.missing] == []
    assert found["G5"].signed_by == ("lead_gp",)


def test_all_eight_are_shut_on_a_fresh_plan_and_say_why() -> None:
    for gate in gates_in(a_fresh_scene()).values():
        assert not gate.open
        assert gate.missing


def test_the_list_is_whole() -> None:
    scene = replace(a_fresh_scene(), facts={})
    gate = next(one for one in read_gates() if one.id == "G6")
    said = "\n".join(gates_in(scene)["G6"].missing)
    passing = {one.id for one in results_in(scene).values() if one.result == "pass"}
    asked = {need.ref for need in gate.needs if need.kind in ("task", "rule")}
    asked |= {one.id for one in read_rules() if one.gate == "G6"}
    assert [ref for ref in sorted(asked - passing) if ref not in said] == []


def test_a_task_that_is_not_done() -> None:
    (said,) = missing("G3", {"done": {"T02-18": None}})
    assert said.endswith("T02-18: due on Fri 5 Mar 2027")


def test_a_task_that_the_plan_does_not_hold_is_not_asked_for() -> None:
    assert missing("G5", {"done": {"T08-03": None}}) != ()
    assert missing("G5", {"done": {"T08-03": None}, "dues": {"T08-03": None}}) == ()


def test_a_milestone_names_each_task_that_waits() -> None:
    milestone = next(one for one in read_milestones() if one.id == "MS-01")
    (said,) = missing("G1", {"done": dict.fromkeys(milestone.reached_by)})
    assert all(f"{task}: due on" in said for task in milestone.reached_by)


def test_a_rule_that_fails_or_cannot_be_told_keeps_its_gate_shut() -> None:
    (fails,) = missing("G1", {"facts": {"modules": [{"module": "Scan", "on_order": False}]}})
    assert fails.endswith("R-12 fails: Not on the order: Scan.")
    (open_,) = missing("G1", {"facts": {"modules": None}})
    assert "R-12 cannot be told: not known: Which sub-modules" in open_


def test_a_rule_of_severity_b_that_the_gate_does_not_list_counts_too() -> None:
    gate = next(one for one in read_gates() if one.id == "G6")
    assert "R-09" not in {need.ref for need in gate.needs}
    (said,) = missing("G6", {"facts": {"critical_leave_clashes": 1}})
    assert said.startswith("Know who works on the critical days, and that they are free. R-09 fails:")


def test_a_rule_that_only_warns_shuts_nothing() -> None:
    found = gates_in(changed(a_whole_scene(), {"facts": {"unverified_emails": 9, "staff_briefed": None}}))
    assert all(one.open for one in found.values())


def test_every_rule_of_severity_b_shuts_one_of_the_gates_there_are() -> None:
    gates = {one.id for one in read_gates()}
    assert {one.gate for one in read_rules() if one.severity == "B"} <= gates


def test_a_rule_named_by_a_gate_names_that_gate_itself() -> None:
    gate_of = {one.id: one.gate for one in read_rules()}
    listed = [(gate.id, need.rule) for gate in read_gates() for need in gate.needs if need.rule]
    assert [(gate, rule) for gate, rule in listed if gate_of[rule] != gate] == []


def made_up(**need: str) -> Gate:
    row = {"id": "G1", "name": "n", "question": "q?", "blocks": ["T02-03"], "signed_by": ["commissioner"]}
    return Gate.model_validate(row | {"source": ["S1"], "needs": [{"words": "The thing is so.", **need}]})


def test_a_fact_must_be_yes() -> None:
    def said(value: bool | None) -> tuple[str, ...]:
        scene = changed(a_whole_scene(), {"facts": {"extension_agreed": value}})
        return gate_states([made_up(fact="extension_agreed")], [], scene, [])[0].missing

    assert said(True) == ()
    assert said(False) == ("The thing is so. extension_agreed: not so",)
    assert said(None) == ("The thing is so. extension_agreed: not known",)


def test_a_rule_that_was_not_run_is_not_taken_to_pass() -> None:
    state = gate_states([made_up(rule="R-12")], [], a_whole_scene(), [])[0]
    assert (state.open, state.missing) == (False, ("The thing is so. R-12: was not run",))


def test_a_milestone_without_tasks_in_the_plan_is_reached() -> None:
    milestone = Milestone.model_validate(
        {"id": "MS-01", "name": "n", "phase": "P01", "reached_by": ["T01-08"], "source": ["S1"]}
    )
    scene = changed(a_fresh_scene(date(2027, 2, 1)), {"dues": {"T01-08": None}})
    assert gate_states([made_up(milestone="MS-01")], [milestone], scene, [])[0].open
