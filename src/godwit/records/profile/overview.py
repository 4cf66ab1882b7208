"""What is in an extract at all: kinds of record, patients by age, the codes most used. Counts only."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from godwit.records.bulk.loading import Loaded
from godwit.records.canonical import ENTITIES
from godwit.records.duck import Duck
from godwit.records.profile.looking import sql

Row = dict[str, Any]

DATED = {
    "registration": "start",
    "consultation": "start",
    "observation": "effective",
    "problem": "onset",
    "allergy": "onset",
    "immunisation": "effective",
    "medication_authorisation": "start",
    "medication_issue": "start",
    "referral": "authored",
    "recall": "due",
    "document": "created",
    "appointment": "start",
}
"""The field that says when a record of each kind happened."""

_PLAIN_TERM = re.compile(r"(?!.*\d{5})[A-Za-z0-9][A-Za-z0-9 ,.:;/%()'+-]{1,99}")
"""Words that may stand in a report for everyone: a national code's term holds no long number and no odd sign."""


def overview(duck: Duck, loaded: Loaded) -> Row:
    """The parts of the summary that tell what was delivered."""
    return {
        "patients": _patients(duck),
        "registrations": _rows(duck, "overview_registration", ("kind", "status", "patients")),
        "ages": _rows(duck, "overview_age", ("band", "female", "male", "other")),
        "kinds": list(_kinds(duck)),
        "tables": list(_tables(loaded)),
        "codes": {
            **dict(zip(("codes", "records", "patients"), duck.run("own", sql("overview_own_codes"))[0], strict=True)),
            "top": [_public(one) for one in _rows(duck, "overview_codes", ("code", "term", "records", "patients"))],
        },
    }  # fmt: skip


def _rows(duck: Duck, title: str, names: tuple[str, ...]) -> list[Row]:
    return [dict(zip(names, row, strict=True)) for row in duck.run(title, sql(title))]


def _patients(duck: Duck) -> Row:
    counts = dict(duck.run("patients", "SELECT status, count(*) FROM profile.person GROUP BY ALL"))
    return {"all": sum(counts.values()), **{one: counts.get(one, 0) for one in ("active", "left", "dead")}}


def _kinds(duck: Duck) -> Iterator[Row]:
    """Of every kind of record how many there are, of how many patients, and the first and last month."""
    for entity, one in ENTITIES.items():
        if not one.fields:
            continue
        at = DATED.get(entity)
        month = f"CASE WHEN gp_is_moment({at}) THEN left({at}, 7) END" if at else "NULL"
        counted = f"count(*), count(DISTINCT nullif(person, 0)), min({month}), max({month})"
        ((records, patients, first, last),) = duck.run(
            f"count {entity}", f"SELECT {counted} FROM canonical.{entity}"
        )
        if records:
            yield {"entity": entity, "title": one.title, "records": records, "patients": patients, "first": first,
                   "last": last}  # fmt: skip


def _tables(loaded: Loaded) -> Iterator[Row]:
    """The supplier's tables that were delivered, with what became of their rows."""
    tables: dict[str, Row] = {}
    layout = loaded.staged.format.layout
    for file in loaded.staged.files:
        known = layout.tables.get(file.table)
        one = tables.setdefault(
            file.table, {"table": file.table, "title": known.title if known else file.table, "files": 0, "rows": 0}
        )  # fmt: skip
        one["files"] += 1
        one["rows"] += file.records
    for title, one in sorted(tables.items()):
        fates = {fate: loaded.census.get((title, fate), 0) for fate in ("rejected", "set_aside", "converted")}
        yield {**one, **fates}


def _public(one: Mapping[str, Any]) -> Row:
    term = str(one["term"] or "")
    return {**one, "term": term if _PLAIN_TERM.fullmatch(term) else ""}
