"""Canonical rows put down by hand, for tests of the clean-up checks: what each must find and must not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from godwit.records.bulk.converting import canonical_columns
from godwit.records.canonical import ENTITIES
from godwit.records.compare.stage import make_rooms
from godwit.records.duck import Duck
from godwit.records.profile.looking import prepare

DAY = date(2026, 1, 31)
Row = dict[str, Any]
Rows = Mapping[str, Sequence[Row]]
NATIONAL = '["emis|1","snomed|44054006"]'

PERSON = {
    "nhs_number": "9434765919",
    "family": "Tern",
    "given": "Ada",
    "birth_date": "1950-02-03",
    "sex": "female",
    "postcode": "ZZ1 1ZZ",
}


def person(number: int, **fields: Any) -> Row:
    """A patient of their own name and without an NHS number that two could share."""
    return {"person": number, **PERSON, "given": f"Ada{number}", "nhs_number": None, **fields}


def registered(number: int, **fields: Any) -> Row:
    """The registration of a patient, now and regular."""
    return {"person": number, "kind": "regular", "status": "active", "start": "2001-04-05", **fields}


def entry(number: int, **fields: Any) -> Row:
    """An entry of a patient with a national code."""
    return {"person": number, "kind": "entry", "code": NATIONAL, "code_term": '["Diabetes"]',
            "effective": "2020-03-05", **fields}  # fmt: skip


def repeat(number: int, **fields: Any) -> Row:
    """A current repeat of a patient with a dm+d code, issued lately."""
    return {"person": number, "type": "repeat", "status": "active", "drug": NATIONAL, "drug_term": '["Tablets"]',
            "start": "2025-12-01", "dosage": "one a day", **fields}  # fmt: skip


@contextmanager
def scene(work: Path, rows: Rows) -> Iterator[Duck]:
    """The canonical tables with these rows, numbered as the files would, and what checks share."""
    with Duck(work) as duck:
        make_rooms(duck)
        for place, (name, entity) in enumerate(ENTITIES.items(), start=1):
            numbered = (
                {"side": "source", "file": place, "record": number, "row": place * 10**12 + number * 8, "part": 0,
                 "record_kind": name, "local_id": f"{name}-{number}", **one}
                for number, one in enumerate(rows.get(name, ()), start=1)
            )  # fmt: skip
            duck.load(f"canonical.{name}", canonical_columns(entity), numbered)
        prepare(duck, DAY)
        yield duck
