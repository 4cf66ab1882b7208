"""Look at a bulk extract without converting it: every file read and checked once, told in counts. Nothing is kept."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from godwit.records.bulk.alone import SIDE, told_of_the_delivery
from godwit.records.bulk.casting import RULES
from godwit.records.bulk.loading import Extract, Opening, open_bulk
from godwit.records.bulk.practices import practices_in
from godwit.records.bulk.recognise import Recognised
from godwit.records.bulk.staging import StagedSide, stage_side
from godwit.records.bulk.taken import latest
from godwit.records.bulk.validating import Validated, validate
from godwit.records.duck import Duck
from godwit.records.rule_words import in_words
from godwit.records.watch import Progress

Row = dict[str, Any]
_CELLS = "validated"
_READS = re.compile(r"\braw\.(\w+)")
Checked = Sequence[tuple[Recognised, Validated]]


def inspect_bulk(path: Path, system: str | None, opening: Opening, progress: Progress) -> Row | None:
    """What `godwit extract inspect` tells of a bulk extract; None for any other delivery. Raises `InputRefused`."""
    with TemporaryDirectory(prefix="godwit-") as room:
        work = Path(room)
        with told_of_the_delivery(), Duck(work, reads=[one for one in (path,) if one.exists()]) as duck:
            extract = open_bulk(path, SIDE, system, work, opening)
            if extract is None:
                return None
            known = extract.recognition.known
            progress.begin("read the extract", len(known))
            checked = []
            for one in known:
                checked.append((one, validate(duck, extract.format, one, _CELLS)))
                progress.advance()
            return _told(extract, checked, _staged(duck, extract), duck)


def _staged(duck: Duck, extract: Extract) -> StagedSide:
    """Only the small tables that name the practices are staged."""
    layout = extract.format.layout
    sql = extract.format.sql(layout.practices) if layout.practices else ""
    return stage_side(duck, SIDE, extract.format, extract.recognition, tables=set(_READS.findall(sql)))


def _told(extract: Extract, checked: Checked, staged: StagedSide, duck: Duck) -> Row:
    layout, recognition = extract.format.layout, extract.recognition
    tables = list(_tables(extract, checked))
    told = {moment for one in recognition.known if (moment := latest([one.taken_at or ""]))}
    taken = sorted(told or {one for one in (staged.taken_at,) if one})
    return {
        "kind": "inspection",
        "system": layout.system,
        "format": layout.title,
        "versions": sorted({one.version for one in recognition.known if one.version}),
        "files": len(recognition.known) + len(recognition.unknown),
        "bytes": sum(one.file.path.stat().st_size for one in recognition.known),
        "patients": sum(one["records"] for one in tables if one["of_patients"]),
        "snapshot": {"earliest": taken[0], "latest": taken[-1]} if taken else None,
        "records": sum(one["records"] for one in tables),
        "accounted": all(one["records"] == one["read"] + one["rejected"] for one in tables),
        "practices": [{"ods": one.ods, "name": one.title} for one in practices_in(duck, staged)],
        "warnings": list(_warnings(checked)),
        "tables": tables,
        "unknown_files": [one.public for one in recognition.unknown],
        "wrong": list(_wrong(extract, checked)),
    }


def _tables(extract: Extract, checked: Checked) -> Iterator[Row]:
    """A line for every table that was delivered, in the order of the layout."""
    for title, table in extract.recognition.layout.tables.items():
        mine = [(one, seen) for one, seen in checked if one.table == title]
        if not mine:
            continue
        odd: Counter[str] = Counter()
        for _, seen in mine:
            odd.update(seen.odd)
        rejected = sum(sum(seen.rejects.values()) for _, seen in mine)
        records = sum(seen.records for _, seen in mine)
        yield {
            "table": title,
            "title": table.title,
            "versions": sorted({one.version for one, _ in mine if one.version}),
            "files": len(mine),
            "records": records,
            "read": records - rejected,
            "rejected": rejected,
            "odd": dict(sorted(odd.items())),
            "additional": sorted({column for one, _ in mine for column in one.public_extra}),
            "absent": sorted({column for one, _ in mine for column in one.absent}),
            "of_patients": bool(table.patient) and table.key == (table.patient,),
        }


def _warnings(checked: Checked) -> Iterator[str]:
    for one, _ in checked:
        for column in one.absent:
            yield f"{in_words('layout.column_absent')}: {one.table} {column}"
        for column in one.public_extra:
            yield f"{in_words('layout.column_additional')}: {one.table} {column}"


def _wrong(extract: Extract, checked: Checked) -> Iterator[Row]:
    """What breaks a rule, alike things gathered; `entity` is what the table's rows become."""
    counts: Counter[tuple[str, str, str, str]] = Counter()
    for one, seen in checked:
        head = (extract.format.entity_of(one.table), one.table)
        counts.update({("rejected", *head, rule): count for rule, count in seen.rejects.items()})
        for column, count in seen.odd.items():
            counts[
                "issue", *head, RULES[extract.recognition.layout.tables[one.table].columns[column].type]
            ] += count
    for (fate, entity, table, rule), count in sorted(counts.items()):
        yield {
            "fate": fate,
            "entity": entity,
            "table": table,
            "rule": rule,
            "title": in_words(rule),
            "count": count,
        }
