"""What a registration list may say of a patient: the fields, the names of their columns, the weight of evidence."""

from __future__ import annotations

from functools import cache
from typing import Literal

from godwit.definitions.read import Definition, parse, resource

FILE = "fields.yaml"
Kind = Literal[
    "number", "name", "given", "date", "sex", "address", "postcode", "person", "flag", "word", "code"
]
Concern = Literal["identity", "contact", "registration", "payment"]


class ListField(Definition):
    """One thing that a list may say. `headers` are plain names of its column; a field that is not compared explains."""

    id: str
    title: str
    kind: Kind
    headers: tuple[str, ...]
    concern: Concern = "registration"
    compared: bool = True


class Told(Definition):
    """What a group of differences is about, and why it matters."""

    title: str
    why: str


class Points(Definition):
    """What equal, nearly equal and different values of a field count as evidence that two are one patient."""

    same: int
    near: int
    differs: int


class ListFields(Definition):
    """All of `fields.yaml`."""

    edition: str
    source: str
    fields: tuple[ListField, ...]
    concerns: dict[Concern, Told]
    address_parts: tuple[str, ...]
    address_words: dict[str, str]
    points: dict[str, Points]
    review_from: int

    def of(self, name: str) -> ListField:
        """The field called `name`. Raises `LookupError`."""
        found = next((one for one in self.fields if one.id == name), None)
        if found is None:
            raise LookupError(f"no field {name}")
        return found

    @property
    def compared(self) -> tuple[ListField, ...]:
        """The fields whose values are held against each other, in order."""
        return tuple(one for one in self.fields if one.compared)


@cache
def read_fields() -> ListFields:
    """The fields. Raises `DefinitionError`."""
    return parse(ListFields, resource(__package__ or "", FILE))
