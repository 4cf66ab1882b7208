"""The record of one patient as sections of lines, source and target side by side, differences marked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from godwit.records.canonical import ENTITIES
from godwit.records.evidence.differences import Piece, mark, mark_lines, whole
from godwit.records.evidence.readable import lines as lines_of
from godwit.records.evidence.sample.cells import Cell, Fact, cell, text_of, when_field
from godwit.records.evidence.sample.gathering import Note, Pair, Row
from godwit.records.evidence.wording import part_of_record, reason

State = Literal["same", "alike", "agreed", "different", "missing", "unexpected"]

_GRAVEST: tuple[State, ...] = ("missing", "unexpected", "different", "agreed", "alike")

SECTIONS: Mapping[str, str] = {
    "person": "Person",
    "registration": "Registrations",
    "active_problem": "Problems, active",
    "past_problem": "Problems, past",
    "allergy": "Allergies",
    "current_medicine": "Medicines, current",
    "past_medicine": "Medicines, past",
    "journal": "Consultations and entries",
    "result": "Results and measurements",
    "immunisation": "Immunisations",
    "issue": "Medicines issued",
    "referral": "Referrals",
    "recall": "Recalls and diary",
    "document": "Documents",
    "appointment": "Appointments",
}
"""Sections of a record in the order in which it is read."""

_REASONS = {"no_place": "The other system's files have no place for it."}
"""Reasons that are told of a record in other words than of a cause."""

_SECTION_OF = {"patient": "person", "consultation": "journal", "consultation_section": "journal",
               "medication_issue": "issue"}  # fmt: skip


Homes = tuple[str | None, str | None]


@dataclass(frozen=True, slots=True)
class Change:
    """A field that differs, each side in pieces (None: no value), and whether named people have accepted it."""

    title: str
    source: tuple[Piece, ...] | None
    target: tuple[Piece, ...] | None
    state: State = "different"


@dataclass(frozen=True, slots=True)
class Line:
    """One record, or one field of the person. `why` says why a whole record is a finding, or by which rules both sides
    say the same; `agreed` names the agreements that accept something of it."""

    when: str
    state: State
    heading: bool
    source: Cell | None
    target: Cell | None
    changes: tuple[Change, ...] = ()
    why: tuple[str, ...] = ()
    agreed: tuple[str, ...] = ()

    @property
    def masked(self) -> bool:
        """Whether either side marks it confidential, so that neither shows it at once."""
        return any(one is not None and one.masked for one in (self.source, self.target))

    @property
    def repeats(self) -> bool:
        """Whether the target's words, value and text are the source's, so that they need not be told twice."""
        return (
            self.source is not None and self.target is not None and _head(self.source) == _head(self.target)
        )

    @property
    def besides(self) -> Cell | None:
        """The target without what the source has told already."""
        one, two = self.source, self.target
        if one is None or two is None:
            return two
        facts = {name: fact.beyond(one.facts.get(name)) for name, fact in two.facts.items()}
        left = {name: fact for name, fact in facts.items() if fact}
        if two.when != one.when and two.when:
            left = {"when": Fact("dated", two.when, two.when, None), **left}
        return replace(two, facts=left)


@dataclass(frozen=True, slots=True)
class Section:
    """Lines under one title. `clean`: nothing in it differs."""

    name: str
    title: str
    lines: tuple[Line, ...]

    @property
    def clean(self) -> bool:
        """Whether no line is a finding."""
        return all(one.state in ("same", "alike") for one in self.lines)


def sections(pairs: Sequence[Pair], rules: Mapping[str, str]) -> list[Section]:
    """All sections that have a line. `rules`: words of the equivalence rules by id."""
    homes = (_home(one.source for one in pairs), _home(one.target for one in pairs))
    found: dict[str, list[tuple[tuple[str, ...], Line]]] = {name: [] for name in SECTIONS}
    for pair in pairs:
        name = section_of(pair)
        if name == "person":
            found[name] += (((f"{place:03}",), line) for place, line in enumerate(_person(pair, rules)))
        else:
            found[name].append((_order(pair), line_of(pair, rules, homes)))
    return [
        Section(
            name,
            SECTIONS[name],
            tuple(line for _, line in sorted(told, key=lambda one: one[0], reverse=name != "person")),
        )
        for name, told in found.items()
        if told
    ]


def _home(rows: Iterable[Row | None]) -> str | None:
    """The organisation that most records of a side name."""
    named = Counter(row["organisation"] for row in rows if row and "organisation" in row)
    return min(named, key=lambda one: (-named[one], one), default=None)


def counted(found: Iterable[Section]) -> Counter[State]:
    """How many lines there are of each state; the person's fields count as one line."""
    counts: Counter[State] = Counter()
    for one in found:
        states: set[State] = {line.state for line in one.lines}
        if one.name == "person":
            worst: State = next((state for state in _GRAVEST if state in states), "same")
            counts[worst] += 1
        else:
            counts.update(line.state for line in one.lines)
    return counts


