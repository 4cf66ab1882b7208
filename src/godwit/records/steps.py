"""Named SQL steps: each makes one table and says which it reads; the order is worked out from that."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

from godwit.records.duck import Duck


@dataclass(frozen=True, slots=True)
class Step:
    """One table to make. `sql` is the query; `reads` the tables of other steps that it needs.

    `view` makes it a view: for what is read once or twice and would be large to keep.
    """

    makes: str
    sql: str
    reads: tuple[str, ...] = ()
    view: bool = False


def in_order(steps: Iterable[Step]) -> list[Step]:
    """Steps so that each comes after what it reads. Raises `ValueError` for a cycle or two makers of one table."""
    by_table: dict[str, Step] = {}
    for step in steps:
        if step.makes in by_table:
            raise ValueError(f"two steps make {step.makes}")
        by_table[step.makes] = step
    graph = {step.makes: [name for name in step.reads if name in by_table] for step in by_table.values()}
    try:
        return [by_table[name] for name in TopologicalSorter(graph).static_order()]
    except CycleError as error:
        raise ValueError(f"steps need each other: {error.args[1]}") from None


def run_steps(duck: Duck, steps: Iterable[Step], done: Callable[[str], None] = lambda _: None) -> None:
    """Run every step in its order, telling `done` the table made."""
    for step in in_order(steps):
        kind = "VIEW" if step.view else "TABLE"
        duck.run(step.makes, f"CREATE {kind} {step.makes} AS\n{step.sql}")
        done(step.makes)


def sql_text(folder: Path, file: str, **parts: str) -> str:
    """A `.sql` file with its `{parts}` filled in (names and expressions of ours, never values of a record)."""
    return (folder / file).read_text(encoding="utf-8").format(**parts)
