"""Candidate days, paces and the check of the guide as JSON objects."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from godwit.plan.candidates import Candidate
from godwit.plan.checking import CheckedRule
from godwit.plan.paces import Paces

Json = dict[str, Any]


def candidate_json(one: Candidate) -> Json:
    """One day on which to go live, with its reasons."""
    return {
        "day": one.day.isoformat(),
        "score": one.score,
        "pace": one.feasible_pace,
        "for": list(one.reasons_for),
        "against": list(one.reasons_against),
    }


def paces_json(found: Paces) -> Json:
    """All paces and where the days between them go."""
    return {
        "paces": [
            {
                "pace": one.pace,
                "order_on": one.order_on.isoformat(),
                "weeks": one.weeks,
                "earliest_go_live": one.earliest_go_live.isoformat(),
                "feasible": one.feasible,
                "extract_loop_working_days": one.extract_loop,
                "extract_loop_kept": one.loop_kept,
                "rules_broken": list(one.rules_broken),
                "clocks_broken": list(one.clocks_broken),
                "settings": list(one.settings),
                "chain": [link.task for link in one.chain],
            }
            for one in found.lines
        ],
        "steps": [
            {"task": one.task, "name": one.name, "fastest": one.fastest, "comfortable": one.comfortable}
            for one in found.steps
        ],
    }


def checked_json(found: Iterable[CheckedRule]) -> Json:
    """The checks of the guide with their faults."""
    checks = [
        {
            "name": one.name,
            "says": one.says,
            "looked_at": one.looked_at,
            "faults": [
                {"place": fault.place, "rule": fault.rule, "because": fault.because} for fault in one.faults
            ],
        }
        for one in found
    ]
    return {"sound": not any(one["faults"] for one in checks), "checks": checks}
