"""What a format cannot hold, declared beside the format: the only reasons for which two records may differ in form.

A loss of value says how a field looks once it has been through the format; it is applied to both sides before they are
compared, so that what the format must lose is no finding, and everything else is. A loss of records says which records
of the other side have no place at all. Both are counted in every run, with their source.
"""

from __future__ import annotations

from functools import cache
from importlib.resources.abc import Traversable

from pydantic import Field

from godwit.definitions.read import Definition, parse, resource
from godwit.records.canonical import ENTITIES, EXTRAS

FILE = "losses.yaml"


class Example(Definition):
    """One value before and after, with the neighbouring fields of its record that matter."""

    value: str | None
    becomes: str | None
    row: dict[str, str | None] = Field(default_factory=dict)


class ValueLoss(Definition):
    """`as` is SQL over `{value}` (the field, or what earlier losses left of it) and `{row}.<field>`.

    `fields` are `entity.field` or `*.field`; a role is named like a field and stands for what the link means.
    `against` limits the loss to comparisons with these systems; none named: with every other system.
    """

    id: str
    title: str
    source: str
    fields: tuple[str, ...]
    sql: str = Field(alias="as")
    against: tuple[str, ...] = ()
    examples: tuple[Example, ...]


class RecordLoss(Definition):
    """Records of the other side without a place here: of `entity`, where `when` (SQL over `{row}`) is true."""

    id: str
    title: str
    source: str
    entity: str
    when: str = "true"
    against: tuple[str, ...] = ()


class Losses(Definition):
    """Everything a format cannot hold beyond the fields it does not have."""

    edition: str = ""
    values: tuple[ValueLoss, ...] = ()
    records: tuple[RecordLoss, ...] = ()

    def met(self, other: str) -> Losses:
        """The losses that count against another system."""
        return Losses(
            edition=self.edition,
            values=tuple(one for one in self.values if not one.against or other in one.against),
            records=tuple(one for one in self.records if not one.against or other in one.against),
        )


@cache
def read_losses(system: str) -> Losses:
    """The losses of a format that comes with Godwit. Raises as `losses_in`."""
    return losses_in(resource(f"godwit.records.formats.{system}", ""))


def losses_in(folder: Traversable) -> Losses:
    """The losses in a format's folder; none where it has no such file. Raises `LookupError` for an unknown field."""
    file = folder.joinpath(FILE)
    if not file.is_file():
        return Losses()
    losses = parse(Losses, file)
    for loss in losses.values:
        for name in loss.fields:
            _check(loss.id, *name.split(".", 1))
    for record in losses.records:
        if record.entity not in ENTITIES:
            raise LookupError(f"loss {record.id}: no entity {record.entity}")
    return losses


def _check(loss: str, entity: str, field: str) -> None:
    """Refuse a pattern that no field or role of the model answers to."""
    models = ENTITIES.values() if entity == "*" else [ENTITIES[entity]] if entity in ENTITIES else []
    if not any(field in {*one.field_names, *one.role_names, EXTRAS} for one in models):
        raise LookupError(f"loss {loss}: the model has no {entity}.{field}")
