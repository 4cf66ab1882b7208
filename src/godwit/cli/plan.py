"""`godwit plan`: make a plan, look at it, move its dates, note what is done."""

from __future__ import annotations

import getpass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated

import typer

from godwit.cli.exits import Exit, guarded
from godwit.cli.plan_files import write_folder
from godwit.cli.plan_folder import (
    AREA,
    FACTS,
    PRACTICE,
    FileRefused,
    Move,
    PlanInputs,
    Record,
    Texts,
    read_inputs,
    read_text,
    with_move,
    without_last_move,
)
from godwit.cli.plan_show import show_check, show_effect, show_history, show_made, show_plan, show_why
from godwit.cli.planning import made_plan, plan_maker
from godwit.cli.show import print_json
from godwit.definitions.guide.facts_file import practice_starter
from godwit.papers.plan_json import effect_json, plan_json, rule_json
from godwit.plan.case import FixedDate
from godwit.plan.making import Plan, rule_counts
from godwit.plan.moving import effect_of, moved_case, target_of
from godwit.plan.settings import Pace

plan_app = typer.Typer(
    no_args_is_help=True,
    help="One date in, every notice out: plan a migration, move its dates, check it against the guide.",
    epilog="Example: godwit plan make --go-live 2027-06-18 --out plan",
)

Day = Annotated[
    datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The day to plan from; today if not given.")
]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON object and nothing else.")]
PlanArgument = Annotated[Path, typer.Argument(help="A plan folder, or a plan.json.")]
Folder = Annotated[Path, typer.Argument(help="A plan folder that godwit plan make has made.")]


def today_or(day: datetime | None) -> date:
    """The day given, else today."""
    return day.date() if day else datetime.now(UTC).astimezone().date()


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
        str | None, typer.Option(help="comfortable, usual or fastest; the easiest that fits if not given.")
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
            read_text(facts) if facts else None,
            {
                "practice": practice.name if practice else PRACTICE,
                "area": area.name if area else AREA,
                "facts": facts.name if facts else FACTS,
            },
        )
        inputs = PlanInputs(texts, Record(go_live=go_live.date(), pace=_pace(pace)))
        plan = _written(inputs, out, today_or(today), as_json)
        _tell(plan, out, as_json)
        return Exit.DONE

    guarded(work, as_json)


@plan_app.command(epilog="Example: godwit plan update plan")
def update(folder: Folder, today: Day = None, as_json: Json = False) -> None:
    """Make a plan again after practice.yaml or facts.yaml was edited, or because time has passed."""

    def work() -> Exit:
        plan = _written(read_inputs(folder), folder, today_or(today), as_json)
        _tell(plan, folder, as_json)
        return Exit.DONE

    guarded(work, as_json)


@plan_app.command(epilog="Example: godwit plan check plan")
def check(
    path: PlanArgument,
    fail_on: Annotated[
        str, typer.Option(help="Leave with exit code 1 if rules of this weight fail: never, block, warn.")
    ] = "never",
    today: Day = None,
    as_json: Json = False,
) -> None:
    """Run the rules of the guide against a plan and what has happened; every breach with its source."""

    def work() -> Exit:
        plan = made_plan(read_inputs(path), today_or(today))
        if as_json:
            print_json(
                {
                    **_head(plan),
                    "counts": rule_counts(plan.rules),
                    "rules": [rule_json(one) for one in plan.rules],
                }
            )
        else:
            show_check(plan)
        grave = {"never": "", "block": "B", "warn": "BW"}.get(fail_on)
        if grave is None:
            raise FileRefused("--fail-on", "usage", "write never, block or warn")
        return Exit.FINDINGS if any(one.severity in grave for one in plan.failing) else Exit.DONE

    guarded(work, as_json)


