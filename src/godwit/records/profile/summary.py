"""`summary.json` of a profile: what is in an extract and what to put right, in counts and our own words. Zone A."""

from __future__ import annotations

from typing import Any

from godwit.definitions.guide.roles import read_roles
from godwit.definitions.guide.task import read_tasks
from godwit.records.bulk.checking import Found
from godwit.records.bulk.loading import Extract, Loaded
from godwit.records.profile.checks import Check
from godwit.records.profile.looking import Looked, Result
from godwit.records.rule_words import in_words

Row = dict[str, Any]


def summarise_profile(
    run: str, extract: Extract, loaded: Loaded, looked: Looked, parts: Row, timings: dict[str, float]
) -> Row:
    """The whole summary; `parts` is what `overview` tells. `checks` are those that found something, in their rank."""
    staged = loaded.staged
    return {
        "run": run,
        "kind": "profile",
        "system": extract.format.layout.system,
        "format": extract.format.layout.title,
        "versions": sorted({one.version for one in staged.files if one.version}),
        "taken_at": staged.taken_at,
        "day": looked.day.isoformat(),
        "files": len(loaded.files),
        "bytes": sum(one.size for one in staged.files),
        "records": sum(one.records for one in staged.files),
        "warnings": list(loaded.warnings),
        **parts,
        "checks": [_found(rank, one, looked, parts) for rank, one in enumerate(looked.found, start=1)],
        "clean": [_named(one) for one in looked.clean],
        "untellable": [_named(one) for one in looked.untellable],
        "not_told": [
            {"title": one.title, "instead": one.instead, "tasks": tasks(one.tasks)}
            for one in looked.definition.not_told
        ],
        "links": [_link(one) for one in looked.links],
        "timings": dict(timings),
    }


def tasks(ids: tuple[str, ...]) -> list[Row]:
    """Tasks of the guide with their names."""
    names = {one.id: one.name for one in read_tasks()}
    return [{"task": one, "name": names[one]} for one in ids]


def _named(check: Check) -> Row:
    return {"check": check.id, "title": check.title}


def _found(rank: int, one: Result, looked: Looked, parts: Row) -> Row:
    check = one.check
    everybody = parts["patients"]["all"]
    return {
        "rank": rank,
        **_named(check),
        "group": looked.definition.groups[check.group],
        "why": check.why,
        "do": check.do,
        "if_left": check.if_left,
        "harm": check.harm,
        "role": check.role,
        "role_name": read_roles().of(check.role).name,
        "tasks": tasks(check.tasks),
        "expected": check.expected,
        "records": one.records,
        "patients": one.patients,
        "registered": one.registered,
        "share": round(one.patients / everybody, 4) if everybody else 0.0,
        "score": one.score,
        "source": check.source,
    }


def _link(one: Found) -> Row:
    return {
        "rule": one.rule,
        "title": in_words(one.rule),
        "table": one.kind,
        "about": one.about,
        "count": one.count,
        "expected": one.expected,
    }
