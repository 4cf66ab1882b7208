"""What the files of documents add to `summary.json`: counts and our own words, no name or title of any."""

from __future__ import annotations

from typing import Any

from godwit.records.document_files.index_map import read_index_fields
from godwit.records.document_files.kinds import NAMES
from godwit.records.document_files.reconciling import CheckResult, DocumentsDone, KindCount, SideCount

Row = dict[str, Any]

SIDES = ("source", "target")


def document_files(done: DocumentsDone) -> Row:
    """`summary["documents"]`: both folders, kinds of file, and every check with what is behind what it found."""
    return {
        "sides": {name: _side(one) for name, one in zip(SIDES, done.sides, strict=True)},
        "kinds": [_kind(one) for one in done.kinds],
        "compared": done.compared,
        "same": done.same,
        "checks": [_check(one) for one in done.results],
        "unexplained": done.unexplained,
    }


def _side(one: SideCount) -> Row:
    return {
        "files": one.files,
        "bytes": one.bytes,
        "opened": one.opened,
        "fingerprint": one.fingerprint,
        "index_rows": one.rows,
        "index_rejected": one.rejected,
        "index_lacks": [field.title for field in read_index_fields().fields if field.id not in one.fields],
    }


def _kind(one: KindCount) -> Row:
    figures = (("files", one.files), ("bytes", one.bytes), ("pages", one.pages))
    return {
        "kind": NAMES.get(one.kind or "", "Not recognised"),
        **{
            f"{side}_{what}": count
            for what, counts in figures
            for side, count in zip(SIDES, counts, strict=True)
        },
    }


def _check(one: CheckResult) -> Row:
    check = one.check
    return {
        "check": check.id,
        "title": check.title,
        "why": check.why,
        "action": check.action,
        "severity": check.severity,
        "gate": check.gate,
        "state": one.state,
        "source": one.source,
        "target": one.target,
        "inherited": one.inherited,
        "by_finding": one.by_finding,
        "agreed": one.agreed,
        "unexplained": one.unexplained,
        "patients": one.patients,
    }
