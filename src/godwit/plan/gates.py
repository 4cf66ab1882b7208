"""The eight hard stops: which are open, and everything that is missing at those that are not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from godwit.definitions.guide.phases import Gate, Milestone, Need
from godwit.plan.rules.running import RuleResult
from godwit.plan.scene import Scene
from godwit.plan.wording import day_words


@dataclass(frozen=True, slots=True)
class GateState:
    """One gate. `missing` is the whole list, in words with the id of each task or rule; it is empty when `open`."""

    id: str
    name: str
    open: bool
    missing: tuple[str, ...]
    signed_by: tuple[str, ...]


def gate_states(
    gates: Iterable[Gate], milestones: Iterable[Milestone], scene: Scene, results: Iterable[RuleResult]
) -> tuple[GateState, ...]:
    """Every gate as it stands in the scene.

    A need is met by a finished task, a milestone whose tasks are all finished, a rule that passes, or a fact that is
    yes. Tasks that the plan does not hold are not asked for. Besides its needs, a gate asks for every rule of severity
    B that names it: one that fails or cannot be told keeps it shut.
    """
    world = _World(scene, {one.id: one for one in milestones}, {one.id: one for one in results})
    return tuple(world.state(gate) for gate in gates)


@dataclass(frozen=True)
class _World:
    scene: Scene
    milestones: Mapping[str, Milestone]
    results: Mapping[str, RuleResult]

    def state(self, gate: Gate) -> GateState:
        missing = (*self._needs(gate), *self._rules(gate))
        return GateState(gate.id, gate.name, not missing, missing, gate.signed_by)

    def _needs(self, gate: Gate) -> Iterator[str]:
        for need in gate.needs:
            lacking = self._lacking(need)
            if lacking:
                yield f"{need.words} {lacking}"

    def _rules(self, gate: Gate) -> Iterator[str]:
        named = {need.rule for need in gate.needs}
        for one in self.results.values():
            if one.severity == "B" and one.gate == gate.id and one.id not in named and one.result != "pass":
                yield f"{one.name}. {self._rule(one.id)}"

    def _lacking(self, need: Need) -> str:
        """What is still to do for a need; empty if it is met."""
        if need.task:
            return self._tasks([need.task])
        if need.milestone:
            return self._tasks(self.milestones[need.milestone].reached_by)
        return self._rule(need.rule) if need.rule else self._fact(need.fact or "")

    def _tasks(self, tasks: Iterable[str]) -> str:
        waiting = [one for one in tasks if one in self.scene.dues and one not in self.scene.done]
        return ", ".join(f"{one}: due on {day_words(self.scene.dues[one])}" for one in waiting)

    def _rule(self, rule: str) -> str:
        result = self.results.get(rule)
        if result is None:
            return f"{rule}: was not run"
        said = {"pass": "", "fail": "fails", "cannot_tell": "cannot be told"}[result.result]
        return f"{rule} {said}: {result.because}" if said else ""

    def _fact(self, fact: str) -> str:
        if fact not in self.scene.facts:
            return f"{fact}: not known"
        return "" if self.scene.facts[fact] is True else f"{fact}: not so"
