"""The guide's timings, conditions and sources as sentences, for people who have no plan of their own yet."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from godwit.definitions.guide.conditions import Condition
from godwit.definitions.guide.duration import Duration
from godwit.definitions.guide.guide import Guide
from godwit.definitions.guide.phases import Phase
from godwit.definitions.guide.settings import Setting, SettingValue, read_days_of_year
from godwit.definitions.guide.task import After, Task
from godwit.definitions.guide.timing import Amount, Clause, Lasts, Place

STATUS: Final = {
    "inferred": "read out of the guide, which does not say it in so many words",
    "proposed": "chosen for Godwit, because the guide is silent",
    "added": "added for Godwit, because the guide leaves it out",
}
"""What each mark beside a row means. What the guide states has none."""

_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_ENDS: Final = {"start": "starts ", "finish": "ends "}
_AFTER: Final = {
    "start_to_start": "once {} has started",
    "overlaps": "alongside {}; it starts no earlier and ends no earlier",
    "same_moment": "at the same time as {}",
    "information": "with the result of {}, which sets no date",
}


@dataclass(frozen=True)
class Teller:
    """Puts the rows of one guide into words. A figure that is a setting is told at its usual value."""

    guide: Guide

    def when(self, task: Task) -> tuple[str, ...]:
        """Every timing of a task, such as ``by 15 working days before initial data production``."""
        return tuple(self.clause(one) for one in task.when)

    def clause(self, clause: Clause) -> str:
        """One timing in words."""
        if clause.only_if:
            title = next(one.title for one in self.guide.settings if one.name == clause.only_if[0])
            value = clause.only_if[1].replace("_", " ")
            return f"{self.clause(replace(clause, only_if=None))}, where “{title}” is: {value}"
        place = clause.place
        length = self.amount(place.offset) if place.offset else ""
        if clause.relation == "on" and not length:
            return f"{_ENDS.get(clause.of or '', '')}on the day {self._day(place)}"
        point = self._point(place)
        if clause.relation == "within":
            return f"within {length} of {point}"
        where = f"{length} {'before' if place.sign < 0 else 'after'} {point}" if length else point
        if clause.relation == "on":
            return f"{_ENDS.get(clause.of or '', '')}{where}"
        own_end = "finish" if clause.relation == "by" else "start"
        lead = "" if clause.of in (None, own_end) else _ENDS[str(clause.of)]
        return f"{lead}{clause.relation} {where}"

    def lasts(self, lasts: Lasts) -> str:
        """How long a task takes."""
        if lasts.span:
            return "from its start to its end, as the dates above say"
        least, likely, most = (self.amount(one) for one in (lasts.least, lasts.likely, lasts.most))
        if least == likely == most:
            return "done within the day" if likely.startswith("0 ") else likely
        usual = "usually within the day" if likely.startswith("0 ") else f"usually {likely}"
        return f"{usual}, {'at most' if least.startswith('0 ') else f'from {least} to'} {most}"

    def after(self, after: After) -> str:
        """One dependency, such as ``5 working days after T02-13 “…”``."""
        lag = f"{self.amount(after.lag)} " if after.lag else ""
        told = _AFTER.get(after.kind, "after {}").format(self.task(after.task))
        return f"{lag}{told}{f' – {after.because}' if after.because else ''}"

    def amount(self, amount: Amount) -> str:
        """A length of time; that of a setting is its usual one."""
        if amount.duration:
            return amount.duration.words
        return self._usual(amount.setting or "").words

    def value(self, setting: Setting, value: SettingValue) -> str:
        """A value of a setting for people: ``15 working days``, or what a choice means."""
        if setting.kind == "duration":
            return Duration.parse(value.value).words
        if setting.kind == "choice":
            return value.note
        return _season(value.value) if setting.kind == "day_of_year_range" else value.value

    def settings_of(self, task: Task) -> tuple[Setting, ...]:
        """The settings that a task's timing leans on."""
        amounts = [one.place.offset for one in task.when] + [one.lag for one in task.after]
        amounts += [task.lasts.least, task.lasts.likely, task.lasts.most, task.every]
        names = dict.fromkeys(one.setting for one in amounts if one and one.setting)
        return tuple(self.setting(name) for name in names)

    def setting(self, name: str) -> Setting:
        """The setting called `name`. Raises `KeyError`."""
        return {one.name: one for one in self.guide.settings}[name]

    def whole(self) -> str:
        """How long a migration usually is: ``12 to 16 weeks``."""
        return _between(*(self._usual(f"total_length_{end}") for end in ("least", "most")))

    def length(self, phase: Phase) -> str:
        """How long a phase usually is: ``1 to 2 weeks``, or that the guide gives no length."""
        if phase.least is None or phase.most is None:
            return "no length given"
        return _between(phase.least, phase.most)

    def condition(self, slug: str) -> Condition:
        """The condition called `slug`. Raises `KeyError`."""
        return {one.slug: one for one in self.guide.conditions.conditions}[slug]

    def task(self, task_id: str) -> str:
        """A task by its id and name."""
        return f"{task_id} “{ {one.id: one for one in self.guide.tasks}[task_id].name }”"

    def end(self, text: str) -> str:
        """One end of a task, such as T06-01.finish, in words."""
        task, _, edge = text.partition(".")
        return f"{'start' if edge == 'start' else 'end'} of {self.task(task)}"

    def _usual(self, setting: str) -> Duration:
        return Duration.parse(self.setting(setting).default)

    def _day(self, place: Place) -> str:
        if place.ref.isalpha():
            return f"of {self._point(place)}"
        return f"{self.task(place.ref)} {'starts' if place.edge == 'start' else 'ends'}"

    def _point(self, place: Place) -> str:
        anchors = {one.id: one for one in self.guide.anchors}
        if place.ref in anchors:
            name = anchors[place.ref].name
            name = name[0].lower() + name[1:]
            return f"the end of {name}" if place.edge == "finish" else name
        return f"the {'start' if place.edge == 'start' else 'end'} of {self.task(place.ref)}"


def _between(least: Duration, most: Duration) -> str:
    if least == most:
        return most.words
    return f"{least.count if least.unit == most.unit else least.words} to {most.words}"


def _season(text: str) -> str:
    return " to ".join(f"{day} {_MONTHS[month - 1]}" for month, day in read_days_of_year(text))
