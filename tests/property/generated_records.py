"""Made-up practices of canonical rows, and copies of them that went wrong in every way we could think of.

Values come from small pools on purpose: only so do duplicates, near duplicates, shared keys and ties turn up in an
example of twenty rows. NHS numbers are from the range that is never issued (999).
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from uuid import UUID

from hypothesis import strategies as st

from godwit.records.canonical import ENTITIES, Entity, Field, Kind
from godwit.records.model import Link, Place, Row
from godwit.values import NhsNumber
from tests.property.plain_comparator import Fills

PLACED = [name for name, entity in ENTITIES.items() if entity.fields and name != "patient"]
"""Every kind of record that a row can be, but for the patient."""

FULL: Fills = {
    name: frozenset({*entity.field_names, *entity.role_names}) for name, entity in ENTITIES.items()
}
"""A format that has a place for everything."""


def numbers_nobody_has(count: int) -> list[str]:
    """NHS numbers of the test range with the right check digit."""
    stems = (f"999{stem:06d}" for stem in range(1, 3 * count + 10))
    digits = ((stem, NhsNumber.check_digit_for(stem)) for stem in stems)
    return [f"{stem}{digit}" for stem, digit in digits if digit is not None][:count]


UNUSED = numbers_nobody_has(150)
"""A number for each of 150 made-up people."""

# ------------------------------------------------------------------------------------------------ values

ODD_TEXT = [
    " ", "x", "X", "x ", "two\nlines", "two \nlines\n", "cr\r\nlf", "tab\there", "a|b", "t1:n|n", "null", "NULL", "{}",
    '{"a": [1, "b"]}', '["snomed|22298006"]', '"quoted"', "'", "''; --", "\\", "\\n", "%s {0} {row}", "1e3", "0",
    "\u200b", "\ufeff", "\u2028", "\u0001", "\U0001f926\U0001f3fc\u200d\u2642\ufe0f", "e\u0301", "\u00e9",
    "\u05e9\u05dc\u05d5\u05dd \u202eabc", "Priority: soon\nx", "Subject: Mother", "Gout", "kg", "kilogram",
    "y" * 20_000, "y" * 19_999 + "z",
]  # fmt: skip
MOMENTS = [
    "2020", "2020-02", "2020-02-01", "2020-02-29", "2020-02-01T08Z", "2020-02-01T08:30Z", "2020-02-01T08:30:00Z",
    "2020-02-01T08:30:10Z", "2020-02-01T08:30:10.5Z", "2020-02-01T08:30:10.25Z", "2020-07-01T08+01:00",
    "2020-07-01T08:30+01:00", "2020-07-01T08:30:59+01:00", "2020-10-25T01:30", "2020-10-25T01:30:00Z",
    "2020-10-25T01:30:00+01:00", "1999-12-31", "unreadable:31 February",
    "unreadable:\u05d0\u05d1\u05d2\U0001f926 about 2020-02",
]  # fmt: skip
NUMBERS = ["0", "1", "10", "72.5", "-0.5", "unreadable:<5"]
CHOICES = [
    "active",
    "past",
    "acute",
    "repeat",
    "person",
    "place",
    "unspecified",
    "minor",
    "unreadable:sometimes",
]
CODES = [
    "snomed|22298006",
    "snomed|196461000000101",
    "snomed|196411000000103",
    "snomed|196471000000108",
    "snomed|196431000000106",
    "read2|G30..",
    'emis|\u00c5"',
    "null_flavour|UNK",
]
TERMS = ["Gout", "Heart attack", "Mother", 'a "quoted" term', ""]
QUALIFIERS = [
    '[{"name":[{"@code":"255217005","@displayName":"First"}]}]',
    '[{"name":[{"@code":"1","@displayName":"New","originalText":[{"#text":"n"}]}]}]',
    "[]",
]
STRUCTURES = [
    '["2.16|1","b|2"]',
    '[{"use":"home","line":["1 High St"]}]',
    '[{"use":"home"}]',
    "[null]",
    *QUALIFIERS,
]


def _listed(pool: Sequence[str]) -> st.SearchStrategy[str]:
    lists = st.lists(st.sampled_from(pool), min_size=1, max_size=2, unique=True)
    return lists.map(lambda one: json.dumps(sorted(one), ensure_ascii=False, separators=(",", ":")))


# A text has no NUL and no half of a character: the readers refuse both.
ANY_TEXT = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), min_size=1, max_size=12)
VALUES: Mapping[Kind, st.SearchStrategy[str]] = {
    Kind.TEXT: st.sampled_from(ODD_TEXT) | ANY_TEXT,
    Kind.MOMENT: st.sampled_from(MOMENTS),
    Kind.NUMBER: st.sampled_from(NUMBERS),
    Kind.CHOICE: st.sampled_from(CHOICES),
    Kind.FLAG: st.sampled_from(["true", "false"]),
    Kind.CODES: _listed(CODES),
    Kind.TERMS: _listed(TERMS),
    Kind.STRUCTURE: st.sampled_from(STRUCTURES),
}


SPECIAL = {
    "nhs_number": [*numbers_nobody_has(4), "unreadable:none"],
    "qualifiers": QUALIFIERS,
    "unit": ["kg", "kilogram", "mL", "milliliter", "KG"],
    "family": ["Wader", "wader", "Wader "],
    "given": ["Ann", "Bob", "\u05d0\u05e0\u05d4"],
    "name": ["Marsh Surgery", "MARSH SURGERY", "Fen Surgery"],
}
"""Fields of which few values are enough."""


def value_of(field: Field) -> st.SearchStrategy[str]:
    """A canonical text of a field."""
    pool = SPECIAL.get(field.name)
    return st.sampled_from(pool) if pool else VALUES[field.kind]


@st.composite
def fields_of(draw: st.DrawFn, entity: Entity) -> dict[str, str]:
    """Some fields of a record: often a whole key that recognises it, but any can be there and any can be missing."""
    names = draw(st.lists(st.sampled_from(entity.field_names), max_size=5, unique=True))
    if draw(st.integers(0, 3)):
        names += draw(st.sampled_from(entity.keys))
    by_name = {field.name: field for field in entity.fields}
    return {name: draw(value_of(by_name[name])) for name in dict.fromkeys(names) if name in by_name}


EXTRAS: st.SearchStrategy[dict[str, tuple[str, ...]]] = st.just({}) | st.dictionaries(
    st.sampled_from(["note", "meta.tag", 'odd "path"']),
    st.lists(st.sampled_from(ODD_TEXT[:20]), max_size=2).map(tuple),
    max_size=1,
)

# ------------------------------------------------------------------------------------------------ rows

GUIDS = [str(UUID(int=number << 64 | number * 0x1234567)) for number in range(1, 60)]
"""Identifiers long enough to be believed between two formats."""
KINDS_OF_KEY = ["Kind/{guid}", "Kind/{GUID}", "{guid}", "Kind/{short}", "{short}"]
KINDS_OF_ID = ["system|{guid}", "{{{GUID}}}", "other|{short}", "{short}", "a|b|{guid}"]


def _named(draw: st.DrawFn, kinds: Sequence[str], most: int) -> str:
    number = draw(st.integers(0, most))
    return draw(st.sampled_from(kinds)).format(guid=GUIDS[number], GUID=GUIDS[number].upper(), short=number)


@st.composite
def rows(draw: st.DrawFn, earlier: Sequence[Row], file: int, patient: str | None) -> Row:
    """A row that is new, or an exact or near duplicate of an earlier one; links come later."""
    number = len(earlier) + 1
    place = Place(file, number, "Kind")
    if draw(st.integers(0, 5)) == 0:
        return draw(entries(place, patient))
    key: str | None = f"Kind/{GUIDS[number]}"
    source_id = None
    if draw(st.integers(0, 3)) == 0:
        key = draw(st.none() | st.just(_named(draw, KINDS_OF_KEY, 50)))
    if draw(st.booleans()):
        source_id = _named(draw, KINDS_OF_ID, 25)
    twins = [row for row in earlier if row.entity != "patient"]
    if twins and draw(st.integers(0, 2)) == 0:
        twin = draw(st.sampled_from(twins))
        copied = replace(twin, place=place, key=key, source_id=source_id, patient=patient)
        return draw(changed(copied)) if draw(st.booleans()) else copied
    entity = ENTITIES[draw(st.sampled_from([*PLACED, "observation", "observation", "consultation"]))]
    values = draw(fields_of(entity))
    return Row(place, entity.name, key, source_id, values, extras=draw(EXTRAS), patient=patient)


DAYS = ["2020-02-01", "2020-02-01T08:30Z", "2020-07-01"]
MINUTES = ["2020-02-01T08:30Z", "2020-02-01T08:30:10Z", "2020-07-01T09:15+01:00", "2020-07-02T09:16+01:00"]
ENTERED = {
    "observation": ("code", "effective", "recorded"),
    "problem": ("code", "onset", "recorded"),
    "medication_issue": ("drug", "start", "recorded"),
    "recall": ("code", "due", "authored"),
}
"""Kinds of record that are known by what, when and when entered."""


@st.composite
def entries(draw: st.DrawFn, place: Place, patient: str | None) -> Row:
    """A row without any identifier, but with a code, a day and the minute it was entered."""
    entity = draw(st.sampled_from(list(ENTERED)))
    code, day, minute = ENTERED[entity]
    values = {
        code: draw(_listed(CODES)),
        day: draw(st.sampled_from(DAYS)),
        minute: draw(st.sampled_from(MINUTES)),
        "text": draw(st.sampled_from(ODD_TEXT)),
    }
    return Row(place, entity, None, None, values, patient=patient)


@st.composite
def changed(draw: st.DrawFn, row: Row) -> Row:
    """The row with one field, or what has no field, changed, gained or lost."""
    entity = ENTITIES[row.entity]
    if draw(st.integers(0, 9)) == 0:
        return replace(row, extras=draw(EXTRAS))
    there = [field for field in entity.fields if field.name in row.fields]
    field = draw(st.sampled_from([*entity.fields, *there * 3]))
    values = dict(row.fields)
    if field.name in values and draw(st.integers(0, 3)) == 0:
        del values[field.name]
    else:
        values[field.name] = draw(value_of(field))
    return replace(row, fields=values)


@st.composite
def linked(draw: st.DrawFn, row: Row, keys: Sequence[str]) -> Row:
    """The row with other links: to records, to nothing, or in words only."""
    roles = ENTITIES[row.entity].role_names
    if not roles:
        return row
    often = [name for name in roles if name in ("consultation", "performer", "items", "members")]
    links = [
        draw(links_of(draw(st.sampled_from([*roles, *often * 2])), keys))
        for _ in range(draw(st.integers(0, 4)))
    ]
    return replace(row, links=tuple(dict.fromkeys(links)))


@st.composite
def links_of(draw: st.DrawFn, role: str, keys: Sequence[str]) -> Link:
    """One link of a role."""
    how = draw(st.integers(0, 7))
    if how == 0:
        return Link(role, "Kind/nowhere")
    if how == 1 or not keys:
        return Link(role, None, draw(st.sampled_from(["Dr A", "dr a", "a record that was set aside", "; "])))
    return Link(role, draw(st.sampled_from(keys)))


# ------------------------------------------------------------------------------------------------ practices


def somebody(number: int, file: int, record: int) -> Row:
    """A patient whom everybody would know again."""
    values = {
        "nhs_number": UNUSED[number],
        "family": f"Wader{number}",
        "given": "Ann",
        "birth_date": "1950-01-02",
        "sex": "female",
    }
    key = f"Patient/{number}"
    return Row(Place(file, record, "Patient"), "patient", key, None, values, patient=key)


@st.composite
def patients(draw: st.DrawFn, number: int, file: int, record: int) -> Row:
    """A patient, one in two with facts that are another's too or are not known."""
    row = somebody(number, file, record)
    values = dict(row.fields)
    if draw(st.booleans()):
        values["nhs_number"] = draw(st.sampled_from([values["nhs_number"], UNUSED[1]]))
        values["family"] = draw(st.sampled_from(["Wader", "WADER ", "Stint"]))
        values["given"] = draw(st.sampled_from(["Ann", "Bob"]))
        values["sex"] = draw(st.sampled_from(["female", "male"]))
        for name in draw(st.lists(st.sampled_from(list(values)), max_size=2, unique=True)):
            del values[name]
    return replace(row, fields=values)


