"""The part of the report about rounds: what was put right since the last one, what was not, and how many are left."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from godwit.records.evidence.cells import Cell, Noted, Table, rows
from godwit.records.evidence.charts import Bar, Chart, parts
from godwit.records.evidence.tables import severity_tag
from godwit.records.evidence.wording import count, kind_of_record, number

Facts = Mapping[str, Any]

FOUND = {"new": "new", "still": "still there", "regressed": "back again"}
"""States of findings that are there, in words, in the order in which a bar shows them."""

_STANDING = {
    "within": "",
    "near": "One round is left after this one. Tell both suppliers now what has to be right in it.",
    "last": "This is the last round. What is still open after it has to be escalated.",
    "beyond": "More rounds than there may be. Escalate: the national migration agent has to be told (SLA-09).",
}


def rounds_section(summary: Facts) -> Facts | None:
    """What the template reads, from `summary.json`; None where rounds were not counted."""
    found: Facts | None = summary.get("rounds")
    if not found:
        return None
    counts, history = found["counts"], found["history"]
    return {
        "round": found["round"],
        "limit": found["limit"],
        "first": found["previous"] is None,
        "previous": found["previous"],
        "warning": _STANDING[found["standing"]],
        "sentences": tuple(_sentences(found)),
        "counts": counts,
        "chart": _chart(history) if len(history) > 1 else None,
        "table": _table(found["causes"]),
    }


def _sentences(found: Facts) -> Iterator[str]:
    """What must be known before the figures are read."""
    if found["repeat"]:
        yield "The same files as in that run were compared again, so this is no further round."
    elif found["same_source"]:
        yield f"The source is the same extract as in round {found['previous_round']}; the target is new."
    elif found["same_target"]:
        yield f"The target is the same as in round {found['previous_round']}; the source extract is new."
    if found["rules_changed"]:
        yield (
            "Godwit or its rules have changed since that run. What is counted as fixed may be explained by a rule "
            "now, and what is new may only be seen now."
        )
    if found["counts"]["gone"]:
        yield (
            f"Of {count(found['counts']['gone'], 'finding')} it cannot be told whether they were put right, because "
            "the record is no longer in the source. They are not counted as fixed."
        )


def _chart(history: Sequence[Facts]) -> Chart:
    most = max(one["found"] for one in history)
    table = Table(
        "Findings of each round, in figures",
        (
            "Round",
            "Findings",
            *(words.capitalize() for words in FOUND.values()),
            "Fixed since the round before",
        ),
        rows(
            (str(one["round"]), one["found"], *(one[name] for name in FOUND), one["fixed"]) for one in history
        ),
        folded=True,
        printed=False,
    )
    return Chart(
        "Findings of each round",
        "Each bar is all findings of one round.",
        (),
        tuple(_bar(one, most) for one in history),
        table,
    )


def _bar(one: Facts, most: int) -> Bar:
    there = {name: one[name] for name in FOUND}
    figures = ", ".join(f"{number(one[name])} {words}" for name, words in FOUND.items())
    note = f"{count(one['found'], 'finding')}; {number(one['fixed'])} fixed since the round before"
    if one["round"] == 1:
        note = count(one["found"], "finding")
    return Bar(f"Round {one['round']}", note, figures, parts(there, most))


def _table(causes: Sequence[Facts]) -> Table:
    """Causes that are open: first those of which something has changed; those that are all fixed are folded."""
    ordered = sorted(causes, key=lambda one: (_settled(one), _unchanged(one)))
    still_open = sum(not _settled(one) for one in causes)
    return Table(
        "Causes and what became of them since the round before",
        ("Clinical risk", "Cause", "Back again", "Still there", "New", "Fixed", "Cannot be told"),
        rows(_row(one) for one in ordered),
        heading=1,
        shown=still_open,
        most=2_000,
        folded=not still_open,
        printed=False,
    )


def _settled(one: Facts) -> bool:
    """Whether every finding of a cause was fixed."""
    return not any(one[name] for name in ("regressed", "still", "new", "gone"))


def _unchanged(one: Facts) -> bool:
    return not any(one[name] for name in ("regressed", "new", "fixed", "gone"))


def _row(one: Facts) -> tuple[Cell, ...]:
    title = one["title"] or f"{kind_of_record(one['entity'])}: other findings ({one['outcome']})"
    since = f"first found in round {one['first_round']}"
    figures = (one[name] for name in ("regressed", "still", "new", "fixed", "gone"))
    return (severity_tag(one["severity"]), Noted(title, since), *figures)
