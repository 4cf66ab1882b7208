"""Checks the guide's tables against each other: what no single file can check about itself.

No circle, no reference that leads nowhere, no task without role, source and timing, every artefact produced by some
task, every rule executable, every gate reachable and signable.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from godwit.definitions.guide.guide import Guide
from godwit.plan.gates_reached import unreachable
from godwit.plan.overlays import find_circle
from godwit.plan.rules.expression import ExpressionRefused
from godwit.plan.rules.language import language_of
from godwit.plan.rules.running import ready_rules


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong in the guide: where, which rule it breaks, and in words."""

    place: str
    rule: str
    because: str


@dataclass(frozen=True, slots=True)
class CheckedRule:
    """One check: its name, what it looks at and how many things it looked at."""

    name: str
    says: str
    looked_at: int
    faults: tuple[Fault, ...]


def check_guide(guide: Guide) -> tuple[CheckedRule, ...]:
    """Every check with what it found."""
    checks: tuple[tuple[str, str, int, Callable[[Guide], Iterable[Fault]]], ...] = (
        ("circle", "no tasks wait for each other", len(guide.tasks), _circles),
        ("reference", "every id and slug leads somewhere", len(_references(guide)), _dangling),
        ("task", "every task has a role, a source and a timing", len(guide.tasks), _bare_tasks),
        ("source", "every source code can be explained", len(guide.tasks), _unknown_sources),
        ("artefact", "every artefact is produced by some task", len(guide.artefacts), _unmade),
        ("rule", "every rule can be executed", len(guide.rules), _broken_rules),
        ("gate", "every gate can be reached and signed", len(guide.gates), _shut_gates),
        ("setting", "every setting says what it is for", len(guide.settings), _settings),
    )
    return tuple(CheckedRule(name, says, count, tuple(check(guide))) for name, says, count, check in checks)


def _circles(guide: Guide) -> Iterator[Fault]:
    circle = find_circle(guide.tasks)
    if circle:
        yield Fault(circle[0], "circle", " → ".join(circle))


def _references(guide: Guide) -> list[tuple[str, str, str]]:
    """Every reference as (where, to which table, key)."""
    return [*_task_references(guide), *_other_references(guide)]


def _task_references(guide: Guide) -> Iterator[tuple[str, str, str]]:
    for task in guide.tasks:
        people = (*task.responsible, *task.accountable, *task.consulted)
        yield from ((task.id, "role", one) for one in people)
        yield from ((task.id, "task", one.task) for one in task.after)
        yield from ((task.id, "artefact", one) for one in task.artefacts)
        yield from ((task.id, "condition", one) for one in task.condition)
        yield from ((task.id, "point", one.place.ref) for one in task.when)
        yield from ((task.id, "choice", " is ".join(one.only_if)) for one in task.when if one.only_if)
        yield from ((task.id, "setting", one) for one in task.settings)


