"""One cause of a sealed run, as an agreement needs it: what its findings have in common, and how many there are."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

from godwit.records.agreed.pattern import MOST_MARKS, TRAITS, Held, mark_sql, recognised, telling
from godwit.records.duck import read_parquet
from godwit.records.errors import InputRefused
from godwit.records.evidence.seal import verify
from godwit.records.steps import sql_text

SQL = Path(__file__).parent

Facts = Mapping[str, Any]

_KIND = ("entity", "outcome", "field", "reason", "how", "severity")


@dataclass(frozen=True, slots=True)
class SealedCause:
    """A cause and its run: `scope` and `counted` are written as an agreement writes them."""

    title: str
    scope: Mapping[str, object]
    counted: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class _Kind:
    """One kind of finding of a cause: its facts in the order of `_KIND`, how many, and what tells them from others."""

    facts: tuple[Any, ...]
    findings: int
    alike: tuple[str, ...]

    def rank(self, found: Facts) -> tuple[Any, ...]:
        """What the cause itself is named after first, then what there is most of."""
        entity, _, field, *_ = self.facts
        named = (entity != found["entity"], field != found["field"])
        return (*named, -self.findings, *(one or "" for one in self.facts))


def sealed_cause(run: Path, cause: str) -> SealedCause:
    """The cause of that id in a run that is proved untouched.

    Raises `RunTampered`, and `InputRefused` where the run is no comparison, has no such cause, or where nothing tells
    its findings from others, so that no one decision can be taken on them.
    """
    manifest = verify(run)
    if manifest["kind"] != "compare":
        raise InputRefused(
            "agreed.not_a_comparison", "only a comparison has differences to agree on", run.name
        )
    summary = json.loads((run / "summary.json").read_text(encoding="utf-8"))
    found = next((one for one in summary["causes"] if one["cause"] == cause), None)
    if found is None:
        because = "the run has no cause of that id; report.html and records.html name it with each cause"
        raise InputRefused("agreed.no_such_cause", because, run.name)
    if found.get("parts"):
        because = (
            "this line of the report holds several causes, which have no line of their own as long as there are so "
            "many graver ones; settle those first, then agree on each by itself"
        )
        raise InputRefused("agreed.several_kinds", because, run.name)
    kinds = sorted(_kinds(run, cause), key=lambda kind: kind.rank(found))
    if not kinds:
        because = (
            "this line says what became of an agreement; propose the cause that its findings now stand in"
        )
        raise InputRefused("agreed.several_kinds", because, run.name)
    return SealedCause(found["title"], _scope(run, summary, cause, kinds), _counted(manifest, found))


def _kinds(run: Path, cause: str) -> Iterator[_Kind]:
    traits = ", ".join(f"('{name}')" for name in TRAITS)
    sql = sql_text(SQL, "sealed_kinds.sql", cause=_quoted(cause), traits=traits)
    for facts, rows in groupby(
        read_parquet(run / "findings.parquet", sql), key=itemgetter(*range(len(_KIND) + 2))
    ):
        *kind, findings, alone = facts
        _, outcome, _, reason, how, _ = kind
        held = [Held(*row[len(_KIND) + 2 :]) for row in rows]
        known = recognised(outcome, reason, how, held)
        yield _Kind(tuple(kind), findings, telling(held, known=known, alone=alone))


def _scope(run: Path, summary: Facts, cause: str, kinds: Sequence[_Kind]) -> dict[str, object]:
    marks = _marks(run, cause, kinds)
    changes = [
        {name: value for name, value in zip(_KIND, kind.facts, strict=True) if value is not None}
        | ({"alike": list(kind.alike), "marks": marks[place]} if kind.alike else {})
        for place, kind in enumerate(kinds)
    ]
    systems = [summary["source"]["system"], summary["target"]["system"]]
    return {"systems": systems, "cause": cause, "changes": changes}


def _marks(run: Path, cause: str, kinds: Sequence[_Kind]) -> dict[int, list[str]]:
    """The marks of each kind by its place. Raises `InputRefused` where they tell nothing apart."""
    told = ", ".join(
        f"({', '.join((str(place), *map(_quoted, (*kind.facts, ','.join(kind.alike)))))})"
        for place, kind in enumerate(kinds)
    )
    mark = mark_sql("f.traits", "k.alike")
    sql = sql_text(SQL, "sealed_marks.sql", cause=_quoted(cause), kinds=told, mark=mark)
    marks: dict[int, list[str]] = {}
    for place, one, mixed in read_parquet(run / "findings.parquet", sql):
        marks.setdefault(place, []).append(one)
        if mixed or len(marks[place]) > MOST_MARKS:
            because = (
                "nothing tells these findings from others of their kind; settle the other causes of it first"
            )
            raise InputRefused("agreed.no_pattern", because, run.name)
    return marks


def _quoted(text: str | None) -> str:
    return "NULL" if text is None else "'" + text.replace("'", "''") + "'"


def _counted(manifest: Facts, found: Facts) -> dict[str, object]:
    return {
        "run": manifest["run"],
        "seal": manifest["seal"],
        "findings": found["findings"],
        "patients": found["patients"],
        "risk": found["severity"],
    }