@plan_app.command(epilog="Example: godwit plan show plan --role practice_manager")
def show(  # noqa: PLR0913, PLR0917 - typer makes the options from the arguments
    folder: PlanArgument,
    what: Annotated[
        str | None, typer.Argument(help="A task, milestone or anchor to explain: T05-04, MS-13, FDP.")
    ] = None,
    role: Annotated[str | None, typer.Option(help="Only the tasks of this role.")] = None,
    phase: Annotated[str | None, typer.Option(help="Only this phase, such as P05.")] = None,
    weeks: Annotated[int, typer.Option(min=1, help="How many weeks ahead to list.")] = 4,
    today: Day = None,
    as_json: Json = False,
) -> None:
    """Show where a plan stands and what comes next, or why one date stands where it does."""

    def work() -> Exit:
        plan = made_plan(read_inputs(folder), today_or(today))
        if as_json:
            print_json(plan_json(plan))
        elif what:
            show_why(plan, target_of(plan, what))
        else:
            show_plan(plan, role, phase, weeks)
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
            raise FileRefused("--reason", "move.reason", 'a move that is kept needs its reason: --reason "…"')
        inputs, on = read_inputs(folder), today_or(today)
        before = made_plan(inputs, on)
        fixed = FixedDate(day=day.date(), status="confirmed" if confirmed else "provisional", because=reason)
        moved = _moved(inputs, before, milestone, fixed, on)
        after = made_plan(moved, on)
        effect = effect_of(before, after)
        if write:
            write_folder(moved, folder, after, before, quiet=as_json)
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
        inputs, now = read_inputs(folder), today_or(today)
        before = made_plan(inputs, now)
        day = on.date() if on else now
        if task not in before.schedule.tasks:
            raise FileRefused("TASK", "task.unknown", f"this plan has no task {task}")
        if day > now:
            raise FileRefused(
                "--on", "done.future", f"{day} has not come yet, so nothing can have been done on it"
            )
        finished = {one: when for one, when in inputs.record.done.items() if one != task}
        record = inputs.record.model_copy(update={"done": finished if undo else {**finished, task: day}})
        changed = PlanInputs(inputs.texts, record)
        after = made_plan(changed, now)
        write_folder(changed, folder, after, before, quiet=as_json)
        effect = effect_of(before, after)
        if as_json:
            print_json({"task": task, "on": None if undo else day.isoformat(), **effect_json(effect)})
        else:
            show_effect(task, day, effect, written=True)
        return Exit.DONE

    guarded(work, as_json)


@plan_app.command(epilog="Example: godwit plan undo plan")
def undo(folder: Folder, today: Day = None, as_json: Json = False) -> None:
    """Take back the last move that was written."""

    def work() -> Exit:
        inputs, now = read_inputs(folder), today_or(today)
        earlier, last = without_last_move(inputs)
        before, after = made_plan(inputs, now), made_plan(earlier, now)
        write_folder(earlier, folder, after, before, quiet=as_json)
        effect = effect_of(before, after)
        if as_json:
            print_json({"undone": last.model_dump(mode="json"), **effect_json(effect)})
        else:
            show_effect(last.name, last.moved_from, effect, written=True)
        return Exit.DONE

    guarded(work, as_json)


@plan_app.command(epilog="Example: godwit plan history plan")
def history(folder: Folder, as_json: Json = False) -> None:
    """List every move of a plan with its reason, and those that were taken back."""

    def work() -> Exit:
        record = read_inputs(folder).record
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
    """The inputs with one date moved, and the move in their record."""
    case = moved_case(before, plan_maker().scheduler, name, fixed)
    move = Move(
        at=today,
        by=_user(),
        name=name,
        moved_from=before.schedule.day_of(target_of(before, name)),
        moved_to=fixed.day,
        reason=fixed.because,
        go_live_before=inputs.record.go_live,
        dates_before=inputs.record.dates,
    )
    return with_move(inputs, case, move)


def _pace(text: str | None) -> Pace | None:
    if text in (None, "comfortable", "usual", "fastest"):
        return text  # type: ignore[return-value]
    raise FileRefused("--pace", "usage", "write comfortable, usual or fastest")


def _head(plan: Plan) -> dict[str, object]:
    return {"practice": plan.case.practice.practice, "go_live": plan.schedule.go_live.isoformat()}


def _written(inputs: PlanInputs, folder: Path, today: date, as_json: bool) -> Plan:
    plan = made_plan(inputs, today)
    write_folder(inputs, folder, plan, None, quiet=as_json)
    return plan


def _tell(plan: Plan, folder: Path, as_json: bool) -> None:
    if as_json:
        print_json(plan_json(plan))
    else:
        show_made(plan, folder)


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # a container's user need not have a name
        return "not named"
