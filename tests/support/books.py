"""The books of a run worked out again from its files, by plain Python and nothing of the project's."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.support.commands import json_of, rows_of

SIDES = ("source", "target")
BOTH = ("identical", "equivalent", "agreed", "different")
BULK = ("emis", "tpp", "vision")
ALONE = {"source": "missing", "target": "unexpected"}


def faults(run: Path) -> list[str]:
    """Every sum of a run that does not come out, in words."""
    return [*_equations(run), *_ledgers(run), *_findings(run), *_files(run)]


def _equations(run: Path) -> Iterator[str]:
    for name, one in json_of(run / "summary.json")["entities"].items():
        for side in SIDES:
            count = one[side]
            if count["read"] != count["rejected"] + count["set_aside"] + count["converted"]:
                yield f"{name}: {side}: read"
            if count["converted"] != sum(one[outcome] for outcome in BOTH) + one[ALONE[side]]:
                yield f"{name}: {side}: converted"


def _ledgers(run: Path) -> Iterator[str]:
    """The parquet files hold as many rows as the summary says, by entity and by file."""
    summary, manifest = json_of(run / "summary.json"), json_of(run / "manifest.json")
    for file, bucket in (("rejects.parquet", "rejected"), ("set_aside.parquet", "set_aside")):
        rows = rows_of(run / file)
        held = Counter((row["side"], row["entity"]) for row in rows)
        said = Counter({
            (side, name): one[side][bucket] for name, one in summary["entities"].items() for side in SIDES
        })  # fmt: skip
        if held != +said:
            yield f"{file}: by entity"
        if sorted(Counter((row["side"], row["file"]) for row in rows).values()) != sorted(
            one[bucket] for one in summary["files"] if one[bucket]
        ):
            yield f"{file}: by file"
        if sum(one["records"] for one in summary[bucket]) != len(rows):
            yield f"{file}: by reason"
    if len(rows_of(run / "issues.parquet")) != sum(
        one["count"] for one in summary["issues"] if one["side"] != "both"
    ):
        yield "issues.parquet"
    if [one["records"] for one in manifest["inputs"]] != [one["read"] for one in summary["files"]]:
        yield "manifest.json: records"


def _findings(run: Path) -> Iterator[str]:
    """Findings come to what the summary says of every entity, and of every cause."""
    summary, rows = json_of(run / "summary.json"), rows_of(run / "findings.parquet")
    for name, one in summary["entities"].items():
        mine = [row for row in rows if row["entity"] == name]
        for outcome in ALONE.values():
            if sum(row["outcome"] == outcome for row in mine) != one[outcome]:
                yield f"findings: {name}: {outcome}"
        different = {
            (
                row["source_file"],
                row["source_record"],
                row["source_id"],
                row["target_file"],
                row["target_record"],
            )
            for row in mine
            if row["outcome"] == "different"
        }
        if bool(different) != bool(one["different"]) or len(different) > one["different"]:
            yield f"findings: {name}: different"
    if Counter(row["cause"] for row in rows) != {one["cause"]: one["findings"] for one in summary["causes"]}:
        yield "findings: causes"
    if sorted(row["finding"] for row in rows) != list(range(1, len(rows) + 1)):
        yield "findings: numbers"


def _files(run: Path) -> Iterator[str]:
    """Per file and in all: read = rejected + set aside + converted. One record of a bulk extract may make more than
    one row (a patient and a registration), so entities may hold more than files."""
    summary = json_of(run / "summary.json")
    for one in summary["files"]:
        if one["read"] != one["rejected"] + one["set_aside"] + one["converted"]:
            yield f"file of the {one['side']}"
    for side in SIDES:
        for bucket in ("read", "rejected", "set_aside", "converted"):
            files = sum(one[bucket] for one in summary["files"] if one["side"] == side)
            entities = sum(one[side][bucket] for one in summary["entities"].values())
            census = sum(one[bucket] for one in summary["census"] if one["side"] == side)
            if bucket in ("read", "converted") and summary[side]["system"] in BULK:
                entities -= _further(summary, side)
            if not files == entities == census:
                yield f"{side}: {bucket}: {files} by file, {entities} by entity, {census} by kind"


def _further(summary: dict[str, Any], side: str) -> int:
    """Rows made beside the one that is the record itself; never fewer than none."""
    rows = sum(one[side]["converted"] for one in summary["entities"].values())
    return max(0, rows - sum(one["converted"] for one in summary["files"] if one["side"] == side))
