"""What every reader gives back for one file, and the tools readers share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from godwit.records.formats.mapping import FormatMapping
from godwit.records.model import UNREADABLE, Fate, Issue, Link, Place, Reject, Row, SetAside
from godwit.values import NhsNumber, PartialDate, ValueRefused


@dataclass(slots=True)
class Reading:
    """One file read: the fate of every record, issues, warnings about completeness, and two counts of its records.

    `read` is what the reader met; `witnessed` what a second, simpler count of the same bytes found. They must agree.
    `readable` is false for the one reject that stands for a whole file.
    """

    version: str = ""
    taken_at: str | None = None
    rows: list[Row] = field(default_factory=list)
    set_aside: list[SetAside] = field(default_factory=list)
    rejects: list[Reject] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    aliases: dict[str, str] = field(default_factory=dict)
    read: int = 0
    witnessed: int = 0
    readable: bool = True

    def add(self, fate: Fate) -> None:
        """Book one record under its fate."""
        self.read += 1
        match fate:
            case Row():
                self.rows.append(fate)
            case SetAside():
                self.set_aside.append(fate)
            case Reject():
                self.rejects.append(fate)

    def census(self) -> Counter[tuple[str, str]]:
        """Records by (kind, fate), where fate is converted, set_aside or rejected."""
        counts: Counter[tuple[str, str]] = Counter()
        counts.update((row.place.kind, "converted") for row in self.rows)
        counts.update((one.place.kind, "set_aside") for one in self.set_aside)
        counts.update((one.place.kind, "rejected") for one in self.rejects)
        return counts


@dataclass(frozen=True, slots=True)
class Format:
    """A format Godwit can read: its mapping, how to recognise it, and how to read one file of it.

    `recognise` looks at a few opening bytes and answers yes or no. `read` takes the bytes of one file and its number
    in the delivery; it raises `InputRefused` when the file as a whole cannot be read.
    """

    mapping: FormatMapping
    recognise: Callable[[bytes], bool]
    read: Callable[[bytes, int], Reading]

    @property
    def system(self) -> str:
        """Short name of the format, as in `--system`."""
        return self.mapping.system


def with_nhs_number(row: Row, delivered: str | None) -> tuple[Row, list[Issue]]:
    """The patient row with its NHS number; one that is not an NHS number is kept as delivered and reported."""
    if not delivered:
        return row, [Issue(row.place, row.entity, "nhs_number.absent", "nhs_number")]
    try:
        value, issues = NhsNumber.parse(delivered).text, []
    except ValueRefused as refused:
        value, issues = UNREADABLE + delivered, [Issue(row.place, row.entity, refused.rule, "nhs_number")]
    original = dict(row.original) if value == delivered else {**row.original, "nhs_number": delivered}
    return replace(row, fields={**row.fields, "nhs_number": value}, original=original), issues


def settle_links(reading: Reading) -> None:
    """Point every link at the record that really holds the content, and report links that lead nowhere.

    A link to a folded record becomes a link to the record it was folded into. A link to a record that was set aside
    or rejected stays a link in words; a link to nothing at all is an issue.
    """
    rows = {row.key for row in reading.rows if row.key}
    known = dict.fromkeys((one.key for one in reading.set_aside if one.key), "a record that was set aside")
    known |= dict.fromkeys((one.key for one in reading.rejects if one.key), "a record that could not be read")
    settled = []
    for row in reading.rows:
        links = tuple(dict.fromkeys(_settled(link, reading.aliases, rows, known) for link in row.links))
        dangling = [link for link in links if link.target and link.target not in rows]
        reading.issues += [Issue(row.place, row.entity, "link.dangling", link.role) for link in dangling]
        settled.append(replace(row, links=links))
    reading.rows = settled


def _settled(link: Link, aliases: Mapping[str, str], rows: set[str], known: Mapping[str, str]) -> Link:
    target = aliases.get(link.target or "", link.target)
    if target and target not in rows and target in known:
        return Link(link.role, None, known[target])
    return Link(link.role, target, None if target else link.display)


def note_snapshot(
    reading: Reading, file: int, delivered: str | None, parse: Callable[[str], PartialDate]
) -> None:
    """When the file was made, as an ISO date or time. Kept only where it is one, because it is shown where no value of
    a record may be."""
    if delivered is None:
        return
    try:
        reading.taken_at = parse(delivered).iso()
    except ValueRefused:
        place = Place(file, 0, "file")
        reading.issues.append(Issue(place, "unclassified", "moment.unreadable", "taken_at"))


def report_strangers(reading: Reading) -> None:
    """A record that names a patient who is not in its file is compared with the file's patient, and reported."""
    patients = {row.key for row in reading.rows if row.entity == "patient"}
    for row in reading.rows:
        if row.patient and row.patient not in patients:
            reading.issues.append(Issue(row.place, row.entity, "patient.not_in_file", "subject"))


def report_duplicate_keys(reading: Reading) -> None:
    """Two records of one file under one key: both are kept, links lead to the first, and it is reported."""
    seen: set[str] = set()
    for row in reading.rows:
        if row.key in seen:
            reading.issues.append(Issue(row.place, row.entity, "key.duplicate", "id"))
        elif row.key:
            seen.add(row.key)