@st.composite
def practices(draw: st.DrawFn, most_rows: int = 25) -> list[Row]:
    """One to three patients with up to 25 rows, in one file or in one each; whatever a delivery can hold."""
    people, one_file = draw(st.integers(1, 3)), draw(st.booleans())
    made: list[Row] = []
    for number in range(1, people + 1):
        if number == 1 or draw(st.integers(0, 9)):
            made.append(draw(patients(number, 1 if one_file else number, len(made) + 1)))
    for _ in range(draw(st.integers(0, most_rows - people))):
        number = draw(st.integers(1, people))
        whose = f"Patient/{number}" if draw(st.integers(0, 3)) else None
        made.append(draw(rows(made, 1 if one_file else number, whose)))
    return [draw(linked(row, keys_of(made, row.place.file))) for row in made]


@st.composite
def tidy_practices(draw: st.DrawFn, most_rows: int = 15) -> list[Row]:
    """A practice whose patients everybody would know again, and whose records each have long identifiers of their own.

    Every record also carries a mark of its own, so that no two are equal.
    """
    people = draw(st.integers(1, 2))
    made = [somebody(number, 1, number) for number in range(1, people + 1)]
    for _ in range(draw(st.integers(1, most_rows - people))):
        row = draw(rows(made, 1, f"Patient/{draw(st.integers(1, people))}"))
        guid = GUIDS[len(made) + 1]
        values = {**row.fields, "confidentiality": f"mark {len(made)}"}
        made.append(replace(row, key=f"Kind/{guid}", source_id=f"system|{guid.upper()}", fields=values))
    return [draw(linked(row, keys_of(made, 1))) for row in made]


def with_known_patients(practice: Sequence[Row]) -> list[Row]:
    """The practice with patients whom everybody would know again, without the files that name no patient at all: whose
    records those are nobody can say, so they are told as not paired even when compared with themselves."""
    named = {row.place.file for row in practice if row.entity == "patient"}
    return [
        replace(row, fields=somebody(number, 1, 1).fields) if row.entity == "patient" else row
        for number, row in enumerate(practice, start=1)
        if row.place.file in named
    ]


def keys_of(those: Sequence[Row], file: int) -> list[str]:
    """Keys of the records of one file."""
    return [row.key for row in those if row.key and row.place.file == file]
