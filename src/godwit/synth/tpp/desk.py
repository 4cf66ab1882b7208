"""What every row of a SystmOne extract of one practice has in common, worked out once."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime

from godwit.synth.cells import quoted
from godwit.synth.model import Code, Item, Patient, Practice, When
from godwit.synth.tpp.columns import COLUMNS
from godwit.synth.tpp.lists import LISTS, mapping_ids, option_ids, vaccines

NONE = '"-1"'
MONTHS = {
    "01": "Jan", "02": "Feb", "03": "Mar", "04": "Apr", "05": "May", "06": "Jun",
    "07": "Jul", "08": "Aug", "09": "Sep", "10": "Oct", "11": "Nov", "12": "Dec",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Desk:
    """Cells are with their quotes. `codes` are the four cells of CTV3 and SNOMED code and term."""

    practice: Practice
    ods: str
    people: dict[int | None, str]
    profiles: dict[int | None, str]
    codes: dict[int, str]
    read: dict[int, tuple[str, str, str]]
    sites: dict[int, str]
    bodies: dict[int, str]
    mapped: dict[str, dict[str, str]]
    options: dict[str, str]
    vaccines: dict[tuple[str, str], int]
    sessions: dict[int, tuple[str, str, str]]


@dataclass(slots=True)
class Page:
    """One patient on the desk: finished lines by file, and what could not be written."""

    desk: Desk
    patient: Patient
    tail: str  # patient, owner, registered at, not removed, end of line
    events: dict[int | None, str]
    rows: defaultdict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    losses: Counter[str] = field(default_factory=Counter)

    def text(self, words: str | None) -> str:
        """A cell of words in the letters that Windows-1252 has; each text with others is counted."""
        if words and not words.isascii():
            fitting = words.encode("cp1252", "replace").decode("cp1252")
            if fitting != words:
                self.losses["tpp_character"] += 1
            return quoted(fitting)
        return quoted(words)

    def add(self, table: str, item: Item | None, cells: dict[str, str]) -> None:
        """A line by the names of its columns, for files that are not long; cells are with their quotes."""
        known = {
            "IDOrganisationVisibleTo": self.desk.ods,
            "IDOrganisation": self.desk.ods,
            "IDOrganisationRegisteredAt": self.desk.ods,
            "IDPatient": f'"{self.patient.id}"',
            "IDReferralIn": NONE,
            "IDEvent": self.events.get(item.consultation, NONE) if item else NONE,
            "RemovedData": '"0"',
        }
        if item:
            self.count(item)
            known |= self.audit(item)
        known |= cells
        self.rows[table].append(",".join([known.get(name, '""') for name in COLUMNS[table]]) + "\r\n")

    def audit(self, item: Item) -> dict[str, str]:
        """The eight cells at the head of most rows, by column."""
        desk = self.desk
        return {
            "RowIdentifier": f'"{item.id}"', "IDOrganisationVisibleTo": desk.ods,
            "DateEventRecorded": f'"{stamp(item.entered)}"', "DateEvent": f'"{moment(item.when)}"',
            "IDProfileEnteredBy": desk.profiles[item.recorder], "IDDoneBy": desk.people[item.clinician],
            "TextualEventDoneBy": '""', "IDOrganisationDoneAt": desk.ods,
        }  # fmt: skip

    def count(self, item: Item) -> None:
        """Count what no file of the extract can say about an entry."""
        losses = self.losses
        if item.when.precision in {"Y", "YM"}:
            losses["tpp_precision"] += 1
        if item.confidential:
            losses["tpp_confidential"] += 1
        if item.problem is not None:
            losses["tpp_problem_link"] += 1

    def words(self, table: str, item: Item) -> None:
        """The text of an entry, in the extract of free texts; its RowIdentifier is not unique there."""
        if not item.text:
            return
        desk = self.desk
        self.rows["SRFreeText"].append(
            f'"{item.id // 2}","{self.patient.id}","-1",{self.events.get(item.consultation, NONE)},"",'
            f'{self.text(item.text)},"{moment(item.when)}","{table}","{item.id}","","-1","",{desk.ods}\r\n'
        )

    def listed(self, group: str, word: str | None) -> str:
        """The row number of a word in a built-in list, or the word itself where the list does not have it."""
        return self.desk.mapped[group].get(word, "") or self.text(word) if word else '""'

    def option(self, word: str | None) -> str:
        """The row number of a word in the practice's own lists, or the word itself."""
        return self.desk.options.get(word, "") or self.text(word) if word else '""'


def make_desk(practice: Practice) -> Desk:
    """The desk for one practice."""
    places = {site.id: site.name for site in practice.sites}
    return Desk(
        practice,
        ods=quoted(practice.organisation.ods),
        people={None: NONE, **{one.id: f'"{one.person}"' for one in practice.staff}},
        profiles={None: NONE, **{one.id: f'"{one.id}"' for one in practice.staff}},
        codes={code.id: _code_cells(code) for code in practice.codes},
        read={
            code.id: (quoted(ctv3_of(code)), quoted(code.snomed or "-1"), quoted(code.term))
            for code in practice.codes
        },
        sites={one.id: f'"{one.id}"' for one in practice.sites},
        bodies={one.id: quoted(one.ods) for one in (practice.organisation, *practice.others)},
        mapped={name: {w: f'"{i}"' for w, i in ids.items()} for name, ids in mapping_ids(LISTS).items()},
        options={word: f'"{number}"' for word, number in option_ids(practice).items()},
        vaccines=vaccines(),
        sessions={
            one.id: (quoted(one.name), quoted(places[one.site]), f'"{next(iter(one.clinicians), -1)}"')
            for one in practice.sessions
        },
    )


def make_page(desk: Desk, patient: Patient) -> Page:
    """The page of one patient; links lead only to what is there."""
    tail = f'"{patient.id}",{desk.ods},{desk.ods},"0"\r\n'
    return Page(desk, patient, tail, {one.id: f'"{one.id}"' for one in patient.consultations})


def ctv3_of(code: Code) -> str:
    """The CTV3 code: for a local code one of the practice's own, which begin with Y."""
    return (code.ctv3 or "") if code.local is None else f"Y{code.id:04x}"


def _code_cells(code: Code) -> str:
    return ",".join(
        map(quoted, (ctv3_of(code), code.term, code.snomed or "-1", code.term if code.snomed else ""))
    )


def stamp(at: datetime) -> str:
    """`05 Mar 2020 09:15:00`."""
    text = at.isoformat()
    return f"{text[8:10]} {MONTHS[text[5:7]]} {text[:4]} {text[11:19]}"


def day(on: date | None) -> str:
    """A day as the extract writes it, at midnight; empty if there is none."""
    if on is None:
        return ""
    text = on.isoformat()
    return f"{text[8:10]} {MONTHS[text[5:7]]} {text[:4]} 00:00:00"


def moment(when: When | None) -> str:
    """A moment as far as it is known: a year or month is padded to its first day, and midnight stands for no time."""
    if when is None or when.at is None or when.precision == "U":
        return ""
    return stamp(when.at) if when.precision == "YMDT" else day(when.at.date())


def truth(true: bool) -> str:
    """A truth value as the extract spells it, in quotes."""
    return '"TRUE"' if true else '"FALSE"'
