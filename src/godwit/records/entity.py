"""What a canonical entity is declared with: kinds of value, fields, roles, and the keys that recognise a record."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a field holds, and so how its canonical text is written."""

    TEXT = "text"  # as delivered
    MOMENT = "moment"  # ISO 8601 with the precision delivered; instants in English civil time with offset
    NUMBER = "number"  # decimal text without trailing zeros
    CHOICE = "choice"  # a word from the value map of the format
    FLAG = "flag"  # true or false
    CODES = "codes"  # JSON list of "system|code", sorted
    TERMS = "terms"  # JSON list of the terms that came with the codes, sorted
    STRUCTURE = "structure"  # canonical JSON of a small structure (names, addresses)


@dataclass(frozen=True, slots=True)
class Field:
    """One value of an entity. `weight` is what equality of this field is worth when records are recognised."""

    name: str
    kind: Kind
    title: str
    weight: int = 0


@dataclass(frozen=True, slots=True)
class Role:
    """One kind of link from an entity to other records. `ordered` links compare as a sequence."""

    name: str
    title: str
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class Entity:
    """A kind of record: its fields, its links, and the field sets that recognise it (tried in order)."""

    name: str
    title: str
    fields: tuple[Field, ...]
    roles: tuple[Role, ...] = ()
    keys: tuple[tuple[str, ...], ...] = ()

    @property
    def field_names(self) -> tuple[str, ...]:
        """Names of the fields in table order."""
        return tuple(field.name for field in self.fields)

    @property
    def role_names(self) -> tuple[str, ...]:
        """Names of the link roles."""
        return tuple(role.name for role in self.roles)

    def first_of(self, kind: Kind) -> str | None:
        """Name of the first field of a kind, which of codes and moments is the one that matters most; None for none."""
        return next((field.name for field in self.fields if field.kind is kind), None)

    def title_of(self, name: str) -> str:
        """The words a person reads for a field or role name; `extras` is what no field of ours holds."""
        parts: tuple[Field | Role, ...] = (*self.fields, *self.roles)
        for part in parts:
            if part.name == name:
                return part.title
        return "other information" if name == EXTRAS else name


EXTRAS = "extras"
"""Pseudo-field: everything a format delivered for which the canonical model has no field."""

DURING = "during"
"""Pseudo-field for recognising records: when the consultation that a record belongs to began."""


def text(name: str, title: str, weight: int = 0) -> Field:
    """A field of words as delivered."""
    return Field(name, Kind.TEXT, title, weight)


def moment(name: str, title: str, weight: int = 0) -> Field:
    """A field of a date or time."""
    return Field(name, Kind.MOMENT, title, weight)


def number(name: str, title: str, weight: int = 0) -> Field:
    """A field of a decimal number."""
    return Field(name, Kind.NUMBER, title, weight)


def choice(name: str, title: str, weight: int = 0) -> Field:
    """A field of a word from a value map."""
    return Field(name, Kind.CHOICE, title, weight)


def flag(name: str, title: str) -> Field:
    """A field of true or false."""
    return Field(name, Kind.FLAG, title)


def structure(name: str, title: str, weight: int = 0) -> Field:
    """A field of a small structure."""
    return Field(name, Kind.STRUCTURE, title, weight)


def concept(name: str, title: str, weight: int = 0) -> tuple[Field, ...]:
    """A coded idea as three fields: the codes, the terms that came with them, the words the author saw."""
    return (
        Field(name, Kind.CODES, title, weight),
        Field(f"{name}_term", Kind.TERMS, f"{title}: terms", weight // 2),
        Field(f"{name}_text", Kind.TEXT, f"{title}: words as recorded", weight // 4),
    )
