"""Lay the documents of both sides beside each other, patient by patient and byte by byte, and count what is wrong."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from godwit.records.document_files.checks import Check, read_checks
from godwit.records.document_files.reading import SIDES, OpenedDocuments, OpenedSide, read_documents
from godwit.records.duck import Duck
from godwit.records.steps import sql_text
from godwit.records.watch import Watch

SQL = Path(__file__).parent / "sql"

State = Literal["passed", "allowed", "explained", "failed", "information"]
"""As of a measure: see `reconcile.results.State`."""

_PAIRS = (
    ("same", "who, sha256", "true"),
    ("moved", "sha256", "true"),
    ("changed", "who, document", "s.alike = 1 AND t.alike = 1"),
    ("changed", "who, name", "s.alike = 1 AND t.alike = 1"),
    ("changed", "who, title, created", "s.alike = 1 AND t.alike = 1"),
)
"""How files of both sides find each other, the surest first: fate, what is the same, and under which condition."""


@dataclass(frozen=True, slots=True)
class SideCount:
    """One side: files, their bytes, how many were opened; lines of its index read and rejected, the fields it has.

    `fingerprint` is one SHA-256 over those of all files, in their order: the same for the same files under any names.
    """

    files: int
    bytes: int
    opened: int
    fingerprint: str
    rows: int
    rejected: int
    fields: frozenset[str]


@dataclass(frozen=True, slots=True)
class KindCount:
    """Files of one kind (None: not recognised): how many, bytes and pages on either side."""

    kind: str | None
    files: tuple[int, int]
    bytes: tuple[int, int]
    pages: tuple[int, int]


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What one check found: on each side (a fate of both sides counts on both), and how much of it is explained how.

    `unexplained`: what nothing but the files tells; must be 0 where the gate is exact.
    """

    check: Check
    source: int = 0
    target: int = 0
    inherited: int = 0
    by_finding: int = 0
    agreed: int = 0
    unexplained: int = 0
    patients: int = 0

    @property
    def state(self) -> State:
        """What the gate says."""
        if not self.source and not self.target:
            return "passed"
        if self.check.gate == "information":
            return "information"
        if self.unexplained:
            return "failed"
        return "explained" if self.by_finding else "allowed"


@dataclass(frozen=True, slots=True)
class DocumentsDone:
    """Everything known of the files of documents on both sides."""

    sides: tuple[SideCount, SideCount]
    kinds: tuple[KindCount, ...]
    compared: int
    same: int
    results: tuple[CheckResult, ...]

    @property
    def unexplained(self) -> int:
        """All that nothing else explains, over all checks: must be 0."""
        return sum(one.unexplained for one in self.results)


def reconcile_documents(duck: Duck, opened: OpenedDocuments, watch: Watch) -> DocumentsDone:
    """Read, open and compare the documents of a comparison that is done and reconciled in `duck`. `MachineRefused`."""
    read_documents(duck, opened, watch)
    with watch.step("compare the documents"):
        _lay_out(duck)
        _pair(duck)
        duck.run("filed.told", f"CREATE TABLE filed.told AS\n{_told(duck)}")
        return _counted(duck, opened.sides)


def _lay_out(duck: Duck) -> None:
    duck.run(
        "filed_path",
        r"CREATE OR REPLACE MACRO filed_path(p) AS lower(regexp_replace(replace(p, '\', '/'), '^[./]+', ''))",
    )
    duck.run("filed_name", "CREATE OR REPLACE MACRO filed_name(p) AS regexp_extract(filed_path(p), '[^/]*$')")
    for name in ("person", "row", "link", "trouble"):
        duck.run(f"filed.{name}", f"CREATE TABLE filed.{name} AS\n{sql_text(SQL, f'{name}.sql')}")
    duck.run(
        "filed.document",
        """CREATE TABLE filed.document AS
        SELECT r.side, r.line, r.who, r.file, f.sha256, lower(r.document) AS document, r.name, lower(r.title) AS title,
               r.created
        FROM filed.row AS r JOIN filed.file AS f ON f.side = r.side AND f.number = r.file
        WHERE r.who IS NOT NULL
        QUALIFY row_number() OVER (PARTITION BY r.side, r.who, r.file ORDER BY r.line) = 1""",
    )


def _pair(duck: Duck) -> None:
    """Make `filed.fate`: every document of both sides once."""
    duck.run("filed.fate", "CREATE TABLE filed.fate (fate VARCHAR, source BIGINT, target BIGINT)")
    for fate, key, only in _PAIRS:
        duck.run(f"filed.fate: {fate}", sql_text(SQL, "pair.sql", fate=fate, key=key, only=only))
    duck.run("filed.fate: left over", sql_text(SQL, "left_over.sql"))


def _told(duck: Duck) -> str:
    there = duck.run(
        "tables",
        "SELECT 1 FROM information_schema.tables WHERE table_schema = 'finding' AND table_name = 'agreed'",
    )
    agreed = "SELECT finding FROM finding.agreed" if there else "SELECT NULL::BIGINT AS finding WHERE false"
    return sql_text(SQL, "told.sql", agreed=agreed)


def _counted(duck: Duck, sides: tuple[OpenedSide, OpenedSide]) -> DocumentsDone:
    [(compared, same)] = duck.run(
        "count fates",
        "SELECT count(*) FILTER (source IS NOT NULL), count(*) FILTER (fate = 'same') FROM filed.fate",
    )
    return DocumentsDone(
        (_side(duck, sides[0]), _side(duck, sides[1])),
        tuple(_kinds(duck)),
        compared,
        same,
        tuple(_results(duck)),
    )


def _side(duck: Duck, side: OpenedSide) -> SideCount:
    [(files, size, opened, fingerprint)] = duck.run(
        "count files",
        """SELECT count(*), coalesce(sum(size), 0)::BIGINT, count(*) FILTER (state <> 'not_tried'),
               sha256(coalesce(string_agg(sha256, '' ORDER BY sha256), ''))
        FROM filed.file WHERE side = ?""",
        [side.side],
    )
    index = side.index
    return SideCount(files, size, opened, fingerprint, len(index.rows), len(index.rejects), index.fields)


def _kinds(duck: Duck) -> Iterator[KindCount]:
    counts = ", ".join(
        f"coalesce({what} FILTER (side = '{side}'), 0)::BIGINT"
        for what in ("count(*)", "sum(size)", "sum(pages)")
        for side in SIDES
    )
    for kind, *found in duck.run(
        "count kinds",
        f"""SELECT CASE WHEN size = 0 THEN 'empty' ELSE kind END AS kind, {counts}
        FROM filed.file GROUP BY ALL ORDER BY count(*) DESC, kind""",
    ):
        yield KindCount(kind, (found[0], found[1]), (found[2], found[3]), (found[4], found[5]))


def _results(duck: Duck) -> Iterator[CheckResult]:
    """Every check with what it found, in the order of the definitions."""
    sql = (SQL / "results.sql").read_text(encoding="utf-8")
    found = {one: counts for one, *counts in duck.run("count checks", sql)}
    for one in read_checks():
        source, target, inherited, by_finding, agreed, in_source, in_target, patients = found.get(
            one.id, [0] * 8
        )
        unexplained = 0
        if one.gate == "exact":
            unexplained = in_target + (in_source if one.in_source == "counts" else 0)
        yield CheckResult(one, source, target, inherited, by_finding, agreed, unexplained, patients)
