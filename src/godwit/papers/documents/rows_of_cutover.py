"""Lists that tables are filled from: what is caught during cutover, entered again, and checked."""

from __future__ import annotations

from collections.abc import Iterator

from godwit.definitions.guide.capture_streams import CaptureStream
from godwit.papers.documents.desk import Desk, sentence, short_day
from godwit.papers.documents.rows_of_plan import Row


def streams_in_use(desk: Desk) -> tuple[CaptureStream, ...]:
    """The capture streams that this practice has."""
    return tuple(one for one in desk.plan.guide.capture_streams.streams if desk.applies(one.applies))


def streams(desk: Desk) -> Iterator[Row]:
    """Each stream of work during cutover."""
    tasks = {one.id: one for one in desk.plan.guide.tasks}
    for one in streams_in_use(desk):
        re_entered = [tasks[task] for task in one.re_entered_by]
        yield {
            "id": one.id,
            "stream": one.name,
            "how": one.how,
            "planned": short_day(desk.last_due(one.planned_by)),
            "owner": desk.roles(tasks[one.caught_by[0]].responsible),
            "starts": short_day(desk.anchor("FDP")),
            "ends": short_day(desk.anchor("GL")),
            "re_entered": short_day(desk.last_due(one.re_entered_by)),
            "re_entered_by": desk.roles(
                dict.fromkeys(who for task in re_entered for who in task.responsible)
            ),
            "fields": sentence(", ".join(field.name for field in one.fields)) or "Nothing is kept",
        }


def stream_needs(desk: Desk) -> Iterator[Row]:
    """What every stream needs before cutover starts."""
    return ({"need": sentence(one)} for one in desk.plan.guide.capture_streams.each_needs)


def log_fields(desk: Desk) -> Iterator[Row]:
    """What the logs of the cutover hold, as the guide's catalogue of documents has it."""
    logs = next(one for one in desk.plan.guide.artefacts if one.slug == "cutover_logs")
    return ({"name": sentence(one.name), "about": one.about} for one in logs.fields)


def reentry(desk: Desk) -> Iterator[Row]:
    """The order in which what was caught is entered again."""
    for one in desk.plan.guide.reentry_order.steps:
        if desk.applies(one.applies):
            yield {
                "place": str(one.place),
                "item": one.item,
                "owner": desk.roles(one.who),
                "method": one.method,
                "why": one.why_here,
                "streams": ", ".join(one.streams),
                "due": short_day(desk.last_due(one.tasks)),
            }


def reentry_needs(desk: Desk) -> Iterator[Row]:
    """What re-entry must have or keep to."""
    return ({"need": one.text} for one in desk.plan.guide.reentry_order.requirements)


def cleaning(desk: Desk) -> Iterator[Row]:
    """What is put right before the first extract."""
    for one in desk.plan.guide.checks.cleaning:
        yield {"id": one.id, "check": one.check, "due": short_day(desk.last_due(one.tasks))}


def comparison(desk: Desk) -> Iterator[Row]:
    """What is compared between the old system and the test copy."""
    for one in desk.plan.guide.checks.comparison:
        yield {"id": one.id, "check": one.compare, "due": short_day(desk.last_due(one.tasks))}


def live_checks(desk: Desk) -> Iterator[Row]:
    """What is looked at once the new system is live."""
    for one in desk.plan.guide.checks.post_go_live:
        if desk.applies(one.applies):
            yield {"id": one.id, "check": one.check, "due": short_day(desk.last_due(one.tasks))}


def criteria(desk: Desk) -> Iterator[Row]:
    """The kinds of record that test patients should have among them."""
    wanted = (one for one in desk.plan.guide.checking_rules.criteria if desk.applies(one.applies))
    return ({"number": str(place), "criterion": one.name} for place, one in enumerate(wanted, start=1))


def data_kinds(desk: Desk) -> Iterator[Row]:
    """Every kind of data, with what to do if it stays behind."""
    for one in desk.plan.guide.data_kinds:
        yield {
            "id": one.id,
            "kind": one.name,
            "guide": one.guide_says,
            "check": one.check,
            "handling": one.if_not_carried,
        }


def measures(desk: Desk) -> Iterator[Row]:
    """Figures worth keeping for the next migration."""
    return ({"id": one.id, "measure": one.measure} for one in desk.plan.guide.checks.measures)
