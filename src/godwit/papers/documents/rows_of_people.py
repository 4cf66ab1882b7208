"""Lists that tables are filled from: people, roles, and the parties outside the practice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from godwit.definitions.guide.documents import read_notice_asks
from godwit.definitions.guide.raci import Cell
from godwit.definitions.guide.third_parties import Stages, ThirdParty
from godwit.papers.documents.desk import Desk
from godwit.papers.documents.rows_of_plan import Row
from godwit.papers.documents.words import filled
from godwit.plan.case import Party
from godwit.plan.notices import PartyNotice
from godwit.plan.wording import day_words

HOLDS_DATA = "T02-17"
"""The task that asks other suppliers for their extracts: who has it holds data of the practice."""

REACHED_BY = frozenset({"T05-19", "T05-20", "T05-21", "T05-22", "T05-23", "T05-24", "T09-23"})
"""The tasks that tell or ask somebody outside: who has one of them exchanges work with the practice, linked or not."""

STAGE_WORDS = {
    "pre_migration": "While we prepare",
    "cutover_planning": "While we plan the cutover",
    "cutover": "During cutover",
    "go_live": "From go-live",
}


def contacts(desk: Desk) -> Iterator[Row]:
    """Every role that has a task in this plan, with who fills it."""
    tasks = desk.plan.schedule.tasks.values()
    for role in desk.plan.guide.roles.roles:
        own = [one for one in tasks if role.slug in one.task.responsible]
        if own:
            first = min(own, key=lambda one: (one.start, one.task.id))
            yield {
                "slug": role.slug,
                "role": role.name,
                "name": desk.person(role.slug).name,
                "contact": desk.person(role.slug).contact,
                "side": role.side,
                "tasks": str(len(own)),
                "responsibility": f"{len(own)} task{'s' if len(own) > 1 else ''}, the first on "
                f"{day_words(first.start)}. {role.note}".strip(),
            }


def raci(desk: Desk) -> Iterator[Row]:
    """One row for each phase, one key for each party."""
    table = desk.plan.guide.raci
    names = {one.id: one.name for one in desk.plan.guide.phases}
    for row in table.rows:
        cells = zip(table.columns, row.cells, strict=True)
        yield {
            "phase": f"{row.phase} {names[row.phase]}",
            **{column.slug: _letters(cell) for column, cell in cells},
        }


def notices(desk: Desk) -> Iterator[Row]:
    """Every notice of the plan, the earliest first."""
    for one in desk.plan.notices:
        yield {
            "id": one.party.id,
            "slug": one.party.slug,
            "party": one.party.name,
            "kind": one.party.kind,
            "product": one.own.product or one.party.name,
            "contact": one.own.contact,
            "tell_by": day_words(one.tell_by),
            "first": day_words(one.remind_on[0]),
            "second": day_words(one.remind_on[1]),
            "off": day_words(one.off_on),
            "on": day_words(one.on_on),
            "period": one.period.words,
            "because": one.because,
            "who_tells": desk.roles([one.party.who_tells]),
        }


def parties(desk: Desk) -> Iterator[Row]:
    """Every outside party and system that exchanges work with this practice, linked or not."""
    told = {one.party.slug: one for one in desk.plan.notices}
    for one in desk.plan.guide.third_parties:
        unlinked = not one.link and desk.applies(one.applies) and not REACHED_BY.isdisjoint(one.handled_by)
        if one.slug in told or unlinked:
            yield _party(desk, one, told.get(one.slug))


def extracts(desk: Desk) -> Iterator[Row]:
    """The other suppliers that hold data of the practice."""
    return (row for row, one in zip(notices(desk), desk.plan.notices, strict=True) if holds_data(one))


def holds_data(notice: PartyNotice) -> bool:
    """Whether an extract is asked of this party."""
    return HOLDS_DATA in notice.party.handled_by


def asks(desk: Desk) -> Iterator[Row]:
    """What the notice at hand asks its party to do."""
    wanted = read_notice_asks()
    for one in (*wanted.parties.get(desk.notice.party.slug, ()), *wanted.everybody):
        yield {"ask": filled(one, desk, "notices")}


def steps(desk: Desk) -> Iterator[Row]:
    """What the guide has happen with each party that is told, by stage."""
    for notice in desk.plan.notices:
        for stage, words in STAGE_WORDS.items():
            for one in _stage(notice.party.stages, stage):
                yield {"party": notice.party.name, "when": words, "what": one}


def _party(desk: Desk, party: ThirdParty, notice: PartyNotice | None) -> Row:
    own = notice.own if notice else desk.plan.case.practice.third_parties.get(party.slug, Party())
    period = own.notice or party.notice.value
    return {
        "id": party.id,
        "slug": party.slug,
        "party": party.name,
        "kind": party.kind,
        "product": own.product or party.name,
        "contact": own.contact,
        "notice": period.words if period else f"{notice.period.words} (proposed)" if notice else "",
        "off": day_words(notice.off_on) if notice else "no link",
        "on": day_words(notice.on_on) if notice else "no link",
        "who_tells": desk.roles([party.who_tells]),
    }


def _stage(stages: Stages, name: str) -> Iterable[str]:
    return (one.what for one in getattr(stages, name) if one.status != "gap")


def _letters(cell: Cell) -> str:
    letters = "/".join(one.lower() if cell.status == "inferred" else one for one in cell.letters)
    return f"{letters} {cell.words}".strip()
