"""Candidate days, forecasts, paces and the guide's check as people read them on a terminal."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console

from godwit.cli.plan_show import table_of
from godwit.plan.candidates import Candidate
from godwit.plan.checking import CheckedRule
from godwit.plan.making import Plan
from godwit.plan.paces import Paces
from godwit.plan.risk import Forecast
from godwit.plan.wording import day_words


def show_days(found: Sequence[Candidate], top: int) -> None:
    """The best days first; what speaks for all of them is said once."""
    console = Console(highlight=False)
    if not found:
        console.print("The practice is live, so there is no day left to choose.")
        return
    shown = found[:top]
    shared = [one for one in shown[0].reasons_for if all(one in other.reasons_for for other in shown)]
    table = table_of(
        f"Days to go live, the best of {len(found)} first", "Day", "Points against", "Pace", "For", "Against"
    )
    for one in shown:
        pace = one.feasible_pace or "cannot be kept"
        own = "; ".join(reason for reason in one.reasons_for if reason not in shared)
        table.add_row(day_words(one.day), str(one.score), pace, own, "; ".join(one.reasons_against))
    console.print(table)
    if shared:
        console.print(f"All of these: {'; '.join(shared)}.", markup=False)


def show_forecast(plan: Plan, found: Forecast) -> None:
    """How sure each milestone is, and what makes late runs late."""
    console = Console(highlight=False)
    names = {one.id: one.name for one in plan.guide.milestones}
    console.print(
        f"\n{found.kept:.0%} of {found.runs:,} runs keep the go-live of {day_words(plan.case.go_live)} "
        f"(seed {found.seed})."
    )
    table = table_of("Milestones", "", "Milestone", "Half by", "Four fifths by", "19 in 20 by")
    for one in found.milestones:
        table.add_row(one.id, names[one.id], *(day.isoformat() for day in (one.p50, one.p80, one.p95)))
    console.print(table)
    drivers = table_of("What makes the late runs late", "Task", "What", "Decided the date in", "Extra days")
    for driver in found.drivers:
        decided = f"{driver.on_the_chain:.0%} of late runs"
        drivers.add_row(driver.task, driver.name, decided, f"{driver.extra_days:.1f}")
    console.print(drivers)


def show_paces(found: Paces) -> None:
    """All paces side by side, what their dates break, then the steps in which they differ."""
    console = Console(highlight=False)
    table = table_of(
        "Paces", "Pace", "Order by", "Weeks", "Earliest go-live", "This date", "Extract to sign-off", "Breaks"
    )
    for one in found.lines:
        loop = f"{one.extract_loop} working days, {'within' if one.loop_kept else 'beyond'} 6 weeks (SLA-10)"
        fits = "fits" if one.feasible else "too soon"
        order, earliest = one.order_on.isoformat(), one.earliest_go_live.isoformat()
        broken = ", ".join((*one.rules_broken, *one.clocks_broken)) or "nothing"
        table.add_row(one.pace, order, str(one.weeks), earliest, fits, loop, broken)
    console.print(table)
    console.print("“Breaks” names the rules and service levels that the dates alone cannot keep.\n")
    differing = table_of("Where the days go, in working days", "Task", "What", "Fastest", "Comfortable")
    for step in found.differing:
        counts = ("does not decide" if one is None else str(one) for one in (step.fastest, step.comfortable))
        differing.add_row(step.task, step.name, *counts)
    console.print(differing)


def show_guide_check(found: Sequence[CheckedRule]) -> None:
    """Each check, and what is wrong."""
    console = Console(highlight=False)
    table = table_of("The guide", "Check", "Says", "Looked at", "Faults")
    for one in found:
        table.add_row(one.name, one.says, str(one.looked_at), str(len(one.faults)))
    console.print(table)
    for one in found:
        for fault in one.faults:
            console.print(f"{fault.place}: {fault.because} [{fault.rule}]", style="red", markup=False)
