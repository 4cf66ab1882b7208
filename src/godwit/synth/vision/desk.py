"""What every row of a Vision extract of one practice has in common, worked out once, and how a cell is written."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from godwit.synth.model import Code, Drug, Item, Patient, Practice, Staff, When

NO_TIME = "9999"


@dataclass(frozen=True, slots=True)
class Desk:
    """Finished cells: `codes` CODE to BNF_CODE, `drugs` that, form to dm+d and name, `staff` HCP and HCP_TYPE."""

    practice: Practice
    service: str
    staff: dict[int | None, str]
    codes: dict[int, str]
    rubrics: dict[int, str]
    drugs: dict[int, tuple[str, str, str]]


@dataclass(slots=True)
class Page:
    """One patient on the desk: finished lines by file, and what could not be written."""

    desk: Desk
    patient: Patient
    consultations: set[int | None]
    problems: dict[int | None, int]
    rows: defaultdict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    losses: Counter[str] = field(default_factory=Counter)


class Entry(NamedTuple):
    """What a journal row says beyond who, when and where it belongs; all are finished cells or runs of cells."""

    subset: str
    code: str
    rubric: str
    text: str = ""
    episode: str = ""
    drug: str = ",,,"
    vaccine: str = ",,,,,,"
    value: str = ",,"
    ends: str = ""
    certainty: str = ""
    severity: str = ""
    document: str = ""


def make_desk(practice: Practice) -> Desk:
    """The desk for one practice."""
    return Desk(
        practice,
        str(practice.organisation.id),
        {None: ",", **{one.id: f"{one.id},{hcp_type(one)}" for one in practice.staff}},
        {code.id: f"{cell(code_of(code))},{code.snomed or ''}," for code in practice.codes},
        {code.id: cell(code.term) for code in practice.codes},
        {drug.id: _drug(drug) for drug in practice.drugs},
    )


def make_page(desk: Desk, patient: Patient) -> Page:
    """The page of one patient; links lead only to what is there."""
    problems: dict[int | None, int] = {}
    for one in patient.problems:
        taken = one.entry in problems.values()
        problems[one.id] = one.id if taken or not one.entry else one.entry
    return Page(desk, patient, {one.id for one in patient.consultations}, problems)


def hcp_type(staff: Staff) -> str:
    """The letter of a kind of professional: A doctor, B nurse, C anybody else."""
    role = staff.role.lower()
    if "nurse" in role:
        return "B"
    return "A" if ("medical" in role and "secretary" not in role) or "gp" in role else "C"


def code_of(code: Code) -> str:
    """A Read code of seven characters, five and two of the term; else one of the practice, which is no Read code."""
    return f"{code.read2}00" if code.read2 else f"#{code.id:04}"


def _drug(drug: Drug) -> tuple[str, str, str]:
    about = f"{cell(drug.form)},{cell(drug.strength)},,{drug.dmd or ''}"
    return f"{drug.multilex:08},,{cell(drug.bnf)}", about, cell(drug.name)


def cell(text: str | None) -> str:
    """A cell, in quotes only where it needs them."""
    if not text:
        return ""
    if '"' in text or "," in text or "\n" in text or "\r" in text:
        return '"' + text.replace('"', '""') + '"'
    return text


def day(on: date | None) -> str:
    """`20200305`; empty if there is none."""
    return on.isoformat()[:10].replace("-", "") if on else ""


def moment(when: When | None) -> tuple[str, str]:
    """Day and time; a year or month alone is padded to its first day, and an unknown time is 9999."""
    if when is None or when.at is None or when.precision == "U":
        return "", NO_TIME
    text = when.at.isoformat()
    clock = text[11:13] + text[14:16] if when.precision == "YMDT" else NO_TIME
    return text[:4] + text[5:7] + text[8:10], clock


def links(page: Page, item: Item) -> str:
    """The encounter and the problem an entry belongs to."""
    encounter = f"E{item.consultation}" if item.consultation in page.consultations else ""
    problem = page.problems.get(item.problem)
    if problem is None or problem == item.id:
        return encounter
    return f"{encounter}|{problem}" if encounter else str(problem)


def journal(page: Page, item: Item, when: tuple[str, str], entry: Entry) -> None:
    """One line of the journal."""
    desk = page.desk
    page.rows["journal"].append(
        f"{page.patient.id},{item.id},{when[0]},{day(item.entered)},{entry.code},{desk.staff[item.clinician]},,"
        f"{entry.episode},{entry.text},{entry.rubric},{entry.drug},{entry.vaccine},,{entry.value},,,,{entry.ends},"
        f"{when[1]},A,{entry.certainty},{entry.severity},{links(page, item)},,{desk.service},A,{entry.subset},"
        f"{entry.document}\r\n"
    )
    count(page, item)


def count(page: Page, item: Item) -> None:
    """Count what no file of the extract can say about an entry."""
    losses = page.losses
    losses["vision_entered_time"] += 1
    if item.when.precision in {"Y", "YM"}:
        losses["vision_precision"] += 1
    if item.confidential:
        losses["vision_confidential"] += 1
    if item.recorder is not None and item.recorder != item.clinician:
        losses["vision_recorder"] += 1
