"""Sealed runs and files of agreed differences in a test, small and made up."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from godwit.records.agreed.agreement import Agreement, Approved, Proposed
from godwit.records.duck import Duck
from godwit.records.evidence.seal import exact_json, seal

SEAL = "ab" * 32
RUN = "compare-20261121T093000Z-0123abcd"
TODAY = date(2026, 11, 21)

WHOLE, WORDS = "BIGINT", "VARCHAR"
FINDING = {
    "finding": WHOLE,
    "cause": WORDS,
    "detail": WORDS,
    "entity": WORDS,
    "outcome": WORDS,
    "field": WORDS,
    "scope": WHOLE,
    "source_row": WHOLE,
    "target_row": WHOLE,
    "reason": WORDS,
    "severity": WORDS,
    "source_person": WHOLE,
    "target_person": WHOLE,
}
PATTERN = {"finding": WHOLE, "change": WORDS, "traits": WORDS}
TERM = "observation.code_term.changed"


def change(**changes: Any) -> dict[str, Any]:
    """A kind of finding: changed terms of observations, unless told otherwise."""
    usual = {"entity": "observation", "outcome": "different", "field": "code_term", "reason": "changed", "how": "",
             "severity": "low"}  # fmt: skip
    return usual | changes


def proposed(**changes: Any) -> Proposed:
    """A proposal to accept three changed terms of two patients."""
    said: dict[str, Any] = {
        "did": "proposed", "id": "A1", "by": "Ann Lee", "role": "practice_manager", "day": TODAY,
        "scope": {"systems": ("emis", "tpp"), "changes": (change(),), "cause": TERM},
        "why": "the same concept with a newer term",
        "harm": {"severity": "minor", "likelihood": "low", "hazards": ("H07",), "result": 1},
        "counted": {"run": RUN, "seal": SEAL, "findings": 3, "patients": 2, "risk": "low"},
        "expires": date(2027, 6, 30),
    }  # fmt: skip
    for name, value in changes.items():
        said[name] = {**said[name], **value} if isinstance(value, Mapping) else value
    return Proposed.model_validate(said)


def approved(of: Proposed, **changes: Any) -> Approved:
    """The approval of a proposal by another person in another role."""
    said = {"did": "approved", "id": of.id, "by": "Dr Sam Roe", "role": "lead_gp", "day": of.day,
            "proposal": of.fingerprint}  # fmt: skip
    return Approved.model_validate(said | changes)


def agreement(**changes: Any) -> Agreement:
    """An approved agreement."""
    one = proposed(**changes)
    return Agreement(one, approved(one))


def mark(*values: str | None) -> str:
    """The mark that findings with these values of their traits have."""
    text = json.dumps(values, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def caused(duck: Duck, rows: Iterable[Mapping[str, Any]]) -> None:
    """`finding.caused` and `finding.pattern` with these findings; what a row does not say is as in `proposed`."""
    duck.run("test", "CREATE SCHEMA IF NOT EXISTS finding")
    told = [dict(row) for row in rows]
    patterns = [
        {"finding": n, "change": row.pop("change", ""), "traits": json.dumps(row.pop("traits", {}))}
        for n, row in enumerate(told, 1)
    ]
    duck.load("finding.pattern", PATTERN, patterns)
    usual = {"cause": TERM, "detail": TERM, "entity": "observation", "outcome": "different", "field": "code_term",
             "scope": 1, "reason": "changed", "severity": "low", "source_person": 1, "target_person": 1}  # fmt: skip
    numbered = (
        {**usual, "finding": n, "source_row": n, "target_row": n, **row} for n, row in enumerate(told, 1)
    )
    duck.load("finding.caused", FINDING, numbered)
    duck.run(
        "test",
        """CREATE TABLE finding.outcome AS
           SELECT DISTINCT entity, source_row, target_row, outcome FROM finding.caused WHERE outcome = 'different'
           UNION ALL SELECT 'observation', 99, 99, 'equivalent'""",
    )


def sealed_run(
    folder: Path, causes: Iterable[Mapping[str, Any]], findings: Iterable[Mapping[str, Any]]
) -> Path:
    """A run folder with what an agreement reads of it, sealed."""
    folder.mkdir()
    summary = {
        "source": {"system": "emis"},
        "target": {"system": "tpp"},
        "causes": [dict(one) for one in causes],
    }
    (folder / "summary.json").write_bytes(exact_json(summary).encode())
    names = ("entity", "outcome", "field", "reason", "cause", "change", "severity", "traits", "agreement")
    usual: dict[str, Any] = {"change": "", "severity": "low", "traits": {}, "agreement": None}
    told = ({**usual, **one} for one in findings)
    rows = [[json.dumps(one[name]) if name == "traits" else one[name] for name in names] for one in told]
    with duckdb.connect(":memory:") as engine:
        engine.execute(f"CREATE TABLE f({', '.join(f'{name} VARCHAR' for name in names)})")
        engine.executemany(f"INSERT INTO f VALUES ({', '.join('?' * len(names))})", rows)
        engine.execute(f"COPY f TO '{folder / 'findings.parquet'}' (FORMAT parquet)")
    seal(folder, {"run": RUN, "kind": "compare"}, ("summary.json", "findings.parquet"))
    return folder
