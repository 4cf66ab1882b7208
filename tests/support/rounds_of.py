"""Rounds of a made-up practice in a test: what its records are and which of them are wrong, and what a round says."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from godwit.records.rounds.comparing_rounds import MEMORY_SQL, Rounds, compare_rounds
from godwit.records.rounds.round import MEMORY, Previous, RoundFacts
from godwit.records.rounds.telling import rounds_row
from tests.support.agreeing import caused
from tests.support.commands import Row, rows_of
from tests.support.staged import put, tables

BEGAN = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
CAUSE = "observation.value.changed"


@dataclass(frozen=True)
class Entry:
    """An entry of the source: its patient (1 and on), the id its system gave it, its code and day."""

    patient: int
    id: str | None
    code: str = "1"
    day: str = "2020-01-01"

    @property
    def fields(self) -> Row:
        """As a canonical row."""
        return {
            "local_id": self.id,
            "person": self.patient,
            "code": f'["snomed|{self.code}"]',
            "effective": self.day,
        }


@dataclass(frozen=True)
class Wrong:
    """A finding: the entry of the source by its place, or of the target (as unexpected) if `extra` says which."""

    entry: int = 0
    field: str | None = "value"
    outcome: str = "different"
    cause: str = CAUSE
    severity: str = "critical"


@dataclass(frozen=True)
class Trial:
    """One comparison: source entries, entries only in the target, findings, and what the files are called."""

    entries: tuple[Entry, ...]
    wrong: tuple[Wrong, ...] = ()
    extra: tuple[Entry, ...] = ()
    patients: tuple[int, ...] = (1, 2, 3)
    source: str = "s1"
    target: str = "t1"
    systems: tuple[str, str] = ("emis", "tpp")
    rules: str = "r1"

    def but(self, **changes: object) -> Trial:
        """The same with something else."""
        return replace(self, **changes)  # type: ignore[arg-type]


@dataclass
class Series:
    """Rounds one after another in a folder; each remembers the one before it."""

    folder: Path
    ran: int = 0
    previous: Previous | None = None
    memory: list[Row] = field(default_factory=list)
    row: Row = field(default_factory=dict)

    def go(self, trial: Trial) -> Rounds:
        """Compare; what is remembered afterwards is in `memory`, what the summary says in `row`."""
        self.ran += 1
        run = self.folder / f"run-{self.ran}"
        run.mkdir(parents=True)
        facts = RoundFacts(
            trial.systems,
            BEGAN + timedelta(days=self.ran),
            (("source", trial.source), ("target", trial.target)),
            trial.rules,
        )
        people = [(number, number) for number in trial.patients]
        earlier = [self.previous.folder] if self.previous else []
        with tables(run, people, ("patient", "observation"), earlier) as duck:
            for side in ("source", "target"):
                facts_of = [{"person": n, "nhs_number": f"900000000{n}"} for n in trial.patients]
                put(duck, side, "patient", *facts_of)
            put(duck, "source", "observation", *(one.fields for one in trial.entries))
            put(duck, "target", "observation", *(one.fields for one in trial.extra))
            caused(duck, (self._finding(trial, one) for one in trial.wrong))
            found = compare_rounds(duck, facts, self.previous)
            duck.write_parquet(MEMORY, MEMORY_SQL)
        self.memory = rows_of(run / MEMORY)
        self.row = rounds_row(found, f"run-{self.ran}", {CAUSE: "Observations: value changed"})
        titles = {one["cause"]: one["title"] for one in self.row["causes"] if one["title"]}
        self.previous = Previous(
            run, f"run-{self.ran}", "ab" * 32, found.round, facts, titles, self.row["history"]
        )
        return found

    @staticmethod
    def _finding(trial: Trial, one: Wrong) -> Row:
        ours = one.outcome != "unexpected"
        entry = (trial.entries if ours else trial.extra)[one.entry]
        return {
            "cause": one.cause, "detail": one.cause, "field": one.field, "outcome": one.outcome,
            "severity": one.severity, "scope": entry.patient,
            "source_row": one.entry + 1 if ours else None, "source_person": entry.patient if ours else None,
            "target_row": None if one.outcome == "missing" else one.entry + 1,
            "target_person": None if one.outcome == "missing" else entry.patient,
        }  # fmt: skip


def states(of: Iterable[Row]) -> list[tuple[str, str | None]]:
    """State and record of everything that is remembered, sorted."""
    return sorted((one["state"], one["record"]) for one in of)
