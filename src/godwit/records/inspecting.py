"""Look at one delivery: which system, what is in it, what is wrong with it. Nothing is written."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

from godwit.records.comparing import SideFacts
from godwit.records.intake.delivery import open_delivery
from godwit.records.intake.reading import read_delivery
from godwit.records.rule_words import in_words
from godwit.records.watch import Progress


def inspect(path: Path, system: str | None, progress: Progress) -> dict[str, Any]:
    """What `godwit extract inspect` tells, in counts and our own words. Raises `InputRefused`."""
    delivery = open_delivery(path, "delivery")
    facts = SideFacts("source")
    entities: dict[str, Counter[str]] = {}
    issues: Counter[tuple[str, str, str]] = Counter()
    patients = 0
    progress.begin("read the delivery", len(delivery.files))
    for one in read_delivery(delivery, "delivery", system):
        facts.remember(one)
        reading = one.reading
        for fate, found in (
            ("converted", reading.rows),
            ("set_aside", reading.set_aside),
            ("rejected", reading.rejects),
        ):
            for record in found:
                entities.setdefault(record.entity, Counter())[fate] += 1
        issues.update(("issue", issue.entity, issue.rule) for issue in reading.issues)
        issues.update(("rejected", reject.entity, reject.rule) for reject in reading.rejects)
        patients += sum(row.entity == "patient" for row in reading.rows)
        progress.advance()
    return {
        **_head(facts, patients),
        "entities": {name: _counts(counts) for name, counts in sorted(entities.items())},
        "kinds": _kinds(facts),
        "wrong": [
            {"fate": fate, "entity": entity, "rule": rule, "title": in_words(rule), "count": count}
            for (fate, entity, rule), count in sorted(issues.items())
        ],
    }


def _head(facts: SideFacts, patients: int) -> dict[str, Any]:
    taken = sorted(one.taken_at for one in facts.files if one.taken_at)
    return {
        "kind": "inspection",
        "system": facts.format.system if facts.format else None,
        "format": facts.format.title if facts.format else None,
        "versions": sorted({one.version for one in facts.files if one.version}),
        "files": len(facts.files),
        "bytes": sum(one.size for one in facts.files),
        "patients": patients,
        "snapshot": {"earliest": taken[0], "latest": taken[-1]} if taken else None,
        "records": sum(one.witnessed for one in facts.files),
        "accounted": all(one.witnessed == one.read for one in facts.files),
        "warnings": facts.warnings,
    }


def _kinds(facts: SideFacts) -> list[dict[str, Any]]:
    kinds: dict[str, Counter[str]] = {}
    for (kind, fate), count in facts.census.items():
        kinds.setdefault(kind, Counter())[fate] += count
    return [{"kind": kind, **_counts(counts)} for kind, counts in sorted(kinds.items())]


def _counts(counts: Counter[str]) -> dict[str, int]:
    return {"read": counts.total(), **{fate: counts[fate] for fate in ("rejected", "set_aside", "converted")}}
