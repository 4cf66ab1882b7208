"""What every row of an EMIS extract of one practice has in common, worked out once: keys and ready-made cells."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from xml.sax.saxutils import escape

from godwit.synth.cells import guids
from godwit.synth.model import Code, Item, Patient, Practice, When

_TYPES = {
    "value": "Value",
    "immunisation": "Immunisation",
    "allergy": "Allergy",
    "family_history": "Family History",
    "referral": "Referral",
    "document": "Document",
    "battery": "Investigation",
    "test": "Test Request",
}


@dataclass(frozen=True, slots=True)
class Desk:
    """Cells are with their quotes. `item` makes the GUID of anything in a record; `end` closes every line."""

    practice: Practice
    item: Callable[[int], str]
    person: Callable[[int], str]
    organisation: str
    staff: dict[int | None, str]
    sites: dict[int, str]
    bodies: dict[int | None, str]
    session: Callable[[int], str]
    slot: Callable[[int], str]
    codes: dict[int, str]
    types: dict[int, str]
    drugs: dict[int, str]
    contacts: dict[str, str]
    end: str


@dataclass(slots=True)
class Page:
    """One patient on the desk: finished lines by file, and what could not be written."""

    patient: Patient
    guid: str
    who: str  # the two cells of patient and organisation
    consultations: dict[int | None, str]
    problems: dict[int | None, str]
    rows: defaultdict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    losses: Counter[str] = field(default_factory=Counter)


def make_desk(practice: Practice, processing: int) -> Desk:
    """The desk for one practice and one processing number."""
    seed = practice.seed
    organisation, site = guids(seed, "organisation"), guids(seed, "site")
    staff = guids(seed, "staff")
    bodies = (practice.organisation, *practice.others)
    return Desk(
        practice,
        item=guids(seed, "item"),
        person=guids(seed, "person"),
        organisation=f'"{organisation(practice.organisation.id)}"',
        staff={None: '""', **{one.id: f'"{staff(one.id)}"' for one in practice.staff}},
        sites={one.id: f'"{site(one.id)}"' for one in practice.sites},
        bodies={None: '""', **{one.id: f'"{organisation(one.id)}"' for one in bodies}},
        session=guids(seed, "session"),
        slot=guids(seed, "slot"),
        codes={code.id: f'"{code_id(code)}"' for code in practice.codes},
        types={code.id: _TYPES.get(code.kind, "Observation") for code in practice.codes},
        drugs={drug.id: f'"{drug_id(drug.id)}"' for drug in practice.drugs},
        contacts={c.term: f'"{code_id(c)}"' for c in practice.codes if c.kind == "consultation"},
        end=f'"{processing}"\r\n',
    )


def make_page(desk: Desk, patient: Patient) -> Page:
    """The page of one patient; links lead only to what is there."""
    item = desk.item
    guid = guids(desk.practice.seed, "patient")(patient.id)
    return Page(
        patient,
        guid,
        f'"{guid}",{desk.organisation}',
        {one.id: f'"{item(one.id)}"' for one in patient.consultations},
        {one.id: f'"{item(entry_of(one.id, one.entry))}"' for one in patient.problems},
    )


def entry_of(problem: int, entry: int) -> int:
    """The item that names a problem: its entry, or the heading itself where no entry was kept."""
    return entry or problem


def code_id(code: Code) -> int:
    """EMIS's own number of a code: often the SNOMED CT description id, else a number of EMIS."""
    return int(code.description) if code.description and code.id % 5 else 6_400_000_000 + code.id


def drug_id(drug: int) -> int:
    """EMIS's own number of a drug."""
    return 910_000_000 + drug * 17


def dated(when: When) -> str:
    """The two cells of a date and its precision: padded to a whole day, and without the time of day."""
    if when.at is None or when.precision == "U":
        return '"","U"'
    return f'"{when.at.isoformat()[:10]}","{when.precision}"'


def entered(desk: Desk, item: Item) -> str:
    """The four cells of who wrote an entry, and when."""
    stamp = item.entered.isoformat()
    return f'"{stamp[:10]}","{stamp[11:19]}",{desk.staff[item.clinician]},{desk.staff[item.recorder]}'


def flag(true: bool) -> str:
    """A truth value as the extract spells it, in quotes."""
    return '"true"' if true else '"false"'


def qualifiers(pairs: dict[str, str | None]) -> str:
    """The cell of qualifiers as XML, with those that are known; empty if none is."""
    known = "".join(
        f"<Qualifier><Name>{name}</Name><Value>{escape(value)}</Value></Qualifier>"
        for name, value in pairs.items()
        if value
    )
    return '"<Qualifiers>' + known.replace('"', '""') + '</Qualifiers>"' if known else '""'
