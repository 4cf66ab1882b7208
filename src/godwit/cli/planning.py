"""One guide, one calendar, one maker of plans for a command, and errors of people's files with their place."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from godwit.cli.plan_folder import FileRefused, PlanInputs, refused
from godwit.definitions.calendars import read_bank_holidays
from godwit.definitions.guide.facts import FactRefused
from godwit.definitions.guide.guide import read_guide
from godwit.definitions.read import line_of
from godwit.definitions.seasons import read_seasons
from godwit.plan.making import GoLiveRefused, Plan, PlanMaker
from godwit.plan.overlays import OverlayRefused
from godwit.plan.passes import Contradiction
from godwit.values import CalendarExhausted


@lru_cache(maxsize=1)
def plan_maker() -> PlanMaker:
    """The maker of plans from the guide as shipped."""
    return PlanMaker(read_guide(), read_bank_holidays(), read_seasons())


def made_plan(inputs: PlanInputs, today: date) -> Plan:
    """The plan of these inputs. Raises `FileRefused` for everything a person can mend."""
    maker, names = plan_maker(), inputs.texts.names
    case = inputs.case(maker.guide, today)
    try:
        return maker.make(case)
    except OverlayRefused as error:
        raise refused(error, inputs.texts) from None
    except FactRefused as error:
        path = ("answers", error.name.partition(",")[0])
        raise FileRefused(
            names["facts"], error.rule, str(error.because), line=line_of(inputs.texts.facts or "", path)
        ) from None
    except GoLiveRefused as error:
        raise FileRefused("go-live", error.rule, error.because) from None
    except Contradiction as error:
        name = names["practice"] if case.practice.tasks or case.practice.settings else names["area"]
        raise FileRefused(name, "timing.circle", str(error)) from None
    except CalendarExhausted as error:
        raise FileRefused("go-live", "calendar.exhausted", str(error)) from None
