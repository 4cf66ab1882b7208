"""`records.html`: the findings themselves, source and target side by side, under their causes.

Zone B. The page holds patient data, so it stays in the run folder, and it says so on every printed sheet.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from godwit.definitions.comparison.risks import read_risks
from godwit.records.evidence import books
from godwit.records.evidence.agreed_tables import day, what_agreed
from godwit.records.evidence.anchors import cause_anchor, finding_anchor
from godwit.records.evidence.cause_sections import AGREEMENT, cause_place, id_to_agree
from godwit.records.evidence.cells import Tag
from godwit.records.evidence.differences import Piece, mark, mark_lines, whole
from godwit.records.evidence.pages import template
from godwit.records.evidence.readable import lines
from godwit.records.evidence.tables import severity_tag
from godwit.records.evidence.wording import place, sentence, system

Facts = Mapping[str, Any]

MOST_ROWS = 200
"""Findings shown under one cause. The rest are counted on the page and stand in findings.parquet."""

CHUNK = 64
"""Pieces of the page put together into one chunk."""


@dataclass(frozen=True, slots=True)
class FindingRow:
    """One row of findings.parquet, with its columns (run folder, version 1).

    `outcome` is different, missing or unexpected; `field` is None unless it is different. A value that a side does
    not have is None, which the page tells apart from an empty text.
    """

    finding: str
    cause: str
    entity: str
    outcome: str
    field: str | None
    severity: str
    patient_key: str | None
    nhs_number: str | None
    source_file: str | None
    source_record: int | None
    source_id: str | None
    target_file: str | None
    target_record: int | None
    target_id: str | None
    source_value: str | None
    target_value: str | None
    reason: str | None
    risk: str | None = None
    detail: str | None = None
    about: str | None = None
    agreement: str | None = None
    change: str | None = None
    traits: str | None = None

    @property
    def anchor(self) -> str:
        """Where the finding stands on the page."""
        return finding_anchor(self.finding)


Pieces = tuple[Piece, ...] | None
"""A value in pieces; None where there is no value."""


@dataclass(frozen=True, slots=True)
class Half:
    """One side of a finding: the value in pieces (None: no value), and where the record stands."""

    pieces: Pieces
    file: str | None
    record: int | None
    id: str | None


@dataclass(frozen=True, slots=True)
class Shown:
    """A finding ready to be drawn."""

    row: FindingRow
    source: Half
    target: Half
    where: str
    """Kind of record and field, where the cause does not say it for all of its findings."""
    risk: str
    """Of which records it is, by the rule of clinical risk; empty where the rule has no words for it."""


@dataclass(slots=True)
class Group:
    """A cause and the first of its findings, in the order in which they came; `came` counts all that did.

    `worked` is the finding that shows the cause best, kept whenever it comes; `id` is for those who agree to it. What
    an agreement no longer covers stands `elsewhere`, under causes of its own.
    """

    cause: str
    title: str
    where: str
    severity: Tag
    meaning: str
    action: str
    total: int
    place: str = ""
    shared: tuple[str, ...] = ()
    hazards: tuple[str, ...] = ()
    id: str = ""
    parts: tuple[Facts, ...] = ()
    patients: int = 0
    example: str | None = None
    came: int = 0
    rows: list[FindingRow] = field(default_factory=list)
    worked: FindingRow | None = None
    elsewhere: bool = False

    def take(self, row: FindingRow) -> None:
        """Keep the row, if there is room."""
        self.came += 1
        if row.finding == self.example:
            self.worked = row
        elif len(self.rows) < MOST_ROWS:
            self.rows.append(row)

    @property
    def anchor(self) -> str:
        """Where the cause stands on the page."""
        return cause_anchor(self.cause)

    @property
    def findings(self) -> int:
        """Findings under the cause: what the summary says, or more where more came."""
        return max(self.total, self.came)

    @property
    def kept(self) -> int:
        """Findings that are on the page."""
        return len(self.rows) + (self.worked is not None)

    @property
    def left_out(self) -> int:
        """Findings that are not on the page."""
        return 0 if self.elsewhere else self.findings - self.kept

    @property
    def best(self) -> Shown | None:
        """The worked example, ready to be drawn."""
        return _shown(self.worked, self.place) if self.worked else None

    @property
    def shown(self) -> Iterator[Shown]:
        """The findings kept, with the differing characters marked; worked out one by one while the page is written."""
        return (_shown(row, self.place) for row in self.rows)


def render_records(
    summary: Facts,
    findings: Iterable[FindingRow],
    *,
    owner: str = "",
    keep_until: str = "",
    shared: Mapping[str, Sequence[str]] = MappingProxyType({}),
) -> Iterator[str]:
    """The page in chunks of HTML, to be written one after the other.

    `findings` is read once, in any order; at most `MOST_ROWS` of each cause are held, and its example. `owner` and
    `keep_until` are for the warning at the top, which says so where they are not given. `shared` is what the findings
    of a cause have in common, with values.
    """
    groups = _grouped(summary, findings, shared)
    page = template("records.html.jinja").stream(
        run=summary["run"],
        sides=[system(summary[name]) for name in books.SIDES],
        groups=groups,
        owner=owner,
        keep_until=keep_until,
    )
    page.enable_buffering(CHUNK)
    yield from page


def _grouped(
    summary: Facts, findings: Iterable[FindingRow], shared: Mapping[str, Sequence[str]]
) -> list[Group]:
    """Groups in order of clinical risk, and last what is agreed. A cause that the summary does not list is shown all
    the same, first."""
    ranked = books.ranked_causes(summary)
    known = {one["cause"]: _group(one, tuple(shared.get(one["cause"], ()))) for one in ranked}
    agreed = {one["agreement"]: _agreed(one) for one in summary.get("agreed") or () if one["use"] == "holds"}
    unknown: dict[str, Group] = {}
    for row in findings:
        group = agreed.get(row.agreement) if row.agreement else known.get(row.cause)
        (group or unknown.setdefault(row.cause, _unlisted(row))).take(row)
    return [*unknown.values(), *known.values(), *agreed.values()]


def _group(one: Facts, shared: tuple[str, ...]) -> Group:
    openly = tuple(sentence(words) for words in one.get("pattern", ()) if "private page" not in words)
    return Group(
        one["cause"],
        one["title"],
        cause_place(one),
        severity_tag(one["severity"]),
        sentence(one["meaning"]),
        sentence(one["action"]),
        one["findings"],
        place=place(one["entity"], one["field"]),
        shared=(*openly, *(sentence(words) for words in shared)),
        hazards=tuple(one.get("hazards", ())),
        id=id_to_agree(one),
        parts=tuple(one.get("parts", ())),
        patients=one["patients"],
        example=None if one.get("example") is None else str(one["example"]),
        elsewhere=one["cause"].startswith(AGREEMENT),
    )


def _agreed(one: Facts) -> Group:
    """The findings that an agreement holds for."""
    what = what_agreed(one)
    how = "" if one["outcome"] == "different" else f", {what.note}"
    return Group(
        f"{AGREEMENT}{one['agreement']}",
        f"Agreed difference {one['agreement']}: {what.text}{how}",
        f"{place(one['entity'], one['field'])} ({one['outcome']})",
        Tag("Agreed", "low"),
        "Two people have accepted these findings.",
        f"Nothing until {day(one['expires'])}, the last day on which it holds.",
        one["findings"],
        place=place(one["entity"], one["field"]),
        patients=one["patients"],
    )


def _unlisted(row: FindingRow) -> Group:
    where = f"{place(row.entity, row.field)} ({row.outcome})"
    meaning = "The summary of this run does not list this cause, so the run contradicts itself."
    action = "Do not rely on this run. Tell whoever supports Godwit for you."
    title, tag = f"Not in the summary: {row.cause}", severity_tag(row.severity)
    return Group(row.cause, title, where, tag, meaning, action, 0, place=place(row.entity, row.field))


def _shown(row: FindingRow, usual: str) -> Shown:
    source, target = _pieces(row)
    where = place(row.entity, row.field)
    rule = read_risks().by_id.get(row.risk or "")
    return Shown(
        row,
        Half(source, row.source_file, row.source_record, row.source_id),
        Half(target, row.target_file, row.target_record, row.target_id),
        "" if where == usual else where,
        rule.title if rule else "",
    )


def _pieces(row: FindingRow) -> tuple[Pieces, Pieces]:
    source, target = row.source_value, row.target_value
    if source is None or target is None:
        return _alone(row, source), _alone(row, target)
    left, right = lines(row.entity, row.field, source), lines(row.entity, row.field, target)
    if left is None or right is None:
        return mark(source, target)
    return mark_lines(left, right)


def _alone(row: FindingRow, value: str | None) -> Pieces:
    if value is None:
        return None
    several = lines(row.entity, row.field, value)
    return whole(value if several is None else "\n".join(several))
