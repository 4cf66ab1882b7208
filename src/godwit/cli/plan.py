"""`godwit plan`: make a plan, look at it, move its dates, note what is done."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from godwit.cli.everywhere import Day, Json, today_or
from godwit.cli.exits import Exit, guarded
from godwit.cli.file_refused import FileRefused
from godwit.cli.plan_files import write_folder
from godwit.cli.plan_folder import (
    AREA,
    FACTS,
    PRACTICE,
    Move,
    PlanInputs,
    Record,
    Texts,
    is_half_written,
    last_made,
    read_inputs,
    read_text,
    with_move,
    without_last_move,
)
from godwit.cli.plan_naming import named, phase_named, role_named, task_of, user, with_done, without_done
from godwit.cli.plan_show import (
    show_check,
    show_done,
    show_effect,
    show_history,
    show_made,
    show_plan,
    show_undone,
    show_why,
)
from godwit.cli.plan_weighing import PlanArgument, weighing_app
from godwit.cli.planning import made_plan, plan_maker
from godwit.cli.show import print_json
from godwit.definitions.guide.facts_file import facts_starter, practice_starter
from godwit.papers.plan_json import effect_json, plan_json, rule_json
from godwit.plan.case import FixedDate
from godwit.plan.making import Plan, rule_counts
from godwit.plan.moving import MoveRefused, effect_of, moved_case
from godwit.plan.own_facts import rest_day
from godwit.records.errors import WrongUse
from godwit.values import CalendarExhausted

plan_app = typer.Typer(
    no_args_is_help=True,
    help="One date in, every notice out: plan a migration, move its dates, check it against the guide.",
    epilog="Example: godwit plan make --go-live 2027-06-18 --out plan",
)
plan_app.add_typer(weighing_app)


class PaceOf(StrEnum):
    """How hard a plan presses."""

    comfortable = "comfortable"
    usual = "usual"
    fastest = "fastest"


class FailOn(StrEnum):
    """From which weight on a broken rule makes the exit code 1."""

    never = "never"
    block = "block"
    warn = "warn"


_GRAVE = {FailOn.never: "", FailOn.block: "B", FailOn.warn: "BW"}

Folder = Annotated[Path, typer.Argument(help="A plan folder that godwit plan make has made.")]


@plan_app.command(epilog="Example: godwit plan make --go-live 2027-06-18 --practice surgery.yaml --out plan")
def make(  # noqa: PLR0913, PLR0917 - typer makes the options from the arguments
    go_live: Annotated[
        datetime, typer.Option(formats=["%Y-%m-%d"], help="The day to go live, such as 2027-06-18.")
    ],
    out: Annotated[Path, typer.Option(help="The plan folder to make. It must not hold anything yet.")],
    practice: Annotated[Path | None, typer.Option(help="Who you are and what you use (YAML).")] = None,
    area: Annotated[
        Path | None, typer.Option(help="What your ICB sets for all its practices (YAML).")
    ] = None,
    facts: Annotated[Path | None, typer.Option(help="What has happened so far (YAML).")] = None,
    pace: Annotated[
        PaceOf | None, typer.Option(help="How hard the plan presses; the easiest that fits if not given.")
    ] = None,
    today: Day = None,
    as_json: Json = False,
) -> None:
    """Make a dated plan from one go-live date: every task, notice, deadline and clash, with its reason."""

    def work() -> Exit:
        if out.exists() and any(out.iterdir() if out.is_dir() else [out]):
            raise FileRefused(
                out.name, "plan.out", "this is there already; to make it again: godwit plan update"
            )
        texts = Texts(
            read_text(practice) if practice else practice_starter(plan_maker().guide),
            read_text(area) if area else None,
            read_text(facts) if facts else facts_starter(plan_maker().guide),
            {
                "practice": practice.name if practice else PRACTICE,
                "area": area.name if area else AREA,
                "facts": facts.name if facts else FACTS,
            },
        )
        inputs = PlanInputs(texts, Record(go_live=go_live.date(), pace=pace.value if pace else None))
        plan = made_plan(inputs, today_or(today))
        _refuse_past(plan, plan.case.go_live, "go-live")
        write_folder(inputs, out, plan, None, quiet=as_json)
        _tell(plan, out, as_json)
        return Exit.DONE

    guarded(work, as_json)


@plan_app.command(epilog="Example: godwit plan update plan")
def update(folder: Folder, today: Day = None, as_json: Json = False) -> None:
    """Make a plan again after practice.yaml or facts.yaml was edited, or because time has passed."""

    def work() -> Exit:
        inputs = read_inputs(folder)
        plan = made_plan(inputs, today_or(today))
        _write(inputs, folder, plan, _plan_before(folder), as_json)
        _tell(plan, folder, as_json)
        return Exit.DONE

    guarded(work, as_json)


@plan_app.command(epilog="Example: godwit plan check plan")
def check(
    path: PlanArgument,
    fail_on: Annotated[
        FailOn, typer.Option(help="Leave with exit code 1 if a rule that blocks, or that warns, is broken.")
    ] = FailOn.never,
    today: Day = None,
    as_json: Json = False,
) -> None:
    """Run the rules of the guide against a plan and what has happened; every breach with its source."""

    def work() -> Exit:
        plan = made_plan(read_inputs(path), today_or(today))
        _warn_of_half(path)
        if as_json:
            rules = [rule_json(one) for one in plan.rules]
            print_json({**_head(plan), "counts": rule_counts(plan.rules), "rules": rules})
        else:
            show_check(plan)
        return Exit.FINDINGS if any(one.severity in _GRAVE[fail_on] for one in plan.failing) else Exit.DONE

    guarded(work, as_json)


@plan_app.command(epilog="Example: godwit plan show plan --role practice_manager")
def show(  # noqa: PLR0913, PLR0917 - typer makes the options from the arguments
    folder: PlanArgument,
    what: Annotated[
        str | None, typer.Argument(help="A task, milestone or key date to explain: T05-04, MS-13, FDP.")
    ] = None,
    role: Annotated[
        str | None, typer.Option(help="Only the tasks of this role, such as lead_gp or PCSE.")
    ] = None,
    phase: Annotated[str | None, typer.Option(help="Only this phase, such as P05.")] = None,
    weeks: Annotated[int, typer.Option(min=1, help="How many weeks ahead to list.")] = 4,
    today: Day = None,
    as_json: Json = False,
) -> None:
    """Show where a plan stands and what comes next, or why one date stands where it does."""

    def work() -> Exit:
        plan = made_plan(read_inputs(folder), today_or(today))
        _warn_of_half(folder)
        point = named(plan, what) if what else None
        slug, only = role_named(plan.guide, role), phase_named(plan.guide, phase)
        if as_json:
            whole = plan_json(plan)
            shown = task_of(plan, point).task.id if point else None
            print_json(next(one for one in whole["tasks"] if one["id"] == shown) if point else whole)
        elif point:
            show_why(plan, point)
        else:
            show_plan(plan, slug, only, weeks)
        return Exit.DONE

    guarded(work, as_json)


@plan_app.command(epilog='Example: godwit plan move plan GL 2027-06-25 --write --reason "trainer is ill"')
def move(  # noqa: PLR0913, PLR0917 - typer makes the options from the arguments
    folder: Folder,
    milestone: Annotated[
        str, typer.Argument(help="GL, FDP, IDP, KO …, a milestone (MS-13) or a task (T09-01).")
    ],
    day: Annotated[datetime, typer.Argument(formats=["%Y-%m-%d"], help="The day to move it to.")],
    write: Annotated[
        bool, typer.Option("--write", help="Keep the move; without it nothing is changed.")
    ] = False,
    reason: Annotated[str, typer.Option(help="Why; needed with --write.")] = "",
    confirmed: Annotated[
        bool, typer.Option("--confirmed", help="The new day is confirmed, not provisional.")
    ] = False,
    today: Day = None,
    as_json: Json = False,
) -> None:
    """Show exactly what a moved date moves, what is then late and what must be confirmed again."""

    def work() -> Exit:
        if write and not reason.strip():
            raise WrongUse("move.reason", 'a move that is kept needs its reason: --reason "…"', "--reason")
        inputs, on = _folder_inputs(folder), today_or(today)
        before = made_plan(inputs, on)
        _refuse_past(before, day.date(), milestone)
        fixed = FixedDate(day=day.date(), status="confirmed" if confirmed else "provisional", because=reason)
        moved = _moved(inputs, before, milestone, fixed, on)
        after = made_plan(moved, on)
        effect = effect_of(before, after)
        if write:
            _write(moved, folder, after, before, as_json)
        if as_json:
            print_json(
                {
                    "milestone": milestone,
                    "to": day.date().isoformat(),
                    "written": write,
                    **effect_json(effect),
                }
            )
        else:
            show_effect(milestone, day.date(), effect, written=write)
        return Exit.DONE

    guarded(work, as_json)


@plan_app.command(epilog="Example: godwit plan done plan T05-04 --on 2027-03-02")
def done(
    folder: Folder,
    task: Annotated[str, typer.Argument(help="The task that is done, such as T05-04.")],
    on: Annotated[
        datetime | None, typer.Option("--on", formats=["%Y-%m-%d"], help="The day; today if not given.")
    ] = None,
    undo: Annotated[bool, typer.Option("--undo", help="It is not done after all.")] = False,
    today: Day = None,
    as_json: Json = False,
) -> None:
    """Note that a task is done; the rest of the plan follows."""

    def work() -> Exit:
        inputs, now = _folder_inputs(folder), today_or(today)
        before = made_plan(inputs, now)
        day, name = on.date() if on else now, task.upper()
        changed = without_done(inputs, name) if undo else with_done(inputs, before, name, day)
        after = made_plan(changed, now)
        _write(changed, folder, after, before, as_json)
        effect = effect_of(before, after)
        if as_json:
            print_json({"task": name, "on": None if undo else day.isoformat(), **effect_json(effect)})
        else:
            show_done(name, None if undo else day, effect)
        return Exit.DONE

    guarded(work, as_json)


@plan_app.command(epilog="Example: godwit plan undo plan")
def undo(folder: Folder, today: Day = None, as_json: Json = False) -> None:
    """Take back the last move that was written."""

    def work() -> Exit:
        inputs, now = _folder_inputs(folder), today_or(today)
        earlier, last = without_last_move(inputs)
        before, after = made_plan(inputs, now), made_plan(earlier, now)
        _write(earlier, folder, after, before, as_json)
        effect = effect_of(before, after)
        if as_json:
            print_json({"undone": last.model_dump(mode="json"), **effect_json(effect)})
        else:
            show_undone(last, effect)
        return Exit.DONE

    guarded(work, as_json)


@plan_app.command(epilog="Example: godwit plan history plan")
def history(folder: Folder, as_json: Json = False) -> None:
    """List every move of a plan with its reason, and those that were taken back."""

    def work() -> Exit:
        record = _folder_inputs(folder).record
        if as_json:
            print_json(
                {
                    name: [one.model_dump(mode="json") for one in getattr(record, name)]
                    for name in ("moves", "undone")
                }
            )
        else:
            show_history(record)
        return Exit.DONE

    guarded(work, as_json)


def _moved(inputs: PlanInputs, before: Plan, name: str, fixed: FixedDate, today: date) -> PlanInputs:
    """The inputs with one date moved, and the move in their record. Raises `FileRefused`."""
    maker, point = plan_maker(), named(before, name)
    free = point == "GL" or task_of(before, point).task.days == "any"
    try:
        because = "" if free else rest_day(fixed.day, maker.calendar)
        case = moved_case(before, maker.scheduler, point, fixed)
    except MoveRefused as error:
        raise FileRefused(name, error.rule, error.because) from None
    except CalendarExhausted as error:
        raise FileRefused(name, "calendar.exhausted", str(error)) from None
    if because:
        raise FileRefused(name, "move.rest_day", because)
    move = Move(
        at=today,
        by=user(),
        name=name.upper(),
        moved_from=before.schedule.day_of(point),
        moved_to=fixed.day,
        reason=fixed.because,
        go_live_before=inputs.record.go_live,
        dates_before=inputs.record.dates,
        pace_before=inputs.record.pace,
        order_before=inputs.record.order_on,
    )
    return with_move(inputs, case, move, inputs.own_facts(maker.guide).dates)


def _refuse_past(plan: Plan, day: date, what: str) -> None:
    """Raises `FileRefused`: what lies in the past is not planned but done."""
    if day < plan.case.today and plan.schedule.anchors["GL"].status != "done":
        because = f"{day} has gone by; what happened on it is noted with godwit plan done, or in {FACTS}"
        raise FileRefused(what, "date.past", because)


def _folder_inputs(folder: Path) -> PlanInputs:
    """The inputs of a folder; a plan.json alone can be read but not changed. Raises `FileRefused`."""
    if folder.is_file():
        raise FileRefused(folder.name, "plan.folder", "name the plan's folder, not a file in it")
    return read_inputs(folder)


def _plan_before(folder: Path) -> Plan | None:
    """The plan as it was last written, so that calendars lose what it had; None where that cannot be told any more."""
    try:
        return made_plan(*last_made(folder))
    except FileRefused as error:
        typer.echo(
            f"Calendars may keep entries of the plan as it was, which cannot be read: {error}", err=True
        )
        return None


def _write(inputs: PlanInputs, folder: Path, plan: Plan, before: Plan | None, quiet: bool) -> None:
    for name in write_folder(inputs, folder, plan, before, quiet=quiet):
        typer.echo(f"You had changed a paper of this plan; yours is kept as {name}", err=True)


def _warn_of_half(folder: Path) -> None:
    if is_half_written(folder):
        typer.echo("The last change was stopped half way; mend it with: godwit plan update FOLDER", err=True)


def _head(plan: Plan) -> dict[str, object]:
    return {"practice": plan.case.practice.practice, "go_live": plan.schedule.go_live.isoformat()}


def _tell(plan: Plan, folder: Path, as_json: bool) -> None:
    if as_json:
        print_json(plan_json(plan))
    else:
        show_made(plan, folder)
