"""One cause of a sealed run, as an agreement needs it: what its findings have in common, and how many there are."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from godwit.records.duck import read_parquet
from godwit.records.errors import InputRefused
from godwit.records.evidence.seal import verify

Facts = Mapping[str, Any]

_KINDS = """
SELECT entity, outcome, field, reason, count(*) AS every, count(*) FILTER (WHERE cause = {cause}) AS own
FROM this GROUP BY ALL HAVING own > 0
"""


@dataclass(frozen=True, slots=True)
class SealedCause:
    """A cause and its run: `scope` and `counted` are written as an agreement writes them."""

    title: str
    scope: Mapping[str, object]
    counted: Mapping[str, object]


def sealed_cause(run: Path, cause: str) -> SealedCause:
    """The cause of that id in a run that is proved untouched.

    Raises `RunTampered`, and `InputRefused` where the run is no comparison, has no such cause, or where the line
    of the report holds several kinds of difference, on which no one decision can be taken.
    """
    manifest = verify(run)
    if manifest["kind"] != "compare":
        raise InputRefused(
            "agreed.not_a_comparison", "only a comparison has differences to agree on", run.name
        )
    summary = json.loads((run / "summary.json").read_text(encoding="utf-8"))
    found = next((one for one in summary["causes"] if one["cause"] == cause), None)
    if found is None:
        because = "the run has no cause of that id; summary.json and findings.parquet name them all"
        raise InputRefused("agreed.no_such_cause", because, run.name)
    quoted = "'" + cause.replace("'", "''") + "'"
    kinds = read_parquet(run / "findings.parquet", _KINDS.format(cause=quoted))
    if not kinds or found.get("parts"):
        because = "this line of the report holds several kinds of difference; agree on each by itself"
        raise InputRefused("agreed.several_kinds", because, run.name)
    return SealedCause(found["title"], _scope(summary, found, kinds), _counted(manifest, found))


def _scope(summary: Facts, found: Facts, kinds: Sequence[tuple[Any, ...]]) -> dict[str, object]:
    """The kinds of finding alone where the cause is all there is of them, so that the scope outlives regrouping."""
    changes = [
        {"entity": entity, "outcome": outcome, **({"field": field} if field else {}), "reason": reason}
        for entity, outcome, field, reason, *_ in sorted(kinds, key=lambda kind: _order(found, kind))
    ]
    whole = all(own == every for *_, every, own in kinds)
    return {
        "systems": [summary["source"]["system"], summary["target"]["system"]],
        "changes": changes,
        **({} if whole else {"cause": found["cause"]}),
    }


def _order(found: Facts, kind: tuple[Any, ...]) -> tuple[Any, ...]:
    """What the cause itself is named after first, then what there is most of."""
    entity, outcome, field, reason, _, own = kind
    return (entity != found["entity"], field != found["field"], -own, entity, outcome, field or "", reason)


def _counted(manifest: Facts, found: Facts) -> dict[str, object]:
    return {
        "run": manifest["run"],
        "seal": manifest["seal"],
        "findings": found["findings"],
        "patients": found["patients"],
        "risk": found["severity"],
    }
