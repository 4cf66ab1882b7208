"""Which practices are in a delivery, and one of them picked out: the rows of the others are set aside."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from godwit.records.bulk.casting import name, text
from godwit.records.bulk.layout import Layout, Reference
from godwit.records.bulk.staging import StagedSide
from godwit.records.compare.stage import Side
from godwit.records.duck import Duck
from godwit.records.errors import InputRefused

REASONS = {"other_practice": "belongs to another practice of the delivery"}
"""Why a row is not of the practice chosen."""

_RAW = re.compile(r"\braw\.")


@dataclass(frozen=True, slots=True)
class Practice:
    """One practice: what rows name it by, its ODS code and its name where the delivery tells them."""

    key: str
    ods: str | None
    title: str | None

    def __str__(self) -> str:
        told = [one for one in (self.ods, self.title) if one]
        return " ".join(told) or "a practice without code and name"


def practices_in(duck: Duck, staged: StagedSide) -> tuple[Practice, ...]:
    """The practices whose records the delivery holds; none where the format cannot say."""
    if not staged.format.layout.practices:
        return ()
    sql = _RAW.sub(f"raw_{staged.side}.", staged.format.sql(staged.format.layout.practices))
    rows = duck.run("practices", sql)
    return tuple(dict.fromkeys(Practice(str(key), ods, title) for key, ods, title, *_ in rows if key))


def choose_practice(duck: Duck, staged: StagedSide, wanted: str | None) -> Practice | None:
    """Leave in the views `raw_<side>.<Table>` what belongs to one practice (ODS code `wanted`) or to none alone. Comes
    after bulk and deltas are settled, for a deleting row need not say whose it is.

    Rows of other practices go into `ledger.set_aside` as `other_practice`. Raises `InputRefused` where several
    practices are there and none is wanted, or the one wanted is not there.
    """
    there = practices_in(duck, staged)
    chosen = _chosen(there, wanted, staged.side)
    if chosen is None or len(there) < 2:
        return chosen
    layout, side = staged.format.layout, staged.side
    with_files = {one.table for one in staged.files}
    others = {table: sql for table, sql in _others(layout, side, chosen.key) if table in with_files}
    for table, condition in others.items():
        duck.run(
            f"other practices in {table}",
            f"""INSERT INTO ledger.set_aside (side, entity, file, record, kind, reason, detail)
            SELECT '{side}', '{staged.format.entity_of(table)}', file, record, {text(table)}, 'other_practice', ''
            FROM raw_{side}.{name(table)} WHERE {condition}""",
        )
    for table, condition in others.items():
        _narrow(duck, side, table, _kept(layout, side, table, condition))
    return chosen


def _narrow(duck: Duck, side: Side, table: str, kept: str) -> None:
    """Put a view with the rows to keep alone in place of the one that is there."""
    whole = name(f"{table} of all practices")
    duck.run(f"narrow {table}", f"ALTER VIEW raw_{side}.{name(table)} RENAME TO {whole}")
    duck.run(
        f"narrow {table}",
        f"CREATE VIEW raw_{side}.{name(table)} AS SELECT * FROM raw_{side}.{whole} WHERE {kept}",
    )


def _kept(layout: Layout, side: Side, table: str, others: str) -> str:
    """SQL true for rows to keep. A row that follows a link is looked up in the ledger: the far view is narrowed too."""
    if layout.tables[table].practice:
        return f"NOT coalesce({others}, false)"
    gone = f"side = '{side}' AND kind = {text(table)} AND reason = 'other_practice'"
    return f"(file, record) NOT IN (SELECT (file, record) FROM ledger.set_aside WHERE {gone})"


def _chosen(there: tuple[Practice, ...], wanted: str | None, side: Side) -> Practice | None:
    listed = "; ".join(map(str, there))
    if wanted is None:
        if len(there) > 1:
            because = f"the delivery holds several practices; choose one of: {listed}"
            raise InputRefused("practice.several", because, side)
        return there[0] if there else None
    found = [one for one in there if (one.ods or "").casefold() == wanted.strip().casefold()]
    if not found:
        because = (
            f"the delivery does not hold the practice asked for; it holds: {listed or 'none it can name'}"
        )
        raise InputRefused("practice.absent", because, side)
    return found[0]


def _others(layout: Layout, side: Side, practice: str) -> Iterator[tuple[str, str]]:
    """For each table that is not shared: SQL that is true for rows of other practices.

    A row that names no practice is of none. A table without a column for the practice follows the first link from its
    key to a table that has one: a row is another's only where the link leads to rows of other practices alone.
    """
    for title, table in layout.tables.items():
        if table.practice:
            yield title, f"CAST({name(table.practice)} AS VARCHAR) <> {text(practice)}"
        elif not table.reference:
            for link in table.references:
                far = layout.tables[link.to].practice
                if link.column in table.key and far:
                    yield title, _followed(side, link, far, practice)
                    break


def _followed(side: Side, link: Reference, belongs: str, practice: str) -> str:
    far = f"SELECT {name(link.at)} FROM raw_{side}.{name(link.to)} WHERE {name(link.at)} IS NOT NULL"
    other = f"CAST({name(belongs)} AS VARCHAR) <> {text(practice)}"
    column = name(link.column)
    return f"{column} IN ({far} AND {other}) AND {column} NOT IN ({far} AND NOT coalesce({other}, false))"
