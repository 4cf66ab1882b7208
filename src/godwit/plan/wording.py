"""The because of every date, in words a practice uses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from godwit.definitions.guide.duration import Duration
from godwit.definitions.guide.timing import Clause, Place
from godwit.plan.network import Arc, Network
from godwit.plan.settings import Values

_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def day_words(day: date) -> str:
    """``Mon 3 May 2027``."""
    return f"{_WEEKDAYS[day.weekday()]} {day.day} {_MONTHS[day.month - 1]} {day.year}"


def count_words(count: int, what: str) -> str:
    """``1 working day``, ``3 working days``."""
    return f"{count} {what}{'' if count == 1 else 's'}"


@dataclass(frozen=True)
class Words:
    """Puts clauses and arcs of one network into words. `anchor_names` are the names of ORD, KO, … GL."""

    network: Network
    values: Values
    anchor_names: Mapping[str, str]

    def needed(self, task: int) -> str:
        """The timing the guide gives a task, such as ``15 working days before initial data production``."""
        said = (self.clause(one) for one in self.network.tasks[task].when)
        return "; ".join(one for one in said if one)

    def clause(self, clause: Clause) -> str:
        """One clause; empty where the point it names does not apply to this practice."""
        name = self._name(clause.place)
        if not name:
            return ""
        offset = clause.place.offset
        length = self.values.of(offset) if offset else Duration(0, "d")
        if clause.relation == "within":
            return f"within {length.words} of {name}"
        where = (
            f"{length.words} {'before' if clause.place.sign < 0 else 'after'} {name}"
            if length.count
            else name
        )
        end = {"start": "starts ", "finish": "ends "}.get(clause.of or "", "")
        lead = {"on": end if length.count else f"{end}on the day of ", "from": "from ", "by": "by "}
        return f"{lead[clause.relation]}{where}"

    def setting(self, task: int) -> str | None:
        """The first setting that a task's timing uses."""
        for clause in self.network.tasks[task].when:
            if clause.place.offset and clause.place.offset.setting:
                return clause.place.offset.setting
        return self.values.length(self.network.tasks[task].lasts).setting

    def push(self, arc: Arc, at: date) -> str:
        """What an arc does to its target: ``once T03-24 is done (Fri 5 Mar 2027)``."""
        other = self.network.task_of(arc.source)
        if arc.cause == "lasts":
            return f"it takes {arc.amount.words}"
        if arc.cause == "after" and arc.after is not None and arc.task == arc.target // 2:
            verb = "is done" if arc.source % 2 else "has started"
            lag = f"{arc.amount.words} after " if arc.amount.count else "once "
            return f"{lag}{other.id} “{other.name}” {verb} ({day_words(at)})"
        if arc.clause is not None and arc.task == arc.target // 2:
            return self.clause(arc.clause)
        length = f"at least {arc.amount.words} after" if arc.amount.count and arc.sign > 0 else "not before"
        return f"{length} {other.id} “{other.name}” ({day_words(at)})"

    def _name(self, place: Place) -> str:
        if place.ref in self.network.anchors:
            name = self.anchor_names[place.ref]
            return f"the end of {name}" if place.edge == "finish" else name
        if place.ref in self.network.index:
            task = self.network.tasks[self.network.index[place.ref]]
            end = "the start of " if place.edge == "start" else ""
            return f"{end}{task.id} “{task.name}”"
        return ""
