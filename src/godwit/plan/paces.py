"""The fastest lawful plan and the comfortable one, and where the difference lies, chain by chain."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from godwit.definitions.guide.duration import Duration
from godwit.plan.making import Plan, PlanMaker
from godwit.plan.planned import Link
from godwit.plan.rules.counting import moved
from godwit.plan.scheduler import Case
from godwit.plan.settings import PACES, Pace
from godwit.values import WorkingCalendar

EXTRACT_LOOP: Final = timedelta(weeks=6)
"""What SLA-10 allows from the first request for an extract to the end of checking."""


@dataclass(frozen=True, slots=True)
class PaceLine:
    """One pace: when its order would be placed for this go-live, the earliest go-live from today, and its chain.

    `extract_loop` is the working days from the latest lawful request for the first extract to the data sign-off, for
    which SLA-10 allows six weeks; `loop_kept` says whether it stays within them. `rules_broken` are the rules that the
    dates alone break, whatever people answer; `clocks_broken` the service levels that are or will be broken.
    """

    pace: Pace
    order_on: date
    weeks: float
    earliest_go_live: date
    feasible: bool
    extract_loop: int
    loop_kept: bool
    rules_broken: tuple[str, ...]
    clocks_broken: tuple[str, ...]
    chain: tuple[Link, ...]
    settings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """A task on the chain of either pace and how many working days it takes there; None where it is not on it."""

    task: str
    name: str
    fastest: int | None
    comfortable: int | None


@dataclass(frozen=True, slots=True)
class Paces:
    """One move at every pace, from the most patient to the quickest, and the steps of the chains side by side."""

    lines: tuple[PaceLine, ...]
    steps: tuple[Step, ...]

    @classmethod
    def of(cls, maker: PlanMaker, case: Case) -> Paces:
        """Every pace for one case. Raises as `PlanMaker.make` does."""
        lines = pace_lines(maker, case)
        return cls(lines, steps_between(lines, maker.calendar))

    @property
    def differing(self) -> tuple[Step, ...]:
        """The steps that take longer on one chain than on the other."""
        return tuple(one for one in self.steps if (one.fastest or 0) != (one.comfortable or 0))


def pace_lines(maker: PlanMaker, case: Case) -> tuple[PaceLine, ...]:
    """All paces for one case, from the most patient to the quickest. Raises as `PlanMaker.make` does.

    Each counts its order back from the go-live, whatever day the order is planned for already.
    """
    return tuple(_line(maker, replace(case, pace=pace, order_on=None)) for pace in PACES)


def steps_between(lines: Sequence[PaceLine], calendar: WorkingCalendar) -> tuple[Step, ...]:
    """Where the days between the fastest and the comfortable plan go: the chains side by side.

    Each chain is split at its tasks; a task's days are the working days from when the one before it let go until it
    is finished, waiting included.
    """
    chains = {one.pace: one.chain for one in lines}
    fastest, comfortable = (_days_taken(chains[pace], calendar) for pace in ("fastest", "comfortable"))
    names = {link.task: link.name for chain in chains.values() for link in chain}
    return tuple(
        Step(one, names[one], fastest.get(one), comfortable.get(one))
        for one in sorted({*fastest, *comfortable})
    )


def _days_taken(chain: Sequence[Link], calendar: WorkingCalendar) -> dict[str, int]:
    befores = [one.start for one in chain[:1]] + [one.due for one in chain]
    return {
        one.task: calendar.working_days_between(before, one.due)
        for one, before in zip(chain, befores, strict=False)
    }


def _line(maker: PlanMaker, case: Case) -> PaceLine:
    plan, pace = maker.make(case), case.pace
    made = plan.schedule
    order, go_live = made.on("ORD"), made.on("GL")
    notice = Duration.parse(plan.settings["extract_notice"].value)
    asked = moved(maker.calendar, made.on("IDP"), notice, -1)
    chosen = (one for one in plan.settings.items() if one[1].chosen_by == f"the {pace} pace")
    return PaceLine(
        pace=made.pace,
        order_on=order,
        weeks=round((go_live - order).days / 7, 1),
        earliest_go_live=made.earliest_go_live,
        feasible=made.too_late is None,
        extract_loop=maker.calendar.working_days_between(asked, made.on("SIGNOFF")),
        loop_kept=made.on("SIGNOFF") <= asked + EXTRACT_LOOP,
        rules_broken=_broken_by_dates(maker, case),
        clocks_broken=_clocks_broken(plan),
        chain=made.chain,
        settings=tuple(f"{name}: {one.value}" for name, one in chosen),
    )


def _broken_by_dates(maker: PlanMaker, case: Case) -> tuple[str, ...]:
    """The rules that fail with no answer given: what people say can mend none of them."""
    unanswered = replace(case, facts=case.facts.model_copy(update={"answers": {}}))
    return tuple(one.id for one in maker.make(unanswered).failing)


def _clocks_broken(plan: Plan) -> tuple[str, ...]:
    """Each service level once, though it may have several limits."""
    broken = (one.id for one in plan.slas if one.state in ("breached", "will_breach"))
    return tuple(dict.fromkeys(broken))
