"""Pages about what is looked for: losses of formats, clean-up checks, faults to plant, functions of the SQL."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from docs.generating.format_pages import all_fills
from docs.generating.tables import code, codes, table
from godwit.definitions.guide.roles import read_roles
from godwit.records.bulk.loading import SYSTEMS
from godwit.records.canonical import ENTITIES
from godwit.records.formats import FORMATS
from godwit.records.formats.losses import Example, RecordLoss, ValueLoss, read_losses
from godwit.records.profile.checks import Check, read_checks
from godwit.synth.faults import FAULT_CLASSES

ROOT = Path(__file__).resolve().parents[2]

LOSSES_INTRO = """\
What a format cannot hold, beyond the fields it has no column for ([which](formats.md)). A loss of *values* says how a
field looks once it has been through the format; it is put on both sides before they are compared. A loss of *records*
says which records of the other side have no place. Both are counted in every run. They count only between two
different formats. Every example is a test. [How to read them in a run](../how-to/see-what-is-not-compared.md)."""

CHECKS_INTRO = """\
What `godwit extract profile` looks for in an extract. Findings are ranked by weight of harm × patients:"""

FAULTS_INTRO = """\
What `godwit synth --faults` can plant in a twin, one fault at a time, with an answer key.
[How](../how-to/make-a-practice.md)."""

FUNCTIONS_INTRO = """\
Dates, numbers, codes and fingerprints in SQL go through these functions (`src/godwit/records/prelude.sql`), so that the
same SQL can run on another engine that has them. Every row is a test."""

_HITS = {
    "authorisations": "authorisations of medication",
    "issues": "issues of medication",
}


def losses() -> Iterator[str]:
    """What every format cannot hold, with source and examples."""
    yield from ("# What formats cannot hold", "", LOSSES_INTRO)
    for system in (*SYSTEMS, *FORMATS):
        found = read_losses(system)
        if not (found.values or found.records):
            continue
        yield from ("", f"## {system}")
        for one in found.values:
            yield from _value_loss(one)
        if found.records:
            yield from ("", f"### Records without a place in {system}", "")
            yield from table(
                ("Loss", "What", "Records", "Where", "Against", "Source"),
                (_record_loss(one) for one in found.records),
            )


def _value_loss(loss: ValueLoss) -> Iterator[str]:
    against = f" · against {', '.join(loss.against)} only" if loss.against else ""
    yield from (
        "",
        f"### {loss.title}",
        "",
        f"`{loss.id}` · {codes(loss.fields)}{against}",
        "",
        f"Source: {loss.source}. As: {code(loss.sql)}",
        "",
    )
    yield from table(("Value", "Becomes", "Beside it"), map(_example, loss.examples))


def _example(one: Example) -> tuple[str, str, str]:
    beside = ", ".join(f"{name}: {_said(value)}" for name, value in one.row.items())
    return _said(one.value), _said(one.becomes), beside


def _record_loss(loss: RecordLoss) -> tuple[str, ...]:
    where = "all" if loss.when == "true" else code(loss.when)
    against = ", ".join(loss.against) or "any other"
    return code(loss.id), loss.title, ENTITIES[loss.entity].title, where, against, loss.source


def _said(value: str | None) -> str:
    return "(nothing)" if value is None else f"`{value}`".replace("\n", " ⏎ ")


def clean_up_checks() -> Iterator[str]:
    """Every check of a profile, by group."""
    checks = read_checks()
    weights = ", ".join(f"{harm} {weight}" for harm, weight in checks.weights.items())
    yield from ("# What a profile looks for", "", f"{CHECKS_INTRO} {weights}.")
    yield "A check is left out, and named, where an extract does not tell what it needs."
    yield from ("", "[How to use the list](../how-to/find-what-to-clean.md).")
    roles = {one.slug: one.name for one in read_roles().roles}
    for group, title in checks.groups.items():
        rows = [_check(one, roles) for one in checks.checks if one.group == group]
        if rows:
            yield from ("", f"## {title}", "")
            yield from table(("Check", "Harm", "Why", "Do", "Who", "Tasks", "Told by", "Source"), rows)
    yield from ("", "## What no extract tells", "")
    yield from table(
        ("What", "Instead", "Tasks"),
        ((one.title, one.instead, ", ".join(one.tasks)) for one in checks.not_told),
    )


def _check(one: Check, roles: dict[str, str]) -> tuple[str, ...]:
    told = [system for system in SYSTEMS if one.tellable(all_fills()[system])]
    by = "every bulk extract" if len(told) == len(SYSTEMS) else ", ".join(told) or "none"
    harm = "to know" if one.expected else one.harm
    tasks = ", ".join(one.tasks)
    return (
        f"{one.title} ({code(one.id)})",
        harm,
        one.why,
        one.do,
        roles.get(one.role, one.role),
        tasks,
        by,
        one.source,
    )


def faults() -> Iterator[str]:
    """Every kind of fault that can be planted."""
    yield from ("# Faults that can be planted", "", FAULTS_INTRO, "")
    yield from table(
        ("Fault", "What", "Harm", "Hits"),
        (
            (code(one.id), one.title, one.harm, ", ".join(_HITS.get(hit, hit) for hit in one.hits))
            for one in FAULT_CLASSES.values()
        ),
    )


def sql_functions() -> Iterator[str]:
    """The functions of the SQL by example."""
    spec: dict[str, Any] = yaml.safe_load((ROOT / "tests/spec/prelude.yaml").read_text(encoding="utf-8"))
    yield from ("# Functions of the SQL by example", "", FUNCTIONS_INTRO)
    for name, one in spec.items():
        yield from ("", f"## {one['title']}", "", code(name), "")
        *columns, remark = one["columns"]
        rows = ((*map(_shown, row[:-1]), str(row[-1])) for row in one["rows"])
        yield from table((*columns, remark), rows)


def _shown(value: Any) -> str:
    """A value of a spec row; words that stand for a hash are left as they are."""
    if value is None:
        return "(null)"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return "[" + ", ".join(map(_shown, value)) + "]"
    return f"`{value}`" if str(value).strip() else "(blank)" if value else "(empty)"
