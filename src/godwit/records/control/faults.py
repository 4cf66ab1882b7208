"""The kinds of fault that the control knows: what each does to a value, and which values it fits.

They are the ways in which migrations have harmed values: lost, cut, garbled, shifted, scaled, or only a little wrong,
which rules that explain harmless differences could take for another way of writing the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from godwit.records.canonical import EXTRAS, Entity, Kind
from godwit.records.compare.findings import DEGRADED

MISSING, DUPLICATE, MOVED, SWAPPED = "missing", "duplicate", "moved", "swapped"
ALIKE, WIDESPREAD, CHANGED, LOST = "alike", "widespread", "changed", "lost"

TWICE: Final = (DUPLICATE, ALIKE)
"""Faults that put a second record beside the first: equal, or with another value."""

ELSEWHERE: Final = (MOVED, SWAPPED)
"""Faults that put a record under another patient; swapped, where another of theirs came back for it."""

ORDER: Final = (
    MISSING, DUPLICATE, ALIKE, MOVED, SWAPPED, CHANGED, LOST, WIDESPREAD,
    "cut", "garbled", "capital", "times", "figure", "hour", "flipped", "exact", "degraded",
)  # fmt: skip
"""Every kind in the order in which people read of them."""


@dataclass(frozen=True, slots=True)
class Change:
    """What a fault makes of a value and which values it fits: SQL over `{v}`."""

    becomes: str
    fits: str = "true"


_LINK = Change("'somebody planted, elsewhere'")
"""What a role is changed to where it is told by the meaning of the record at its other end."""

_CHANGED: Mapping[Kind, Change] = {
    Kind.TEXT: Change("'not ' || {v}"),
    Kind.MOMENT: Change(
        """CASE WHEN length({v}) >= 10 THEN strftime(left({v}, 10)::DATE + 1, '%Y-%m-%d') || substr({v}, 11)
                ELSE ((left({v}, 4))::INTEGER + 1)::VARCHAR || substr({v}, 5) END""",
        "try_cast(left({v}, 4) AS INTEGER) IS NOT NULL",
    ),
    Kind.NUMBER: Change("CASE WHEN contains({v}, '.') THEN replace({v}, '.', '') ELSE {v} || '0' END"),
    Kind.CHOICE: Change("{v} || ' or not'"),
    Kind.FLAG: Change("CASE {v} WHEN 'true' THEN 'false' ELSE 'true' END"),
    Kind.CODES: Change("""'["snomed|9990000001"]'"""),
    Kind.TERMS: Change("""'["A planted term"]'"""),
    Kind.STRUCTURE: Change("""'[{"planted":"1"}]'"""),
}
"""Another value of each kind: a denial, the next day, a lost decimal point, the opposite."""

_LOST = Change("NULL")
_EMPTIED: Mapping[Kind, Change] = {
    Kind.NUMBER: Change("NULL", "{v} <> '0'"),
    Kind.FLAG: Change("NULL", "{v} = 'true'"),
}
"""No repeats allowed, or none said: rules may rightly take a lost nought for nothing lost."""

_SUBTLE: Mapping[Kind, Mapping[str, Change]] = {
    Kind.TEXT: {
        "cut": Change("rtrim(left({v}, length({v}) * 2 // 3))", "length({v}) >= 12"),
        "garbled": Change("regexp_replace({v}, '[aeiou]', 'Ã©')", "regexp_matches({v}, '[aeiou]')"),
    },
    Kind.NUMBER: {
        "figure": Change(
            "left({v}, length({v}) - 1) || ((right({v}, 1)::INTEGER + 1) % 9 + 1)::VARCHAR",
            "regexp_matches({v}, '[0-9]$')",
        ),
    },
    Kind.MOMENT: {
        "hour": Change(
            """strftime(replace(left({v}, 16), 'T', ' ')::TIMESTAMP + INTERVAL 1 HOUR, '%Y-%m-%dT%H:%M')
               || substr({v}, 17)""",
            "length({v}) >= 16 AND try_cast(replace(left({v}, 16), 'T', ' ') AS TIMESTAMP) IS NOT NULL",
        ),
        "flipped": Change(
            "left({v}, 5) || substr({v}, 9, 2) || '-' || substr({v}, 6, 2) || substr({v}, 11)",
            "length({v}) >= 10 AND substr({v}, 9, 2) <= '12' AND substr({v}, 9, 2) <> substr({v}, 6, 2)",
        ),
        "exact": Change(
            "{v} || CASE length({v}) WHEN 4 THEN '-01-01' ELSE '-01' END", "length({v}) IN (4, 7)"
        ),
    },
    Kind.CODES: {"degraded": Change(f"""'["snomed|{DEGRADED[0]}"]'""")},
}
"""Smaller faults, by the kind of value they befall."""

_CAPITAL = Change("'M' || substr({v}, 2)", "regexp_matches({v}, '^m(mol|g)')")
"""A thousandth becomes a million times as much. Capitals that make no other unit (Kg) are no fault."""

_OTHER_TIMES = {"once": "twice", "twice": "once", "three times": "four times", "four times": "three times",
                "every day": "twice a day", "each day": "twice a day", "daily": "twice a day",
                "at night": "twice a day", "in the morning": "twice a day"}  # fmt: skip
"""Words of a dosage and the number of times they are mistaken for."""

_TIMES = Change(
    "CASE "
    + " ".join(
        f"WHEN regexp_matches({{v}}, '\\b{word}\\b', 'i') THEN regexp_replace({{v}}, '\\b{word}\\b', '{other}', 'i')"
        for word, other in _OTHER_TIMES.items()
    )
    + " END",
    f"regexp_matches({{v}}, '\\b({'|'.join(_OTHER_TIMES)})\\b', 'i')",
)

_NAMED: Mapping[str, Mapping[str, Change]] = {
    **{name: {"capital": _CAPITAL} for name in ("unit", "dose_unit", "quantity_unit")},
    "dosage": {"times": _TIMES},
}
"""Faults of single fields, wherever they stand."""


def changes(entity: Entity, column: str) -> Iterator[tuple[str, Change]]:
    """The faults that can befall a column, by kind, the plainest first."""
    kind = kind_of(entity, column)
    yield CHANGED, _CHANGED[kind] if kind else _LINK
    yield LOST, _EMPTIED.get(kind, _LOST) if kind else _LOST
    yield from _NAMED.get(column, {}).items()
    yield from _SUBTLE.get(kind, {}).items() if kind else ()


def change(entity: Entity, column: str, kind: str) -> Change:
    """What a fault of that kind does to a column; second records and widespread faults are changed plainly."""
    found = dict(changes(entity, column))
    return found.get(kind, found[CHANGED])


def kind_of(entity: Entity, column: str) -> Kind | None:
    """What a column holds; None for a role, told by the meaning of the record at its other end."""
    kinds = {field.name: field.kind for field in entity.fields} | {EXTRAS: Kind.STRUCTURE}
    return kinds.get(column)
