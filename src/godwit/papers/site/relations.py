"""What belongs together: the tasks, stops, rules and papers of a phase, a role, a document or another party."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from godwit.definitions.guide.artefacts import Artefact
from godwit.definitions.guide.checking_rules import SignOff
from godwit.definitions.guide.dmi import Requirement
from godwit.definitions.guide.facts import Fact
from godwit.definitions.guide.guide import Guide
from godwit.definitions.guide.phases import Gate, Milestone, Phase
from godwit.definitions.guide.raci import Cell, Column
from godwit.definitions.guide.readiness import Readiness
from godwit.definitions.guide.rule import Rule
from godwit.definitions.guide.slas import Sla
from godwit.definitions.guide.task import Task
from godwit.definitions.guide.third_parties import ThirdParty

_TASK = re.compile(r"T\d\d-\d\d")


@dataclass(frozen=True)
class Relations:
    """Looks up in one guide what belongs to what. Every answer is in the guide's order."""

    guide: Guide

    def tasks(self, phase: str) -> tuple[Task, ...]:
        """The tasks of a phase."""
        return tuple(one for one in self.guide.tasks if one.phase == phase)

    def milestones(self, phase: str) -> tuple[Milestone, ...]:
        """The milestones a phase reaches."""
        return tuple(one for one in self.guide.milestones if one.phase == phase)

    def gates(self, phase: str) -> tuple[Gate, ...]:
        """The gates that keep tasks of a phase from beginning."""
        return tuple(one for one in self.guide.gates if _touches(one.blocks, phase))

    def slas(self, phase: str) -> tuple[Sla, ...]:
        """The service levels whose clock starts or stops in a phase."""
        return tuple(one for one in self.guide.slas.slas if _touches((*one.starts_at, *one.stops_at), phase))

    def requirements(self, phase: str) -> tuple[Requirement, ...]:
        """The requirements of the standard whose proof names a task of a phase."""
        return tuple(
            one
            for one in self.guide.dmi.requirements
            if _touches(_TASK.findall(one.evidence_query or ""), phase)
        )

    def rules(self, phase: Phase) -> tuple[Rule, ...]:
        """The rules that keep one of its gates shut, or name one of its tasks, or come from its own chapters."""
        gates = {one.id for one in self.gates(phase.id)}
        chapters = {one for one in phase.source if ":" in one}
        return tuple(
            one
            for one in self.guide.rules
            if one.gate in gates or chapters & set(one.source) or _touches(_TASK.findall(one.check), phase.id)
        )

    def documents(self, phase: str) -> tuple[Artefact, ...]:
        """The documents made or filled in a phase."""
        return tuple(one for one in self.guide.artefacts if phase in one.phases)

    def parties(self, phase: str) -> tuple[ThirdParty, ...]:
        """The other parties that tasks of a phase deal with."""
        return tuple(one for one in self.guide.third_parties if _touches(one.handled_by, phase))

    def parts(self, phase: str) -> tuple[tuple[Column, Cell], ...]:
        """Who has a part in a phase, and which."""
        cells = {row.phase: row.cells for row in self.guide.raci.rows}[phase]
        pairs = zip(self.guide.raci.columns, cells, strict=True)
        return tuple((column, cell) for column, cell in pairs if cell.letters or cell.words)

    def done_by(self, role: str) -> Iterator[tuple[Phase, tuple[Task, ...]]]:
        """The phases in which a role does something, with its tasks."""
        for phase in self.guide.phases:
            tasks = tuple(one for one in self.tasks(phase.id) if role in one.responsible)
            if tasks:
                yield phase, tasks

    def tasks_of(self, role: str) -> tuple[Task, ...]:
        """Everything a role does."""
        return tuple(one for one in self.guide.tasks if role in one.responsible)

    def phases_with(self, role: str) -> tuple[Phase, ...]:
        """The phases in which a role takes part."""
        return tuple(one for one in self.guide.phases if role in one.who)

    def answers_for(self, role: str) -> tuple[Task, ...]:
        """The tasks a role answers for."""
        return tuple(one for one in self.guide.tasks if role in one.accountable)

    def asked_about(self, role: str) -> tuple[Task, ...]:
        """The tasks a role is asked about."""
        return tuple(one for one in self.guide.tasks if role in one.consulted)

    def readiness(self, role: str) -> tuple[Readiness, ...]:
        """The rows of readiness questions that a role must be able to answer."""
        parties = {party for party, roles in self.guide.readiness.parties.items() if role in roles}
        return tuple(one for one in self.guide.readiness.rows if parties & set(one.asked_of))

    def facts(self, role: str) -> tuple[Fact, ...]:
        """The facts that a role is asked to state."""
        return tuple(one for one in self.guide.facts if one.asked_of == role)

    def facts_for(self, rule: str) -> tuple[Fact, ...]:
        """The facts that a rule, gate or clock wants."""
        return tuple(one for one in self.guide.facts if rule in one.used_by)

    def signs(self, role: str) -> tuple[tuple[Gate, ...], tuple[SignOff, ...]]:
        """The gates and the papers that a role signs."""
        gates = tuple(one for one in self.guide.gates if role in one.signed_by)
        return gates, tuple(one for one in self.guide.checking_rules.sign_offs if role in one.signers)

    def produces(self, role: str) -> tuple[Artefact, ...]:
        """The documents a role makes."""
        return tuple(one for one in self.guide.artefacts if role in one.producer)

    def filled_by(self, document: Artefact) -> tuple[str, ...]:
        """The tasks that make or fill a document, each once."""
        named = (one.id for one in self.guide.tasks if document.id in one.artefacts)
        return tuple(dict.fromkeys((*document.made_by, *named)))


def _touches(tasks: Iterable[str], phase: str) -> bool:
    return any(f"P{one[1:3]}" == phase for one in tasks)
