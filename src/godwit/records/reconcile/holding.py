"""What both formats can hold of a column: every count on one side is made of what the other side could have too."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Protocol

from godwit.records.canonical import ENTITIES, Entity

_COLUMN = re.compile(r"\{(\w+)(\??)\}")


class Loss(Protocol):
    """What a format leaves of a value: SQL over `{value}` and `{row}`."""

    @property
    def sql(self) -> str:
        """The expression."""


class Formats(Protocol):
    """What the two formats of a comparison can hold. The terms of a comparison answer to it."""

    def common(self, entity: Entity) -> frozenset[str]:
        """Fields and roles both formats can fill."""

    def losses_of(self, entity: Entity, column: str) -> Iterable[Loss]:
        """The losses a column may suffer, in order."""


def held(formats: Formats, entity: str, column: str, row: str = "c") -> str:
    """SQL for what is left of a column of `row` once both formats have held it."""
    sql = f"{row}.{column}"
    for loss in formats.losses_of(ENTITIES[entity], column):
        sql = "(" + loss.sql.replace("{value}", sql).replace("{row}", row) + ")"
    return sql


def filled(formats: Formats, entity: str, sql: str, row: str = "c") -> str:
    """`sql` with every `{column}` of the entity in the form both formats hold.

    `{column?}` is null where not both formats have the column.
    """
    common = formats.common(ENTITIES[entity])

    def expression(found: re.Match[str]) -> str:
        return "NULL" if found[2] and found[1] not in common else held(formats, entity, found[1], row)

    return _COLUMN.sub(expression, sql)


def columns_in(*texts: str | None, needed: bool = False) -> tuple[str, ...]:
    """The columns that texts with `{column}` rest on, once, in order; `needed`: without those marked `{column?}`."""
    found = (one for text in texts if text for one in _COLUMN.findall(text))
    return tuple(dict.fromkeys(name for name, optional in found if not (needed and optional)))


def unfilled(formats: Formats, entity: str, columns: Iterable[str]) -> list[str]:
    """Those of the columns that not both formats can fill."""
    common = formats.common(ENTITIES[entity])
    return [name for name in columns if name not in common]
