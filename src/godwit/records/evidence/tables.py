"""The tables of the report, each made from one part of the summary or the manifest."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import Any

from godwit.records.canonical import EXTRAS
from godwit.records.evidence import books
from godwit.records.evidence.cells import Cell, Fingerprint, Listed, Table, Tag, rows
from godwit.records.evidence.wording import (
    count,
    duration,
    first_capital,
    kind_of_record,
    part_of_record,
    place,
    side,
    size,
)

Facts = Mapping[str, Any]

_ON_PAPER = 10
"""Lines that are printed of a long table whose first lines say most."""


def severity_tag(severity: str) -> Tag:
    """Critical, High, Medium or Low in a box."""
    return Tag(severity.capitalize(), severity)


def _yes(answer: bool) -> Cell:
    return "Yes" if answer else Tag("No", "critical")


def equations(summary: Facts) -> tuple[Table, ...]:
    """Both equations of each side, a line for each kind of record: what was read, and what became of it."""
    return tuple(_equations(summary, name) for name in books.SIDES)


def _equations(summary: Facts, name: str) -> Table:
    """The sums of one side without those of noughts only, folded where every line adds up."""
    both = zip(books.reading(summary, name), books.comparing(summary, name), strict=True)
    lines = [(read, became) for read, became in both if not (read.is_zero and became.is_zero)]
    right = [read.adds_up and became.adds_up for read, became in lines]
    outcomes = (
        f"{'+' if place else '='} {one.capitalize()}" for place, one in enumerate(books.COMPARING[name])
    )
    return Table(
        f"{name.capitalize()}: what was read, and what became of it",
        ("Kind of record", "Read", "= Unreadable", "+ Set aside", "+ Converted", *outcomes, "Adds up"),
        rows(
            (kind_of_record(read.entity), read.total, *read.parts, *became.parts, _yes(adds_up))
            for (read, became), adds_up in zip(lines, right, strict=True)
        ),
        wide=True,
        folded=all(right),
    )


def _reasons(caption: str, column: str, found: Iterable[Facts]) -> Table:
    ordered = sorted(found, key=lambda one: (-one["records"], one["side"], one["entity"], one["title"]))
    return Table(
        caption,
        (column, "Kind of record", "Side", "Records"),
        rows(
            (first_capital(one["title"]), kind_of_record(one["entity"]), side(one["side"]), one["records"])
            for one in ordered
        ),
        on_paper=_ON_PAPER,
    )


def set_aside(summary: Facts) -> Table:
    """Records read but not compared on their own, by reason."""
    return _reasons("Records set aside, by reason", "Reason", summary["set_aside"])


def rejected(summary: Facts) -> Table:
    """Records that could not be read, by the rule they broke."""
    return _reasons("Records that could not be read, by reason", "Reason", summary["rejected"])


def issues(summary: Facts) -> Table:
    """Oddities in records that were converted all the same."""
    found = [*summary["issues"], *summary["patients"].get("lacking", ())]
    ordered = sorted(found, key=lambda one: (-one["count"], one["side"], one["title"]))
    return Table(
        "Oddities noticed in records that were compared",
        ("What was noticed", "Side", "Times"),
        rows((first_capital(one["title"]), side(one["side"]), one["count"]) for one in ordered),
        on_paper=_ON_PAPER,
    )


def equivalences(summary: Facts) -> Table:
    """Rules that explained harmless differences, with how often and where each was used."""
    by_rule = sorted(summary["equivalences"], key=lambda one: str(one["rule"]))
    grouped = [list(uses) for _, uses in groupby(by_rule, key=lambda one: one["rule"])]
    used = sorted(grouped, key=lambda uses: -_times(uses))
    return Table(
        "Rules that explained a difference as harmless",
        ("Rule", "Why it is safe: where the rule comes from", "Used where", "Times used"),
        rows((uses[0]["title"], uses[0]["source"], _uses(uses), _times(uses)) for uses in used),
        wide=True,
        on_paper=_ON_PAPER,
    )


def losses(summary: Facts) -> Table:
    """What the two formats cannot hold, with how often it explained a difference or a record without a counterpart."""
    by_loss = sorted(summary.get("losses", ()), key=lambda one: str(one["loss"]))
    grouped = [list(uses) for _, uses in groupby(by_loss, key=lambda one: one["loss"])]
    ordered = sorted(grouped, key=lambda uses: -sum(one["records"] for one in uses))
    return Table(
        "What a format cannot hold",
        ("What is lost", "Where this is known from", "In which records", "Records"),
        rows(
            (uses[0]["title"], uses[0]["source"], _lost_where(uses), sum(one["records"] for one in uses))
            for uses in ordered
        ),
        wide=True,
        on_paper=_ON_PAPER,
    )


def _lost_where(uses: Iterable[Facts]) -> Listed:
    ordered = sorted(uses, key=lambda one: -one["records"])
    return Listed(
        tuple(
            f"{place(one['entity'], one['field']) if one['field'] else kind_of_record(one['entity'])}: "
            f"{count(one['records'], 'record')}"
            for one in ordered
        )
    )


def _times(uses: Iterable[Facts]) -> int:
    return sum(one["times"] for one in uses)


def _uses(uses: Iterable[Facts]) -> Listed:
    ordered = sorted(uses, key=lambda one: -one["times"])
    return Listed(
        tuple(f"{place(one['entity'], one['field'])}: {count(one['times'], 'time')}" for one in ordered)
    )


def not_compared(summary: Facts) -> tuple[Table, ...]:
    """What was left out of the comparison: a table for each reason, with a line for each kind of record."""
    fields: dict[str, dict[str, list[str]]] = {}
    others: dict[str, list[str]] = {}
    for one in summary["not_compared"]:
        what, why = _left_out(one["entity"], one["field"], one["title"])
        if one["field"] == EXTRAS:
            others.setdefault(why, []).append(kind_of_record(one["entity"]))
        else:
            fields.setdefault(why, {}).setdefault(kind_of_record(one["entity"]), []).append(what)
    for why, kinds in others.items():
        fields.setdefault(why, {})[", ".join(kinds)] = ["other information"]
    return tuple(
        Table(
            f"Left out: {why}",
            ("Kind of record", "What"),
            rows((kind, ", ".join(what)) for kind, what in kinds.items()),
        )
        for why, kinds in fields.items()
    )


def _left_out(entity: str | None, field: str | None, title: str) -> tuple[str, str]:
    """What was left out, with how often, and why; a title that begins with the name of the field does not say it
    twice."""
    what = part_of_record(entity, field) or "the whole record"
    why, _, held = title.removeprefix(f"{what}: ").partition(" (")
    return f"{what} ({held}" if held else what, why


def pairing(summary: Facts) -> Table:
    """How source and target records were recognised as the same record, in the order in which it was tried."""
    order = {name: rank for rank, name in enumerate(books.in_order(summary["entities"]))}
    ordered = sorted(summary["pairing"], key=lambda one: order.get(one["entity"], len(order)))
    return Table(
        "How records were recognised on both sides",
        ("Kind of record", "Recognised by", "Pairs"),
        rows((kind_of_record(one["entity"]), one["title"], one["pairs"]) for one in ordered),
        folded=True,
        printed=False,
    )


def files(summary: Facts) -> Table:
    """What each file held; files with something unreadable or set aside first."""
    ordered = sorted(
        summary["files"], key=lambda one: (-one["rejected"], -one["set_aside"], one["side"], one["name"])
    )
    return Table(
        "Files, with what could not be read first",
        ("File", "Side", "System", "Read", "= Unreadable", "+ Set aside", "+ Converted", "Adds up"),
        rows(_file(one) for one in ordered),
        shown=20,
        most=200,
        folded=not any(one["rejected"] for one in ordered),
        printed=False,
    )


def _file(one: Facts) -> tuple[Cell, ...]:
    buckets = tuple(one[bucket] for bucket in books.READING)
    return (
        one["name"],
        side(one["side"]),
        one["system"] or "not recognised",
        one["read"],
        *buckets,
        _yes(one["read"] == sum(buckets)),
    )


def inputs(manifest: Facts) -> Table:
    """The files as they were delivered, with their fingerprints."""
    return Table(
        "Files as delivered, with their fingerprints",
        ("File", "Side", "Size", "Fingerprint (SHA-256)"),
        rows(
            (one["name"], side(one["side"]), size(one["bytes"]), Fingerprint(one["sha256"]))
            for one in manifest["inputs"]
        ),
        most=200,
        folded=True,
        printed=False,
    )


def definitions(manifest: Facts) -> Table:
    """The rules in force, with their editions and fingerprints."""
    return Table(
        "Rules in force for this run",
        ("Rules", "Edition", "Fingerprint (SHA-256)"),
        rows(
            (one["name"], str(one["edition"]), Fingerprint(one["sha256"])) for one in manifest["definitions"]
        ),
        folded=True,
        printed=False,
    )


def timings(summary: Facts) -> Table:
    """How long each step took."""
    return Table(
        "How long each step took",
        ("Step", "Time"),
        rows(
            (step.replace("_", " ").capitalize(), duration(seconds))
            for step, seconds in summary["timings"].items()
        ),
        folded=True,
        printed=False,
    )
