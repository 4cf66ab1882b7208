"""Canonical values as a person reads them: a list as one line an item, a structure as one line a part."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from godwit.records.canonical import ENTITIES, Kind

_IN_LINES = (Kind.CODES, Kind.TERMS, Kind.STRUCTURE)


def lines(entity: str, field: str | None, value: str) -> tuple[str, ...] | None:
    """The lines of a value that is kept as JSON; None for a field whose value is plain text.

    Raises `ValueError` where such a field holds something else: a run must not hold one.
    """
    model = ENTITIES.get(entity)
    kinds = {one.name: one.kind for one in model.fields} if model else {}
    if kinds.get(field or "") not in _IN_LINES:
        return None
    return tuple(_lines(json.loads(value), ()))


def _lines(value: Any, path: tuple[str, ...]) -> Iterator[str]:
    if isinstance(value, dict):
        for name, one in value.items():
            yield from _lines(one, (*path, name.replace("_", " ")))
    elif isinstance(value, list):
        for one in value:
            yield from _lines(one, path)
    else:
        yield f"{', '.join(path)}: {value}" if path else str(value)
