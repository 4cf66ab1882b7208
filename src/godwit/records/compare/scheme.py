"""How two formats are compared: which fields and links both can hold, and what either of them must lose on the way."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from godwit.records.canonical import ENTITIES, EXTRAS, Entity
from godwit.records.formats.losses import RecordLoss, ValueLoss

Fills = dict[str, frozenset[str]]
"""Names of fields and roles a format can fill, by entity."""

NOT_A_COLUMN = frozenset({"person"})
"""Roles that only exist as links: a column of that name means the patient."""


def role_columns(entity: Entity) -> tuple[str, ...]:
    """Roles that can stand in a row as the meaning of the record at the other end."""
    return tuple(name for name in entity.role_names if name not in NOT_A_COLUMN)


@dataclass(frozen=True)
class Scheme:
    """The terms of one comparison.

    `by_meaning`: links are compared by what stands at their other end (a name, a date, a term), as whole-practice
    extracts have it; otherwise record by record. `losses` are those of both formats, in order of application.
    """

    fills: tuple[Fills, Fills]
    same_format: bool
    by_meaning: bool = False
    losses: tuple[ValueLoss, ...] = ()
    unheld: tuple[tuple[str, RecordLoss], ...] = ()
    """Losses of records with the side whose records they are about."""

    def common(self, entity: Entity) -> frozenset[str]:
        """Fields and roles both formats can fill."""
        return self.fills[0][entity.name] & self.fills[1][entity.name]

    def names(self, entity: Entity) -> list[str]:
        """Fields that are compared: those both formats can hold; within one format also the extras."""
        common = self.common(entity)
        names = [name for name in entity.field_names if name in common]
        return [*names, EXTRAS] if self.same_format and entity.fields else names

    def roles(self, entity: Entity) -> list[str]:
        """Links that both formats can hold."""
        common = self.common(entity)
        return [name for name in entity.role_names if name in common]

    def columns(self, entity: Entity) -> list[str]:
        """Columns of the canonical table that are compared: the fields, and by meaning the links too."""
        roles = [one for one in self.roles(entity) if one not in NOT_A_COLUMN] if self.by_meaning else []
        return [*self.names(entity), *roles]

    def losses_of(self, entity: Entity, column: str) -> tuple[ValueLoss, ...]:
        """The losses a column may suffer, in order."""
        return self._by_column.get((entity.name, column), ())

    def meant(self, entity: Entity, column: str, row: str, after: int | None = None) -> str:
        """What is left of a column of `row`, a row of `table(entity)`, once both formats have held it; or `after` so
        many of its losses."""
        steps = len(self.losses_of(entity, column)) if after is None else after
        return f"{row}.{column}__{steps}" if steps else f"{row}.{column}"

    def table(self, entity: Entity) -> str:
        """The canonical table of an entity; with losses, the view that also has what they leave of its columns."""
        return f"meant.{entity.name}" if self._depth(entity) else f"canonical.{entity.name}"

    def meanings(self, entity: Entity, rows: str | None = None) -> str | None:
        """SELECT of the rows of an entity with what losses leave of them, level by level, so that no loss is worked out
        twice; None for an entity without losses. `rows`: some of the rows, by the name of a table or of a WITH part."""
        sql = f"SELECT * FROM {rows or f'canonical.{entity.name}'}"
        for level in range(1, self._depth(entity) + 1):
            left = [
                f"({loss.sql.replace('{value}', self.meant(entity, column, 'c', level - 1)).replace('{row}', 'c')})"
                f" AS {column}__{level}"
                for column in self.columns(entity)
                for loss in self.losses_of(entity, column)[level - 1 : level]
            ]
            sql = f"SELECT c.*, {', '.join(left)} FROM ({sql}) AS c"
        return sql if self._depth(entity) else None

    def _depth(self, entity: Entity) -> int:
        return max((len(self.losses_of(entity, column)) for column in self.columns(entity)), default=0)

    @cached_property
    def _by_column(self) -> dict[tuple[str, str], tuple[ValueLoss, ...]]:
        found: dict[tuple[str, str], list[ValueLoss]] = {}
        for loss in self.losses:
            for entity in ENTITIES.values():
                for column in _columns_hit(loss, entity):
                    found.setdefault((entity.name, column), []).append(loss)
        return {key: tuple(losses) for key, losses in found.items()}


def _columns_hit(loss: ValueLoss, entity: Entity) -> list[str]:
    """Columns of an entity that a loss is about, each once."""
    patterns = [pattern.split(".", 1) for pattern in loss.fields]
    wanted = {field for name, field in patterns if name in ("*", entity.name)}
    return [one for one in (*entity.field_names, *entity.role_names, EXTRAS) if one in wanted]
