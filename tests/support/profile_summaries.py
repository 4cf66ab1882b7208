"""Summaries of made-up profiles: one in which every check found something, one in which none did."""

from __future__ import annotations

from typing import Any

from godwit.definitions.guide.roles import read_roles
from godwit.records.profile.checks import Check, read_checks
from godwit.records.profile.summary import tasks

Facts = dict[str, Any]
_RUN = "profile-20260201T120000Z-0a1b2c3d"


def manifest() -> Facts:
    """The manifest of such a run."""
    digest = "0123456789abcdef" * 4
    return {
        "run": _RUN,
        "kind": "profile",
        "godwit_version": "1.0",
        "ended_at": "2026-02-01T12:30:00+00:00",
        "inputs": [
            {
                "side": "extract",
                "name": f"file-{one:05d}.csv (Admin_Patient)",
                "bytes": 10**one,
                "sha256": digest,
            }
            for one in range(1, 9)
        ],
        "definitions": [
            {"name": "profile/checks.yaml", "edition": "2026-11", "sha256": digest},
            {"name": "profile/local_codes.sql", "edition": "2026-11", "sha256": digest},
        ],
    }


def empty() -> Facts:
    """An extract in which there is nothing, and nothing to put right."""
    definition = read_checks()
    return {
        "run": _RUN,
        "kind": "profile",
        "system": "emis",
        "format": "EMIS Web bulk extract",
        "versions": [],
        "taken_at": None,
        "day": "2026-01-31",
        "files": 0,
        "bytes": 0,
        "records": 0,
        "warnings": [],
        "patients": {"all": 0, "active": 0, "left": 0, "dead": 0},
        "registrations": [],
        "ages": [{"band": "0 to 4", "female": 0, "male": 0, "other": 0}],
        "kinds": [],
        "tables": [],
        "codes": {"codes": 0, "records": 0, "patients": 0, "top": []},
        "checks": [],
        "clean": [{"check": one.id, "title": one.title} for one in definition.checks],
        "untellable": [],
        "not_told": [
            {"title": one.title, "instead": one.instead, "tasks": tasks(one.tasks)} for one in definition.not_told
        ],
        "links": [],
        "timings": {},
    }  # fmt: skip


def crowded() -> Facts:
    """A large practice in which every check found something."""
    definition = read_checks()
    ordered = sorted(definition.checks, key=lambda one: (one.expected, -definition.weights[one.harm]))
    top = [{"code": f"snomed|{44054006 + one}", "term": f"Finding {one}", "records": 90_000 // one,
            "patients": 9_000 // one} for one in range(1, 26)]  # fmt: skip
    return {
        **empty(),
        "versions": ["8.2"],
        "taken_at": "2026-01-31T01:00:00",
        "files": 21,
        "bytes": 4_700_000_000,
        "records": 38_123_456,
        "warnings": ["a column that the supplier's layout does not have; taken along: Admin_Patient Extra"],
        "patients": {"all": 34_964, "active": 13_012, "left": 19_001, "dead": 2_951},
        "registrations": [{"kind": "regular", "status": "active", "patients": 13_012}],
        "ages": [
            {"band": f"{5 * one} to {5 * one + 4}", "female": 900 - 40 * one, "male": 880 - 42 * one, "other": one % 2}
            for one in range(19)
        ],
        "kinds": [
            {"entity": "observation", "title": "Observations and results", "records": 19_274_940, "patients": 34_900,
             "first": "1931", "last": "2026-01"},
            {"entity": "practitioner", "title": "Staff", "records": 270, "patients": 0, "first": None, "last": None},
        ],
        "tables": [
            {"table": "CareRecord_Observation", "title": "Coded entries", "files": 1, "rows": 19_300_000, "rejected": 3,
             "set_aside": 25_057, "converted": 19_274_940},
        ],
        "codes": {"codes": 412, "records": 81_234, "patients": 9_876, "top": top},
        "checks": [_found(rank, one) for rank, one in enumerate(ordered, start=1)],
        "clean": [],
        "untellable": [{"check": "repeats_past_review", "title": "Repeats whose review date has passed"}],
        "links": [
            {"rule": "link.dangling", "title": "a link that leads nowhere", "table": "Appointment_Slot",
             "about": "PatientGuid to Admin_Patient", "count": 12_345, "expected": "patients who left"},
        ],
        "timings": {"read the extract": 61.5, "look for what to put right": 20.1},
    }  # fmt: skip


def _found(rank: int, check: Check) -> Facts:
    definition = read_checks()
    patients = 0 if check.id == "staff_left" else 13_012 // rank
    return {
        "rank": rank, "check": check.id, "title": check.title, "group": definition.groups[check.group],
        "why": check.why, "do": check.do, "if_left": check.if_left, "harm": check.harm, "role": check.role,
        "role_name": read_roles().of(check.role).name, "tasks": tasks(check.tasks), "expected": check.expected,
        "records": 3 * patients + 1, "patients": patients, "registered": patients // 2, "share": 0.1,
        "score": definition.weights[check.harm] * patients, "source": check.source,
    }  # fmt: skip
