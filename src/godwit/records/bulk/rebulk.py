"""Tell a bulk from a delta where the supplier does not, and see when a practice stopped sharing its records.

A supplier that marks nothing sends a new bulk after a practice's sharing was switched on again. It shows in four
things together: it is large, nothing in it is deleted, hardly an entry belongs to a patient who is not in it (format
notes 2.5), and of every table it holds most of the keys known since the bulk before. Whatever is not
recognised is applied as a delta, which loses nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from godwit.records.bulk.batches import Arrival, Batch, ManifestLine, says_delta
from godwit.records.bulk.ground import Ground, numbers
from godwit.records.errors import InputRefused

_MOST = 0.8
"""A re-bulk holds at least this share of the keys known of each table."""

_STRAY = 0.01
"""And at most this share of its entries is of patients who are not in it."""


def manifest_lines(ground: Ground, arrivals: Sequence[Arrival]) -> Iterator[ManifestLine]:
    """What the manifests among the files say, if the system has any."""
    columns = ground.rules.manifest
    if columns is None or columns.table not in ground.layout.tables:
        return
    folders = {one.number: one.name.rpartition("/")[0] or "." for one in arrivals}
    names = (columns.file, columns.delta, columns.since, columns.until)
    texts = ", ".join(f'"{name}"::VARCHAR' for name in names)
    sql = f"SELECT file, {texts} FROM {ground.raw(columns.table)} ORDER BY file, record"
    for file, name, delta, since, until in ground.run("manifest", sql):
        yield ManifestLine(folders.get(file, "."), name or "", says_delta(delta), since or "", until or "")


def recognised(ground: Ground, batches: Sequence[Batch]) -> tuple[Batch, ...]:
    """The batches, each file marked as bulk or delta."""
    found: list[Batch] = []
    since: dict[str, list[Batch]] = {}
    for batch in batches:
        one = batch
        if any(part.whole is None for part in batch.parts):
            one = batch.marked(whole=_is_rebulk(ground, batch, since[batch.series]))
        since[one.series] = [one] if one.whole else [*since.get(one.series, []), one]
        found.append(one)
    return tuple(found)


def require_same_practice(ground: Ground, batches: Sequence[Batch], side: str) -> None:
    """A bulk replaces what came before it, so it must be of the same practice and must not be empty by mistake.

    Raises `InputRefused` where it holds no patient, or only patients of practices of which nothing was known.
    """
    patients = ground.rules.patients
    practice = ground.layout.tables[patients].practice
    before: dict[str, set[object]] = {}
    for batch in batches:
        files = [part.file for part in batch.parts if part.table == patients and part.whole]
        if files and practice and sum(one.whole and one.series == batch.series for one in batches) > 1:
            sql = f'SELECT DISTINCT "{practice}" FROM {ground.raw(patients)} WHERE file IN ({numbers(files)})'
            now = {found for (found,) in ground.run("practices of a bulk", sql)}
            known = before.setdefault(batch.series, set())
            if known and not now:
                because = "it says that it is a new bulk extract, and holds no patient"
                raise InputRefused("delta.empty_bulk", because, f"{side} batch {batch.number}")
            if known and not now & known:
                because = (
                    "it is a bulk extract of another practice than the one before it; give each on its own"
                )
                raise InputRefused("delta.other_practice", because, f"{side} batch {batch.number}")
            known |= now


def require_base(ground: Ground, batches: Sequence[Batch], side: str) -> None:
    """Dictionaries come whole with every delta, so what counts is the patients. Raises `InputRefused` where they come
    as a delta with no bulk before it."""
    based: set[str] = set()
    for batch in batches:
        for part in batch.parts:
            if part.table != ground.rules.patients:
                continue
            if part.whole is False and part.series not in based:
                because = "these are deltas, and the bulk extract they build on is not here"
                raise InputRefused("delta.no_bulk", because, f"{side} batch {batch.number}")
            based.add(part.series)


def doubts(ground: Ground, batches: Sequence[Batch]) -> Iterator[str]:
    """Signs that the first extract is itself a delta, where nothing marks a bulk. Asked before any row is taken out."""
    rules, first = ground.rules, batches[0]
    if rules.entries is None:
        return
    parts = _by_table(first)
    removals = deletions(ground, first) if len(batches) > 1 else 0
    if removals:
        yield f"the first extract removes {removals} records: is it a delta whose bulk was left out?"
    if {rules.patients, rules.entries} <= parts.keys():
        strays, entries = _strays(ground, parts), _rows(ground, parts, rules.entries)
        if strays > _STRAY * entries:
            yield (
                f"{strays} of {entries} entries of the first extract are of patients who are not in it: "
                f"is it a delta whose bulk was left out?"
            )


def sharing_off(ground: Ground, batches: Sequence[Batch]) -> Iterator[tuple[int, str]]:
    """Number of each batch that was written while a practice did not share its records, with that practice."""
    sharing = ground.rules.sharing
    if sharing is None:
        return
    sql = f"""SELECT file, "{sharing.practice}"::VARCHAR, coalesce({sharing.off}, false)
              FROM {ground.raw(sharing.table)} ORDER BY file, record"""
    said: dict[int, dict[str, bool]] = {}
    for file, practice, off in ground.run("sharing", sql):
        said.setdefault(file, {})[practice] = off
    known: dict[str, bool] = {}
    for batch in batches:
        for part in batch.parts:
            known.update(said.get(part.file, {}))
        yield from ((batch.number, practice) for practice, off in sorted(known.items()) if off)


def _is_rebulk(ground: Ground, batch: Batch, since: Sequence[Batch]) -> bool:
    rules, parts = ground.rules, _by_table(batch)
    if rules.entries is None:
        return False
    patients, entries = (_rows(ground, parts, name) for name in (rules.patients, rules.entries))
    if patients < rules.rebulk_patients or entries < rules.rebulk_entries or deletions(ground, batch):
        return False
    if _strays(ground, parts) > _STRAY * entries:
        return False
    known = _by_table(*since)
    return all(_holds_most(ground, name, files, parts.get(name, [])) for name, files in known.items())


def _rows(ground: Ground, parts: dict[str, list[int]], table: str) -> int:
    return ground.count("count a batch", table, f"file IN ({numbers(parts.get(table, []))})")


def _holds_most(ground: Ground, name: str, before: list[int], now: list[int]) -> bool:
    table = ground.layout.tables[name]
    if table.reference or not table.key:
        return True
    keys = ", ".join(f'"{key}"' for key in table.key)
    known, again = ground.run(
        "keys of a batch",
        f"""SELECT count(*), count(*) FILTER (again) FROM (
                SELECT bool_or(file IN ({numbers(before)})) AS known, bool_or(file IN ({numbers(now)})) AS again
                FROM {ground.raw(name)} WHERE file IN ({numbers([*before, *now])}) GROUP BY {keys})
            WHERE known""",
    )[0]
    return bool(again >= _MOST * known)


def deletions(ground: Ground, batch: Batch) -> int:
    """How many rows of a batch are deletions."""
    return sum(
        ground.count("deletions of a batch", name, f"file IN ({numbers(files)}) AND {ground.deletes(table)}")
        for name, files in _by_table(batch).items()
        if (table := ground.layout.tables[name]).deleted
    )


def _strays(ground: Ground, parts: dict[str, list[int]]) -> int:
    rules = ground.rules
    patients = ground.layout.tables[rules.patients].patient
    entries = ground.layout.tables[str(rules.entries)].patient
    return ground.count(
        "strays of a batch",
        str(rules.entries),
        f"""file IN ({numbers(parts[str(rules.entries)])}) AND "{entries}" NOT IN (
            SELECT "{patients}" FROM {ground.raw(rules.patients)}
            WHERE file IN ({numbers(parts[rules.patients])}) AND "{patients}" IS NOT NULL)""",
    )


def _by_table(*batches: Batch) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for batch in batches:
        for part in batch.parts:
            found.setdefault(part.table, []).append(part.file)
    return found
