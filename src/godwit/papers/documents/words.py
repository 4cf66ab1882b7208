"""What the names in braces stand for: ``{practice}``, ``{GL}``, ``{T05-04.start}``, ``{who.lead_gp}`` and others."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Final

from godwit.definitions.guide.duration import Duration
from godwit.definitions.guide.guide import Guide
from godwit.papers.documents.desk import Desk, day_in_words
from godwit.papers.paper import PaperRefused

PLACE: Final = re.compile(r"\{([^{}]*)\}")
BLANK: Final = "____________________"
"""What a text shows for something that is not known: a line to write on."""

_Word = Callable[[Desk], str]

PRACTICE: Final[Mapping[str, _Word]] = {
    "practice": lambda desk: desk.plan.case.practice.practice,
    "ods_code": lambda desk: desk.plan.case.practice.ods_code,
    "list_size": lambda desk: str(desk.plan.case.practice.list_size or ""),
    "commissioner": lambda desk: desk.plan.case.practice.commissioner,
    "delivery_partner": lambda desk: desk.plan.case.practice.delivery_partner,
    "current_system": lambda desk: desk.plan.case.practice.current_system or "the old system",
    "new_system": lambda desk: desk.plan.case.practice.new_system or "the new system",
    "made_on": lambda desk: day_in_words(desk.made_on),
    "edition": lambda desk: desk.plan.guide.edition,
}

NOTICE: Final[Mapping[str, _Word]] = {
    "party": lambda desk: desk.notice.party.name,
    "party_kind": lambda desk: desk.notice.party.kind,
    "product": lambda desk: desk.notice.own.product or desk.notice.party.name,
    "party_contact": lambda desk: desk.notice.own.contact,
    "tell_by": lambda desk: day_in_words(desk.notice.tell_by),
    "remind_first": lambda desk: day_in_words(desk.notice.remind_on[0]),
    "remind_second": lambda desk: day_in_words(desk.notice.remind_on[1]),
    "off_on": lambda desk: day_in_words(desk.notice.off_on),
    "on_on": lambda desk: day_in_words(desk.notice.on_on),
    "period": lambda desk: desk.notice.period.words,
    "period_because": lambda desk: desk.notice.because,
    "teller": lambda desk: desk.roles([desk.notice.party.who_tells]),
    "teller_name": lambda desk: desk.person(desk.notice.party.who_tells).name,
    "teller_contact": lambda desk: desk.person(desk.notice.party.who_tells).contact,
}

STREAM: Final[Mapping[str, _Word]] = {
    "stream_id": lambda desk: desk.stream.id,
    "stream": lambda desk: desk.stream.name,
    "how": lambda desk: desk.stream.how,
    "re_entered_by": lambda desk: day_in_words(desk.last_due(desk.stream.re_entered_by)),
}

OF_ITEM: Final[Mapping[str, Mapping[str, _Word]]] = {
    "": {},
    "notices": NOTICE,
    "extracts": NOTICE,
    "streams": STREAM,
}
"""The further names of a document that is made for each of something."""


def _setting(desk: Desk, name: str) -> str:
    used = desk.plan.settings[name]
    return Duration.parse(used.value).words if used.setting.kind == "duration" else used.value


FAMILIES: Final[Mapping[str, Callable[[Desk, str], str]]] = {
    "who": lambda desk, role: desk.person(role).name,
    "contact": lambda desk, role: desk.person(role).contact,
    "role": lambda desk, role: desk.roles([role]),
    "setting": _setting,
}
"""Names with a point in them: what stands before it."""


def is_known(name: str, guide: Guide, each: str = "") -> bool:
    """Whether a name in braces stands for something, in a document made for each `each`."""
    family, _, rest = name.partition(".")
    if family in ("who", "contact", "role"):
        return rest in {one.slug for one in guide.roles.roles}
    if family == "setting":
        return rest in {one.name for one in guide.settings}
    if rest:
        return rest == "start" and family in {one.id for one in guide.tasks}
    plan = {*(one.id for one in guide.anchors), *(one.id for one in guide.tasks)}
    return name in PRACTICE or name in OF_ITEM[each] or name in plan


def meaning(name: str, desk: Desk, each: str = "") -> str:
    """What a name stands for; empty where the plan or the practice does not say. Raises `PaperRefused` if unknown."""
    if not is_known(name, desk.plan.guide, each):
        raise PaperRefused(f"nothing is called {{{name}}} here")
    word = PRACTICE.get(name) or OF_ITEM[each].get(name)
    if word:
        return word(desk)
    family, _, rest = name.partition(".")
    if family in FAMILIES:
        return FAMILIES[family](desk, rest)
    if rest == "start":
        found = desk.plan.schedule.tasks.get(family)
        return day_in_words(found.start if found else None)
    is_task = name in {one.id for one in desk.plan.guide.tasks}
    return day_in_words(desk.last_due([name]) if is_task else desk.anchor(name))


def filled(text: str, desk: Desk, each: str = "") -> str:
    """A text with its names replaced; a line to write on stands for what is not known. Raises `PaperRefused`."""
    return PLACE.sub(lambda found: meaning(found[1], desk, each) or BLANK, text)


def known_or_none(text: str, desk: Desk, each: str = "") -> str | None:
    """`filled`, or None where nothing of it is known, so that a form shows its own line to write on."""
    names = PLACE.findall(text)
    if not text or (names and PLACE.sub("", text).strip(" ,") == "" and not any(_all(names, desk, each))):
        return None
    return filled(text, desk, each)


def _all(names: list[str], desk: Desk, each: str) -> Iterator[str]:
    return (meaning(name, desk, each) for name in names)
