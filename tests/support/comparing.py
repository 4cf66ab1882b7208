"""Run a comparison in a test, up to the books, and hand out what it found as plain Python."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from godwit.records.asked import Asked
from godwit.records.comparing import Compared, compare_deliveries
from godwit.records.duck import Duck
from godwit.records.watch import Watch


class Silent:
    """Progress that shows nothing."""

    def begin(self, title: str, parts: int | None = None) -> None:
        """Nothing."""

    def advance(self) -> None:
        """Nothing."""


@dataclass(frozen=True)
class Finding:
    """What a test wants to know of one finding."""

    entity: str
    outcome: str
    field: str | None
    source_record: int | None
    target_record: int | None
    reason: str


def watch() -> Watch:
    """A watch whose clock stands still and that shows nothing."""
    return Watch(lambda: datetime(2026, 11, 21, 9, 30, tzinfo=UTC), Silent())


@contextmanager
def compared(source: Path, target: Path, work: Path) -> Iterator[Compared]:
    """Both deliveries compared and balanced, the tables still open. `work` must not exist yet."""
    work.mkdir()
    with Duck(work) as duck:
        yield compare_deliveries((source, target), Asked(date(2026, 11, 2)), duck, watch())


def findings(one: Compared) -> list[Finding]:
    """All findings of a comparison."""
    rows = one.duck.run(
        "test",
        """SELECT entity, outcome, field, source_record, target_record, reason
           FROM finding.caused ORDER BY finding""",
    )
    return [Finding(*row) for row in rows]


def findings_of(source: Path, target: Path, work: Path) -> list[Finding]:
    """Compare and return the findings."""
    with compared(source, target, work) as one:
        return findings(one)
