"""What a reader hands on: for every record exactly one of `Row`, `SetAside` or `Reject`, and any number of `Issue`s.

One record, one fate. That is what makes the books exact: read = rejected + set aside + converted, record by record.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

UNREADABLE = "unreadable:"
"""Prefix of a canonical text that could not be read as its kind; the delivered text follows."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a record stands: the file's number in the delivery, the record's number in the file (both from 1).

    `kind` is the format's own name for the kind of record (`Observation`, `LinkSet`).
    """

    file: int
    record: int
    kind: str


@dataclass(frozen=True, slots=True)
class Link:
    """A pointer from a row to another record of the same file.

    `target` is the other record's key in its file; None where only words were given (`display`).
    """

    role: str
    target: str | None
    display: str | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A converted record in canonical form.

    `key` is how other records of the file point at it; `source_id` is the supplier's lasting identifier with its
    system. `fields` holds canonical text by field name; `original` the delivered text wherever it differs;
    `extras` everything delivered that has no canonical field, as path -> values. `patient` is the key of the
    patient record it belongs to, None for the file's only patient.
    """

    place: Place
    entity: str
    key: str | None
    source_id: str | None
    fields: Mapping[str, str]
    links: tuple[Link, ...] = ()
    original: Mapping[str, str] = field(default_factory=dict)
    extras: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    patient: str | None = None


@dataclass(frozen=True, slots=True)
class SetAside:
    """A record read but not converted to a row of its own, with the reason (a key of the format's reasons)."""

    place: Place
    entity: str
    reason: str
    key: str | None = None


@dataclass(frozen=True, slots=True)
class Reject:
    """A record that could not be read: quarantined and counted. `detail` is a path in the record, never a value."""

    place: Place
    entity: str
    rule: str
    detail: str
    key: str | None = None


@dataclass(frozen=True, slots=True)
class Issue:
    """Something about a converted record that a person should know (a date that cannot be, a dangling link)."""

    place: Place
    entity: str
    rule: str
    detail: str


Fate = Row | SetAside | Reject