def section_of(pair: Pair) -> str:
    """The section a record stands in, by what the source says of it, or the target where the source has none."""
    row = pair.source or pair.target or {}
    match pair.entity:
        case "problem":
            return "active_problem" if row.get("status") == "active" else "past_problem"
        case "medication_authorisation":
            return "current_medicine" if row.get("status") == "active" else "past_medicine"
        case "observation":
            return "result" if "value" in row else "journal"
    return _SECTION_OF.get(pair.entity, pair.entity)


def line_of(pair: Pair, rules: Mapping[str, str], homes: Homes = (None, None)) -> Line:
    """A record as a line. `homes`: the organisation that goes without saying on either side."""
    findings = [note for note in pair.notes if note.finding is not None]
    about = frozenset(note.field for note in findings if note.field)
    source = cell(pair.entity, pair.source, about, homes[0]) if pair.source else None
    target = cell(pair.entity, pair.target, about, homes[1]) if pair.target else None
    found = source or target
    return Line(
        found.when if found else "",
        _state(source, target, findings),
        pair.entity in ("consultation", "consultation_section"),
        source,
        target,
        tuple(_change(pair.entity, note) for note in findings if note.field) if source and target else (),
        tuple(_why(pair.notes, rules, bool(source and target))),
        _agreements(findings),
    )


def _agreements(findings: Iterable[Note]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(note.agreement for note in findings if note.agreement))


def _state(source: Cell | None, target: Cell | None, findings: Sequence[Note]) -> State:
    """How a line stands; what is missing stays missing, agreed or not."""
    if target is None:
        return "missing"
    if source is None:
        return "unexpected"
    if findings:
        return _differs(findings)
    return "same" if _tell_the_same(source, target) else "alike"


def _differs(findings: Iterable[Note]) -> State:
    return "agreed" if all(note.agreement for note in findings) else "different"


def _tell_the_same(one: Cell, two: Cell) -> bool:
    """Whether two cells say nothing that the other denies; a fact that only one system holds is no contradiction."""
    both = one.facts.keys() & two.facts.keys()
    return (
        _head(one) == _head(two)
        and one.masked == two.masked
        and _begins(one.when, two.when)
        and all(one.facts[name].agrees(two.facts[name]) for name in both)
    )


def _head(one: Cell) -> tuple[str, str, str]:
    return one.what, one.value, one.text


def _begins(one: str, two: str) -> bool:
    return one.startswith(two) or two.startswith(one)


def _why(notes: Iterable[Note], rules: Mapping[str, str], both: bool) -> Iterator[str]:
    """For a lone record the reason; for a pair the rules that explain what differs, each once."""
    if both:
        yield from dict.fromkeys(rules.get(note.rule, note.rule) for note in notes if note.rule)
    else:
        yield from dict.fromkeys(_REASONS.get(note.reason or "", reason(note.reason)) for note in notes)


def _change(entity: str, note: Note) -> Change:
    title = part_of_record(entity, note.field)
    one, two = _texts(entity, note.field, note.source), _texts(entity, note.field, note.target)
    if one is not None and two is not None:
        return Change(title, *mark_lines(one, two), state=_differs([note]))
    left, right = (whole("\n".join(told)) if told else None for told in (one, two))
    return Change(title, left, right, _differs([note]))


def _texts(entity: str, field: str | None, value: str | None) -> tuple[str, ...] | None:
    if value is None:
        return None
    return lines_of(entity, field, value) or (value,)


def _person(pair: Pair, rules: Mapping[str, str]) -> Iterator[Line]:
    """The person's own record: one line a field."""
    source, target = pair.source, pair.target
    model = ENTITIES["patient"]
    titles = {field.name: field.title for field in model.fields} | {
        role.name: role.title for role in model.roles
    }
    for name, title in titles.items():
        if name not in (source or {}) and name not in (target or {}):
            continue
        notes = tuple(note for note in pair.notes if note.field == name)
        findings = [note for note in notes if note.finding]
        one, two = _said(source, name), _said(target, name)
        state = _state(one, two, findings)
        if state in ("missing", "unexpected") and source is not None and target is not None:
            state = _differs(findings) if findings else "alike"
        changes: tuple[Change, ...] = ()
        if one and two and findings:
            changes = (Change(title, *mark(one.what, two.what), state=state),)
        why = tuple(_why(notes, rules, bool(source and target)))
        yield Line(title, state, False, one, two, changes, why, _agreements(findings))


def _said(row: Row | None, name: str) -> Cell | None:
    """One field of the person as a cell; None where it is empty."""
    if row is None or name not in row:
        return None
    field = next((one for one in ENTITIES["patient"].fields if one.name == name), None)
    text = text_of("patient", field, row[name]) if field else row[name]
    return Cell("", text, "", "", {})


def _order(pair: Pair) -> tuple[str, ...]:
    """Latest first; on one day the consultation stands before what was entered in it."""
    row = pair.source or pair.target or {}
    day = row.get(when_field(pair.entity), "")
    return (day[:10], "1" if pair.entity == "consultation" else "0", day[10:], str(row.get("row", "")))
