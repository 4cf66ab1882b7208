"""`summary.json` of a list run: counts and our own words. Zone A: no value of any patient is in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from godwit.records.listing.column_map import FixedColumn
from godwit.records.listing.differing import OUTCOMES, REAL
from godwit.records.listing.fields import read_fields
from godwit.records.listing.holding import Held, Report
from godwit.records.listing.list_file import Fate, RegistrationList
from godwit.records.listing.matching import DOUBTS, TIERS
from godwit.records.listing.regions import OneSided
from godwit.records.listing.system import System
from godwit.records.listing.wording import (
    ONLY_LIST,
    ONLY_SYSTEM,
    PLACES,
    STATES,
    STEPS,
    Said,
    region_meaning,
    region_title,
)
from godwit.records.rule_words import in_words

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Read:
    """What was read: the list, whether its map was guessed, the systems, and the days they speak of."""

    listed: RegistrationList
    guessed: bool
    systems: tuple[System, ...]
    list_day: date | None
    day: date


def summarise_list(run: str, read: Read, held: Held, timings: Mapping[str, float]) -> Row:
    """The whole summary."""
    places = list(held.rows)
    reports = zip(read.systems, held.reports, strict=True)
    return {
        "run": run,
        "kind": "list",
        "list": _list(read, held),
        "list_day": read.list_day.isoformat() if read.list_day else None,
        "day": read.day.isoformat(),
        "balanced": True,
        "systems": [{**_system(system, held), **_report(report)} for system, report in reports],
        "regions": [
            {
                "in": [place for place in places if place in region],
                "title": region_title(region, places),
                "meaning": region_meaning(region, places),
                "patients": len(people),
            }
            for region, people in held.regions.items() if region <= set(places)
        ],
        "waiting": held.waiting,
        "sizes": {where: len(entries) for where, entries in held.counting.items()},
        "bands": [{"band": band, "sex": sex, **counts} for band, sex, counts in held.bands],
        "timings": dict(timings),
    }  # fmt: skip


def _list(read: Read, held: Held) -> Row:
    listed = read.listed
    current = held.counting["list"]
    return {
        "map": listed.map.title,
        "guessed": read.guessed,
        "columns": [{"field": name, "title": title, "at": at} for name, title, at in _columns(listed)],
        "bytes": listed.size,
        "lines": listed.lines,
        "patients": len(current),
        "closed": len(listed.entries) - len(current),
        "set_aside": _fates(listed.set_aside),
        "rejected": _fates(listed.rejects),
        "odd": _fates(listed.odd),
        "fp69": sum(one.facts.get("fp69") == "yes" for one in current),
        "tells_fp69": "fp69" in listed.fields,
    }


def _columns(listed: RegistrationList) -> Iterator[tuple[str, str, list[str]]]:
    for name, places in listed.map.places():
        told = [f"{at.start}+{at.width}" if isinstance(at, FixedColumn) else str(at) for at in places]
        yield name, read_fields().of(name).title, told


def _fates(fates: Sequence[Fate]) -> list[Row]:
    counts = Counter(one.rule for one in fates)
    return [{"rule": rule, "title": in_words(rule), "count": count} for rule, count in sorted(counts.items())]


def _system(system: System, held: Held) -> Row:
    states = Counter(one.state for one in system.entries)
    return {
        "where": system.side,
        "title": PLACES[system.side],
        "format": system.title,
        "taken_at": system.taken_at,
        "files": len(system.files),
        "left_unread": system.left_unread,
        "bytes": sum(one.size for one in system.files),
        "warnings": list(system.warnings),
        "patients": len(system.entries),
        "registered": len(held.counting[system.side]),
        "states": [
            {"state": name, "title": title, "patients": states[name]} for name, title in STATES.items()
        ],
    }


def _report(report: Report) -> Row:
    against = report.against
    tiers = Counter(one.tier for one in against.both)
    doubts = Counter(one.why for one in against.review)
    outcomes = [{one.outcome for one in each.differences} for each in report.compared]
    return {
        "both": len(against.both),
        "same": sum(not one for one in outcomes),
        "form_only": sum(bool(one) and not one & set(REAL) for one in outcomes),
        "different": sum(bool(one & set(REAL)) for one in outcomes),
        "only_system": _one_sided(against.only_system, ONLY_SYSTEM),
        "only_list": _one_sided(against.only_list, ONLY_LIST),
        "review": {"list": against.reviewed[0], "system": against.reviewed[1],
                   "why": [{"why": name, "title": title, "pairs": doubts[name]} for name, title in DOUBTS.items()]},
        "tiers": [{"tier": name, "title": title, "patients": tiers[name]} for name, title in TIERS.items()],
        "fields": list(_fields(report)),
        "untold": [{"field": one.id, "title": one.title, "by": who} for one, who in report.untold],
        "bridge": {
            "opening": report.bridge.opening,
            "steps": [
                {"step": one.name, "title": STEPS[one.name], "change": one.change} for one in report.bridge.steps
            ],
            "closing": report.bridge.closing,
        },
    }  # fmt: skip


def _one_sided(found: Iterable[OneSided], words: Mapping[str, Said]) -> list[Row]:
    counts = Counter(one.reason for one in found)
    return [
        {"reason": name, "title": said.title, "do": said.do, "patients": counts[name]}
        for name, said in words.items()
        if counts[name]
    ]


def _fields(report: Report) -> Iterator[Row]:
    counts = Counter((one.field, one.outcome) for each in report.compared for one in each.differences)
    for field in report.fields:
        concern = read_fields().concerns[field.concern]
        yield {
            "field": field.id,
            "title": field.title,
            "concern": concern.title,
            "why": concern.why,
            "compared": len(report.compared),
            **{outcome: counts[field.id, outcome] for outcome in OUTCOMES},
        }