def _other_references(guide: Guide) -> Iterator[tuple[str, str, str]]:
    """What the rows of all other tables point to, one line for each kind of pointer."""
    lists: tuple[tuple[str, Iterable[tuple[str, Iterable[str]]]], ...] = (
        ("task", ((one.id, one.of) for one in guide.anchors)),
        ("task", ((one.id, one.reached_by) for one in guide.milestones)),
        ("phase", ((one.id, [one.phase]) for one in guide.milestones)),
        ("task", ((one.id, one.blocks) for one in guide.gates)),
        ("role", ((one.id, one.signed_by) for one in guide.gates)),
        ("role", ((one.id, one.who) for one in guide.phases)),
        ("milestone", ((one.id, one.milestones) for one in guide.phases)),
        ("task", ((one.id, _tasks_of((*one.starts_at, *one.stops_at))) for one in guide.slas.slas)),
        ("role", ((one.id, one.bound) for one in guide.slas.slas)),
        ("point", ((one.id, [one.asked_for]) for one in guide.slas.slas if one.asked_for)),
        ("task", ((one.id, one.handled_by) for one in guide.third_parties)),
        ("condition", ((one.id, one.applies) for one in guide.third_parties)),
        ("role", ((one.id, [one.who_tells]) for one in guide.third_parties)),
        ("task", ((one.id, one.made_by) for one in guide.artefacts)),
        ("role", ((one.id, (*one.producer, *one.users)) for one in guide.artefacts)),
        ("phase", ((one.id, one.phases) for one in guide.artefacts)),
        ("setting", ((one.id, one.settings) for one in guide.lead_times.lead_times)),
        ("condition", ((one.id, one.conditions) for one in guide.rules)),
        ("gate", ((one.id, [one.gate]) for one in guide.rules if one.gate)),
        ("point", (("tellings", [one]) for one in guide.tellings)),
        ("task", (("tellings", tasks) for tasks in guide.tellings.values())),
        ("task", ((one.id, one.checked_by) for one in guide.data_kinds)),
        ("hazard", ((one.id, one.hazards) for one in guide.data_kinds)),
        ("role", ((one.name, [one.asked_of]) for one in guide.facts)),
    )
    for table, rows in lists:
        yield from ((where, table, key) for where, keys in rows for key in keys)
    yield from ((gate.id, need.kind, need.ref) for gate in guide.gates for need in gate.needs)


def _tasks_of(ends: Iterable[str]) -> list[str]:
    return [one.partition(".")[0] for one in ends]


def _dangling(guide: Guide) -> Iterator[Fault]:
    tasks, anchors = {one.id for one in guide.tasks}, {one.id for one in guide.anchors}
    known = {
        "task": tasks,
        "point": tasks | anchors,
        "role": {one.slug for one in guide.roles.roles},
        "condition": {one.slug for one in guide.conditions.conditions},
        "artefact": {one.id for one in guide.artefacts},
        "setting": {one.name for one in guide.settings},
        "choice": {f"{one.name} is {value.value}" for one in guide.settings for value in one.values},
        "phase": {one.id for one in guide.phases},
        "milestone": {one.id for one in guide.milestones},
        "rule": {one.id for one in guide.rules},
        "gate": {one.id for one in guide.gates},
        "fact": {one.name for one in guide.facts},
        "hazard": {one.id for one in guide.hazards},
    }
    for where, table, key in _references(guide):
        if key not in known[table]:
            yield Fault(where, "reference", f"there is no {table} {key}")


def _bare_tasks(guide: Guide) -> Iterator[Fault]:
    for task in guide.tasks:
        for name, there in (
            ("role", task.responsible),
            ("source", task.source),
            ("timing", task.when or task.after),
            ("evidence", task.evidence),
        ):
            if not there:
                yield Fault(task.id, "task", f"it has no {name}")


def _unknown_sources(guide: Guide) -> Iterator[Fault]:
    for task in guide.tasks:
        for code in task.source:
            if not code.startswith(("added", "implied")) and guide.sources.explain(code) is None:
                yield Fault(task.id, "source", f"nothing explains the source code {code}")


def _unmade(guide: Guide) -> Iterator[Fault]:
    made = {one for task in guide.tasks for one in task.artefacts}
    for artefact in guide.artefacts:
        if not artefact.made_by and artefact.id not in made:
            yield Fault(artefact.id, "artefact", "no task produces it")


def _broken_rules(guide: Guide) -> Iterator[Fault]:
    language = language_of(guide)
    for rule in guide.rules:
        try:
            ready_rules([rule], language)
        except ExpressionRefused as error:
            yield Fault(rule.id, "rule", str(error))


def _shut_gates(guide: Guide) -> Iterator[Fault]:
    for gate in guide.gates:
        if not gate.signed_by:
            yield Fault(gate.id, "gate", "nobody signs it")
        for because in unreachable(guide, gate):
            yield Fault(gate.id, "gate", because)


def _settings(guide: Guide) -> Iterator[Fault]:
    for setting in guide.settings:
        if not setting.about or not setting.title:
            yield Fault(setting.name, "setting", "nothing says what it is for")
