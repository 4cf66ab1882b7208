"""The two files a practice writes, as starters with every question in them, ready to be uncommented."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from godwit.definitions.guide.facts import Fact
from godwit.definitions.guide.guide import Guide


def practice_starter(guide: Guide) -> str:
    """A `practice.yaml` that works as it stands and shows what else can be said."""
    return "\n".join(_practice_lines(guide)) + "\n"


def facts_starter(guide: Guide) -> str:
    """A `facts.yaml` in which nothing is known yet, with every question that rules and gates ask."""
    return "\n".join(_fact_lines(guide)) + "\n"


def _practice_lines(guide: Guide) -> Iterator[str]:
    yield "# Who you are. Change what is not so, take the # away where it says something, then:"
    yield "#   godwit plan update FOLDER"
    yield "practice: Our practice"
    yield "# ods_code: A12345"
    yield "# list_size: 8200"
    yield "# commissioner: NHS Example Integrated Care Board"
    yield "# delivery_partner: Example IT delivery partner"
    yield "# current_system: EMIS Web"
    yield "# new_system: SystmOne"
    yield "# route: 2026          # how orders are placed: 2026 (Buying Catalogue), 2020 or 2019"
    yield ""
    yield "# Questions that decide which tasks you have: true or false. These are the usual answers; put yours."
    yield "answers:"
    for one in guide.conditions.conditions:
        if not one.slug.startswith("route_"):
            yield f"  {one.slug}: {'true' if one.default else 'false'}     # {one.question}"
    yield ""
    yield "# people:                 # names and work contacts, by role"
    for role in guide.roles.roles[:6]:
        yield f"#   {role.slug}: {{name: A. Person, contact: 01632 960000}}    # {role.name}"
    yield ""
    yield "# third_parties:          # those you use, with the notice each asks for; all usual ones if you name none"
    yield "#   docman: {notice: 10d, contact: support desk}"
    yield "#   pcse:"
    yield ""
    yield "# calendar:               # leave, training, events, school_holiday, release_freeze, closed"
    yield "#   - {name: Partners' away day, kind: closed, starts: 2027-05-12, ends: 2027-05-12}"
    yield ""
    yield "# settings:               # your own value for any setting of the guide; see the Settings sheet of the plan"
    yield '#   extract_notice: {value: 20wd, because: "our supplier agreed to it"}'


def _fact_lines(guide: Guide) -> Iterator[str]:
    names = {one.slug: one.name for one in guide.roles.roles}
    yield "# What has happened and what is known. Counts and dates only: no patient is named here, ever."
    yield "# Write what you know behind the colon, leave the rest empty, then: godwit plan update FOLDER"
    yield "#"
    yield "# done:                   # tasks and the day each was finished (or: godwit plan done FOLDER T02-03)"
    yield "#   T02-03: 2027-03-12"
    yield "# dates:                  # dates that somebody has set, such as the new supplier's schedule of key dates"
    yield "#   IDP: {day: 2027-05-12, status: confirmed, because: schedule of key dates}"
    yield ""
    yield "answers:"
    for role in dict.fromkeys(one.asked_of for one in guide.facts):
        yield ""
        yield f"  # ---- {names.get(role, role)}"
        for fact in guide.facts:
            if fact.asked_of == role:
                yield f"  {fact.name}:      # {fact.question} For example: {_example(fact)}"


def _example(fact: Fact) -> str:
    return _value(fact.example)


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (list, tuple)):
        return f"[{', '.join(_value(one) for one in value)}]"
    if isinstance(value, dict):
        return f"{{{', '.join(_pairs(value.items()))}}}"
    return f'"{value}"' if isinstance(value, str) else str(value)


def _pairs(items: Iterable[tuple[str, Any]]) -> Iterator[str]:
    return (f"{name}: {_value(value)}" for name, value in items)
