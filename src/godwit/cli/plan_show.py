"""A plan, a check and a move as people read them on a terminal."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

from godwit.cli.plan_folder import Move, Record
from godwit.papers.plan_words import GUIDE_AT_ODDS
from godwit.plan.making import Plan, rule_counts
from godwit.plan.moving import Effect, Moved
from godwit.plan.planned import PlannedTask, TooLate
from godwit.plan.wording import count_words, day_words

_TOP = 15


def show_made(plan: Plan, folder: Path) -> None:
    """What came out, and what to open next."""
    console = Console(highlight=False)
    show_head(console, plan)
    _key_dates(console, plan)
    _show_counts(console, plan)
    console.print(
        f"Open next:  {folder}/plan.html   for everything on one page", soft_wrap=True, markup=False
    )
    console.print(
        f"            {folder}/plan.xlsx   a sheet for each role · plan.ics for calendars",
        soft_wrap=True,
        markup=False,
    )
    console.print(
        f"            {folder}/documents   letters, forms and lists, filled in · wall/ for the wall",
        soft_wrap=True,
        markup=False,
    )
    console.print(
        f"Then answer the questions in {folder}/practice.yaml and run: godwit plan update {folder}",
        soft_wrap=True,
        markup=False,
    )


def show_plan(plan: Plan, role: str | None, phase: str | None, weeks: int) -> None:
    """Where the plan stands and what comes next."""
    console = Console(highlight=False)
    show_head(console, plan)
    until = plan.schedule.today + timedelta(weeks=weeks)
    coming = [
        one
        for one in plan.schedule.tasks.values()
        if one.status != "done"
        and (role is None or role in one.task.responsible)
        and (phase is None or one.task.phase == phase)
        and (one.start <= until or phase is not None)
    ]
    table = table_of(f"To do until {day_words(until)}", "Task", "What", "Who", "Start", "Due", "Slack")
    names = {one.slug: one.short for one in plan.guide.roles.roles}
    for one in sorted(coming, key=lambda one: (one.due, one.task.id)):
        who = ", ".join(names.get(slug, slug) for slug in one.task.responsible)
        table.add_row(one.task.id, one.task.name, who, _short(one.start), _short(one.due), _slack(one))
    console.print(table if coming else "Nothing is to be done in that time.")
    _key_dates(console, plan)


def show_why(plan: Plan, name: str) -> None:
    """One date and its because."""
    console = Console(highlight=False)
    one = plan.schedule.anchors.get(name) or plan.schedule.tasks[name]
    console.print(f"\n[bold]{one.task.id}[/bold]  {one.task.name}")
    console.print(
        f"{day_words(one.start)} to {day_words(one.due)}" if one.start != one.due else day_words(one.due)
    )
    console.print(one.because, markup=False)
    if one.setting:
        used = plan.settings[one.setting]
        console.print(f"Setting {one.setting}: {used.value}, chosen by {used.chosen_by}", markup=False)
    spare = "nothing to spare: it decides the date" if one.critical else f"{_slack(one)} to spare"
    console.print(f"Can end from {day_words(one.earliest)} to {day_words(one.latest)} · {spare}")
    console.print(f"Source: {', '.join(one.task.source)}", markup=False)


def show_check(plan: Plan) -> None:
    """The rules: those that fail first, then those that cannot be told."""
    console = Console(highlight=False)
    show_head(console, plan)
    for result, title in (
        ("fail", "Rules this plan breaks"),
        ("cannot_tell", "Rules that cannot be told yet"),
    ):
        found = [one for one in plan.rules if one.result == result]
        shown = found if result == "fail" else found[:_TOP]
        table = table_of(f"{title}: {len(found)}", "Rule", "What, why and source")
        for one in shown:
            said = Text.assemble((one.name, "bold"), "\n", one.because, "\n", (", ".join(one.source), "dim"))
            table.add_row(one.id, said)
        if shown:
            console.print(table)
        if len(shown) < len(found):
            console.print(f"… and {len(found) - len(shown)} more; plan.html lists all of them")
    gates = table_of("Gates", "Gate", "Name", "Open", "Missing")
    for gate in plan.gates:
        gates.add_row(gate.id, gate.name, "yes" if gate.open else "no", str(len(gate.missing)))
    console.print(gates)
    _show_counts(console, plan)


def show_effect(name: str, day: date, effect: Effect, written: bool) -> None:
    """What a move does."""
    console = Console(highlight=False)
    console.print(f"\n[bold]{name}[/bold] on {day_words(day)}")
    _effect(console, effect)
    if written:
        console.print("Kept. To take it back: godwit plan undo FOLDER")
    else:
        console.print('Nothing is changed yet. To keep it, add: --write --reason "…"', markup=False)


def show_done(task: str, day: date | None, effect: Effect) -> None:
    """What follows from a task that is done, or is not done after all."""
    console = Console(highlight=False)
    noted = f"is noted as done on {day_words(day)}" if day else "is open again"
    console.print(f"\n[bold]{task}[/bold] {noted}.")
    _effect(console, effect)
    if day:
        console.print(f"If that was wrong: godwit plan done FOLDER {task} --undo")


def show_undone(last: Move, effect: Effect) -> None:
    """A move that was taken back."""
    console = Console(highlight=False)
    back = f"{day_words(last.moved_to)} to {day_words(last.moved_from)}"
    console.print(f"\nTaken back: [bold]{last.name}[/bold] goes from {back} again.")
    _effect(console, effect)


def _effect(console: Console, effect: Effect) -> None:
    if not (effect.moved or effect.milestones):
        console.print("No other date moves.")
    _moves(console, "Milestones that move", effect.milestones, top=len(effect.milestones))
    _moves(console, "Tasks that move", sorted(effect.moved, key=lambda one: one.due), top=_TOP)
    for text, items in (
        ("Now too late", _joined(effect.now_late)),
        ("In time again", _joined(effect.in_time_again)),
        ("To confirm again", [f"{one.task} {one.name}: {one.because}" for one in effect.confirm_again]),
        ("Rules now broken", effect.rules_broken),
        ("Rules kept again", effect.rules_mended),
    ):
        _listed(console, text, items)
    if effect.too_late:
        _too_late(console, effect.too_late)


def _moves(console: Console, title: str, moves: Sequence[Moved], top: int) -> None:
    table = table_of(f"{title}: {len(moves)}", "Id", "What", "From", "To", "Days")
    for one in moves[:top]:
        table.add_row(one.id, one.name, _short(one.due_before), _short(one.due), f"{one.days:+d}")
    if moves:
        console.print(table)
    if len(moves) > top:
        console.print(f"… and {len(moves) - top} more; --json lists all of them")


def _joined(ids: Sequence[str]) -> list[str]:
    return [", ".join(ids)] if ids else []


def _listed(console: Console, title: str, items: Sequence[str]) -> None:
    if items:
        console.print(f"[bold]{title}:[/bold]")
    for item in items:
        console.print(f"  {item}", markup=False)


def show_history(record: Record) -> None:
    """Every move, the newest last."""
    console = Console(highlight=False)
    table = table_of("Moves", "On", "By", "What", "From", "To", "Reason", "")
    for moves, note in ((record.moves, ""), (record.undone, "taken back")):
        for one in moves:
            days = (_short(one.moved_from), _short(one.moved_to))
            table.add_row(_short(one.at), one.by, one.name, *days, one.reason, note)
    console.print(table if record.moves or record.undone else "Nothing has been moved.")


def show_head(console: Console, plan: Plan) -> None:
    """Whose plan it is, whether its date can be kept, and if not what it hangs on."""
    schedule = plan.schedule
    length = f", {plan.length_said}" if plan.length_said else ""
    title = f"{plan.case.practice.practice}: go-live {day_words(schedule.go_live)}{length}"
    console.print()
    console.print(title, style="bold", markup=False, soft_wrap=True)
    if schedule.too_late:
        _too_late(console, schedule.too_late)
    else:
        pace = "but only at the fastest" if schedule.pace == "fastest" else f"at a {schedule.pace}"
        console.print(f"The date can be kept, {pace} pace.", style="green")
    for clash in schedule.clashes:
        console.print(f"Clash: {clash}", style="red", markup=False)


def _too_late(console: Console, late: TooLate) -> None:
    console.print(
        f"Too late by {count_words(late.working_days, 'working day')} {pace_words(late)}; "
        f"the earliest go-live is {day_words(late.earliest)}.",
        style="bold red",
    )
    if late.quicker:
        console.print(
            f"The date could be kept at the {late.quicker} pace: godwit plan paces shows what that asks for."
        )
    console.print("It hangs on:")
    for link in late.chain:
        console.print(
            f"  {_short(link.start)} – {_short(link.due)}  {link.task} {link.name}",
            markup=False,
            soft_wrap=True,
        )


def pace_words(late: TooLate) -> str:
    """At which pace a date comes too soon."""
    return "even at the fastest lawful pace" if late.pace == "fastest" else f"at the {late.pace} pace"


def _key_dates(console: Console, plan: Plan) -> None:
    table = table_of("Key dates", "", "Milestone", "Day", "Latest", "Status")
    for one in plan.milestones:
        table.add_row(
            one.milestone.id, one.milestone.name, day_words(one.day), _short(one.latest), one.status
        )
    console.print(table)


def _show_counts(console: Console, plan: Plan) -> None:
    counts, tasks = rule_counts(plan.rules), plan.schedule.tasks
    late = {name for name, one in tasks.items() if one.late}
    open_gates = sum(one.open for one in plan.gates)
    console.print(
        f"{len(tasks)} tasks, {len(late)} of them late · {len(plan.notices)} third parties to tell · "
        f"rules: {counts['pass']} kept, {counts['fail']} broken, {counts['cannot_tell']} not known yet · "
        f"gates open: {open_gates} of {len(plan.gates)}"
    )
    for name in sorted(late & GUIDE_AT_ODDS.keys()):
        console.print(f"{name} is late by the guide itself. {GUIDE_AT_ODDS[name]}")


def table_of(title: str, *columns: str) -> Table:
    """A table in the manner of the house; ids and days never break over lines."""
    table = Table(
        title=title,
        title_justify="left",
        header_style="bold underline",
        box=None,
        padding=(0, 2, 0, 0),
        pad_edge=False,
    )
    for name in columns:
        table.add_column(
            name, no_wrap=name in ("Id", "Task", "Rule", "Start", "Due", "Day", "From", "To", "On")
        )
    return table


def _short(day: date) -> str:
    return day.isoformat()


def _slack(one: PlannedTask) -> str:
    return "critical" if one.critical else count_words(one.slack, "day")
