"""What a summary says of a round: counts, days and our own words; nothing of a patient."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from godwit.definitions.comparison.severities import ORDER
from godwit.records.rounds.comparing_rounds import STATES, CauseRounds, Rounds
from godwit.records.rounds.round import limit, standing

Row = dict[str, Any]

FOUND = ("new", "still", "regressed")
"""States of findings that are there in the round itself."""


def rounds_row(rounds: Rounds, run: str, titles: Mapping[str, str]) -> Row:
    """`rounds` of `summary.json`. `titles` are those of this run's causes, by id.

    A cause that neither this run's summary nor the earlier one's names is told by kind of record and outcome alone.
    """
    previous = rounds.previous
    named = {**(previous.titles if previous else {}), **titles}
    return {
        "round": rounds.round,
        "limit": limit(),
        "standing": standing(rounds.round),
        "previous": previous.run if previous else None,
        "previous_round": previous.round if previous else None,
        "previous_seal": previous.seal if previous else None,
        "repeat": rounds.repeat,
        "same_source": rounds.same_source,
        "same_target": rounds.same_target,
        "rules_changed": rounds.rules_changed,
        "counts": dict(rounds.counts),
        "causes": _causes(rounds, named),
        "history": _history(rounds, run),
    }


def _history(rounds: Rounds, run: str) -> list[Row]:
    """One row a round; a repeat stands in place of the run it repeats."""
    earlier = [
        dict(one)
        for one in (rounds.previous.history if rounds.previous else ())
        if one["round"] < rounds.round
    ]
    found = sum(rounds.counts[state] for state in FOUND)
    return [*earlier, {"round": rounds.round, "run": run, "found": found, **rounds.counts}]


def _causes(rounds: Rounds, titles: Mapping[str, str]) -> list[Row]:
    merged: dict[str, Row] = {}
    for one in rounds.causes:
        key = one.cause if one.cause in titles else f"{one.entity}.{one.outcome}"
        row = merged.setdefault(key, _cause(one, key, titles))
        row["entity"] = one.entity if row["entity"] == one.entity else None
        for state in STATES:
            row[state] += one.counts[state]
        row["first_round"] = min(row["first_round"], one.first_round)
        row["severity"] = min(row["severity"], one.severity, key=ORDER.index)
    return sorted(merged.values(), key=_order)


def _cause(one: CauseRounds, key: str, titles: Mapping[str, str]) -> Row:
    return {
        "cause": key,
        "title": titles.get(one.cause, ""),
        "entity": one.entity,
        "outcome": one.outcome,
        "severity": one.severity,
        **dict.fromkeys(STATES, 0),
        "first_round": one.first_round,
    }


def _order(row: Row) -> tuple[Any, ...]:
    """What has come back first, then by risk, then by how much of it is there."""
    there = sum(row[state] for state in FOUND)
    return (
        not row["regressed"],
        not there,
        ORDER.index(row["severity"]),
        -there,
        -row["fixed"],
        row["cause"],
    )
