"""Rows put straight into the canonical tables, for tests of what comes after reading."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from godwit.records.canonical import ENTITIES
from godwit.records.compare.stage import Side, columns_of, load_people, make_rooms
from godwit.records.duck import Duck

Fields = dict[str, Any]
LINK = {
    "side": "VARCHAR",
    "row": "BIGINT",
    "role": "VARCHAR",
    "ordinal": "BIGINT",
    "target": "BIGINT",
    "words": "VARCHAR",
}
EVERYTHING = {
    entity.name: frozenset((*entity.field_names, *entity.role_names)) for entity in ENTITIES.values()
}
"""What a format fills that has a place for everything."""


@contextmanager
def tables(
    work: Path,
    people: Sequence[tuple[int, int]] = ((1, 1),),
    entities: Sequence[str] = tuple(ENTITIES),
    reads: Sequence[Path] = (),
) -> Iterator[Duck]:
    """Empty canonical tables of these entities, and the pairs of persons. `reads`: what else SQL may read."""
    with Duck(work, reads=reads) as duck:
        make_rooms(duck)
        for entity in entities:
            duck.load(f"canonical.{entity}", columns_of(entity), [])
        duck.load("canonical.link", LINK, [])
        load_people(duck, people)
        yield duck


def put(duck: Duck, side: Side | str, entity: str, *rows: Fields, first: int = 1) -> None:
    """Rows numbered from `first`, each its fields and whatever else a row of the table has; of person 1 unless told."""
    usual = {"side": side, "file": 1, "record_kind": entity, "person": 1}
    numbered = [{**usual, "row": n, "record": n, **row} for n, row in enumerate(rows, start=first)]
    unknown = {name for row in numbered for name in row} - set(columns_of(entity))
    assert not unknown, f"{entity} has no {unknown}"
    duck.load(f"canonical.{entity}", columns_of(entity), numbered)


def link(duck: Duck, side: Side | str, row: int, role: str, *ends: int | str) -> None:
    """Links of one row: to other rows by number, or in words."""
    duck.load("canonical.link", LINK, [
        {"side": side, "row": row, "role": role, "ordinal": n,
         "target": end if isinstance(end, int) else None, "words": end if isinstance(end, str) else None}
        for n, end in enumerate(ends)
    ])  # fmt: skip


def pair(duck: Duck, *pairs: tuple[str, int, int]) -> None:
    """Records already paired: (entity, source row, target row), all of one patient."""
    shape = {
        "source_row": "BIGINT",
        "target_row": "BIGINT",
        "scope": "BIGINT",
        "rung": "VARCHAR",
        "form": "UBIGINT",
    }
    for entity in ENTITIES:
        rows = [
            {"source_row": one, "target_row": two, "scope": 1, "rung": "key"}
            for name, one, two in pairs
            if name == entity
        ]
        duck.load(f"paired.{entity}", shape, rows)
    every = " UNION ALL ".join(f"SELECT '{entity}' AS entity, * FROM paired.{entity}" for entity in ENTITIES)
    duck.run("test", f"CREATE TABLE paired.record AS {every}")
