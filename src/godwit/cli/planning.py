"""One guide, one calendar, one maker of plans for a command, and errors of people's files with their place."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from functools import lru_cache

from godwit.cli.file_refused import FileRefused
from godwit.cli.plan_folder import PlanInputs, Texts, refused
from godwit.definitions.calendars import read_bank_holidays
from godwit.definitions.guide.facts import FactRefused
from godwit.definitions.guide.guide import Guide, read_guide
from godwit.definitions.read import line_of
from godwit.definitions.seasons import read_seasons
from godwit.plan.making import GoLiveRefused, Plan, PlanMaker
from godwit.plan.overlays import OverlayRefused
from godwit.plan.own_facts import refuse_misfits
from godwit.plan.own_files import did_you_mean
from godwit.plan.passes import Contradiction
from godwit.plan.scheduler import Case
from godwit.values import CalendarExhausted


@lru_cache(maxsize=1)
def plan_maker() -> PlanMaker:
    """The maker of plans from the guide as shipped."""
    return PlanMaker(read_guide(), read_bank_holidays(), read_seasons())


def made_plan(inputs: PlanInputs, today: date) -> Plan:
    """The plan of these inputs. Raises `FileRefused` for everything a person can mend."""
    maker = plan_maker()
    case = inputs.case(maker.guide, today)
    with placed_refusals(inputs.texts, case):
        plan = maker.make(case)
        refuse_misfits(plan, inputs.own_facts(maker.guide), maker.calendar)
    return plan


@contextmanager
def placed_refusals(texts: Texts, case: Case) -> Iterator[None]:
    """While a case is planned, at whatever pace: raises what stops it as `FileRefused`, with its file and line."""
    guide = plan_maker().guide
    try:
        yield
    except OverlayRefused as error:
        raise refused(error, texts) from None
    except FactRefused as error:
        raise _fact_refused(error, texts, guide) from None
    except GoLiveRefused as error:
        raise FileRefused("go-live", error.rule, error.because) from None
    except Contradiction as error:
        raise _circle(error, case, texts, guide) from None
    except CalendarExhausted as error:
        raise FileRefused("go-live", "calendar.exhausted", str(error)) from None


def _fact_refused(error: FactRefused, texts: Texts, guide: Guide) -> FileRefused:
    because = f"{error.name}: {error.because}"
    if error.rule == "fact.unknown":  # the name is not shown: it may be somebody's data in the wrong place
        because = error.because + did_you_mean(error.name, [one.name for one in guide.facts])
    line = line_of(texts.facts or "", ("answers", *_place(error.name)))
    return FileRefused(texts.names["facts"], error.rule, because, line=line)


def _place(name: str) -> Iterator[int | str]:
    """``integrations, row 2, fee`` as the way to it in the file."""
    for part in name.split(", "):
        yield int(part.removeprefix("row ")) - 1 if part.startswith("row ") else part


def _circle(error: Contradiction, case: Case, texts: Texts, guide: Guide) -> FileRefused:
    """Days that cannot all hold, at the line that most likely asks too much: a changed task, else a setting."""
    because = f"these days cannot all hold, each pushes the next: {' → '.join(error.tasks)}"
    for whose, overlay in reversed(case.overlays):
        culprits = [("tasks", one) for one in error.tasks if one in overlay.tasks]
        culprits += [("settings", one) for one in overlay.settings if one in _settings_of(error.tasks, guide)]
        if culprits:
            return refused(OverlayRefused(whose, culprits[0], "timing.circle", because), texts)
    return FileRefused(texts.names["practice"], "timing.circle", because)


def _settings_of(tasks: tuple[str, ...], guide: Guide) -> frozenset[str]:
    """The settings that the timing of these tasks uses."""
    return frozenset(name for task in guide.tasks if task.id in tasks for name in task.settings)
