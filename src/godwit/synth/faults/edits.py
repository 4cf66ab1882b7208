"""How a patient's twin differs from the original: small edits, as plain values that another process can be handed.

No edit changes the patient it is applied to; a new patient is made that shares everything unchanged with the old one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from godwit.synth.model import Patient


@dataclass(frozen=True, slots=True)
class Change:
    """Other values for some attributes of one item. `collection` is the attribute of the patient that holds it."""

    collection: str
    item: int
    values: tuple[tuple[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Drop:
    """One item that is not there any more."""

    collection: str
    item: int


@dataclass(frozen=True, slots=True)
class Add:
    """One item more, whole."""

    collection: str
    item: Any


@dataclass(frozen=True, slots=True)
class DropPatient:
    """The whole patient is not there any more."""


Edit = Change | Drop | Add | DropPatient


def edited(patient: Patient, edits: Sequence[Edit]) -> list[Patient]:
    """The patient with the edits made: one patient, or none where an edit drops the patient."""
    if any(isinstance(edit, DropPatient) for edit in edits):
        return []
    collections: dict[str, Any] = {}
    for edit in edits:
        if not isinstance(edit, DropPatient):
            before = collections.get(edit.collection, getattr(patient, edit.collection))
            collections[edit.collection] = list(_with(before, edit))
    return [replace(patient, **collections)] if collections else [patient]


def _with(items: Sequence[Any], edit: Change | Drop | Add) -> Iterable[Any]:
    for item in items:
        if isinstance(edit, Add) or item.id != edit.item:
            yield item
        elif isinstance(edit, Change):
            yield replace(item, **dict(edit.values))
    if isinstance(edit, Add):
        yield edit.item
