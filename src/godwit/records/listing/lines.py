"""Everything that was found, a line each: for `list.parquet`. Private: these are patients."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from godwit.records.listing.differing import REAL
from godwit.records.listing.entry import Entry
from godwit.records.listing.holding import Compared, Held, Report
from godwit.records.listing.list_file import RegistrationList
from godwit.records.listing.regions import OneSided
from godwit.records.listing.scoring import weigh

COLUMNS = {
    "system": "VARCHAR",
    "report": "VARCHAR",
    "reason": "VARCHAR",
    "score": "BIGINT",
    "line": "BIGINT",
    "patient": "BIGINT",
    "nhs_number": "VARCHAR",
    "family": "VARCHAR",
    "given": "VARCHAR",
    "birth_date": "VARCHAR",
    "fields": "VARCHAR",
    "on_list": "VARCHAR",
    "in_system": "VARCHAR",
}
"""`report` is same, form, C, A, B, review, rejected or set_aside; `reason` the tier, the reason or the rule; `fields` a
JSON object of the fields that differ, each with its outcome."""

Line = dict[str, Any]


def lines(listed: RegistrationList, held: Held) -> Iterator[Line]:
    """Every row of the list and every registered patient, once for each system; and the lines that are no patient."""
    for name, fates in (("rejected", listed.rejects), ("set_aside", listed.set_aside)):
        yield from ({"report": name, "reason": one.rule, "line": one.line} for one in fates)
    yield from (_line("", "closed", None, one) for one in listed.entries if not one.current)
    for report in held.reports:
        yield from _of_report(report)


def _of_report(report: Report) -> Iterator[Line]:
    against = report.against
    for one in report.compared:
        yield _both(against.where, one)
    for each in against.only_system:
        yield _one_sided(against.where, "A", each)
    for each in against.only_list:
        yield _one_sided(against.where, "B", each)
    for doubt in against.review:
        score = weigh(doubt.left, doubt.right).score
        yield {**_line(against.where, "review", doubt.why, doubt.left, doubt.right), "score": score}


def _both(where: str, one: Compared) -> Line:
    outcomes = {each.field: each.outcome for each in one.differences}
    real = any(outcome in REAL for outcome in outcomes.values())
    name = "C" if real else "form" if outcomes else "same"
    pair = one.pair
    return {**_line(where, name, pair.tier, pair.on_list, pair.in_system), "fields": json.dumps(outcomes)}


def _one_sided(where: str, name: str, one: OneSided) -> Line:
    on_list, in_system = (one.other, one.entry) if name == "A" else (one.entry, one.other)
    return _line(where, name, one.reason, on_list, in_system)


def _line(
    where: str, report: str, reason: str | None, on_list: Entry | None, in_system: Entry | None = None
) -> Line:
    shown = on_list or in_system
    facts = shown.facts if shown else {}
    return {
        "system": where,
        "report": report,
        "reason": reason,
        "line": on_list.number if on_list else None,
        "patient": in_system.number if in_system else None,
        **{name: facts.get(name) for name in ("nhs_number", "family", "given", "birth_date")},
        "on_list": _json(on_list),
        "in_system": _json(in_system),
    }


def _json(one: Entry | None) -> str | None:
    return json.dumps({"state": one.state, **one.facts}, ensure_ascii=False) if one else None
