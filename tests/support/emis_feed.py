"""A few rows of an EMIS extract as staging would leave them, and what the format's SQL makes of them.

Rows are given by column; GUID columns by short names ("p1"), which become the same GUID wherever they stand.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_OID, uuid5

from godwit.records.bulk.bulk_format import BulkFormat, load_format
from godwit.records.duck import Duck

EMIS: BulkFormat = load_format("emis")
Rows = Mapping[str, Sequence[Mapping[str, object]]]

_TYPES = {"guid": "UUID", "flag": "BOOLEAN", "int": "BIGINT"}
_OWN = {"file": "BIGINT", "record": "BIGINT", "odd": "VARCHAR", "more": "VARCHAR"}
_WHO = {"PatientGuid": "p1", "OrganisationGuid": "practice"}
_WHEN = {
    "EffectiveDate": "2020-03-05",
    "EffectiveDatePrecision": "YMD",
    "EnteredDate": "2020-03-05",
    "EnteredTime": "09:15:00",
    "ClinicianUserInRoleGuid": "adams",
    "EnteredByUserInRoleGuid": "clerk",
    "Deleted": False,
    "IsConfidential": False,
}
USUAL: dict[str, dict[str, object]] = {
    "Admin_Patient": {**_WHO, "Sex": "F", "DateOfBirth": "1950-02-03", "Deleted": False},
    "CareRecord_Consultation": {**_WHO, **_WHEN},
    "CareRecord_Diary": {**_WHO, **_WHEN},
    "CareRecord_Observation": {**_WHO, **_WHEN},
    "CareRecord_ObservationReferral": {**_WHO},
    "CareRecord_Problem": {**_WHO, "Deleted": False},
    "Prescribing_DrugRecord": {**_WHO, **_WHEN},
    "Prescribing_IssueRecord": {**_WHO, **_WHEN},
    "Appointment_Slot": {"OrganisationGuid": "practice", "Deleted": False},
}
"""What a row says unless told otherwise."""

REFERENCE: Rows = {
    "Admin_Organisation": [
        {"OrganisationGuid": "practice", "OrganisationName": "Mill Lane Surgery", "ODSCode": "A81001"},
        {"OrganisationGuid": "hospital", "OrganisationName": "Ternford  Hospital"},
    ],
    "Admin_Patient": [{}],
    "Admin_UserInRole": [
        {"UserInRoleGuid": "adams", "OrganisationGuid": "practice", "Title": "Dr", "GivenName": "Sarah",
         "Surname": "Adams"},
        {"UserInRoleGuid": "clerk", "OrganisationGuid": "practice", "GivenName": "Tom", "Surname": "Reed"},
        {"UserInRoleGuid": "locum", "OrganisationGuid": "hospital", "GivenName": "Jo", "Surname": "Hill"},
    ],
    "Coding_ClinicalCode": [
        {"CodeId": 1, "Term": "Asthma", "SnomedCTConceptId": 195967001, "ReadTermId": "H33..-1",
         "EmisCodeCategoryDescription": "Conditions operations and procedures"},
        {"CodeId": 2, "Term": "Allergy to penicillin", "SnomedCTConceptId": 91936005, "ReadTermId": "14L1",
         "EmisCodeCategoryDescription": "Allergy and adverse drug reactions"},
        {"CodeId": 3, "Term": "Influenza vaccination", "SnomedCTConceptId": 86198006, "ReadTermId": "65E..",
         "EmisCodeCategoryDescription": "Immunisations"},
        {"CodeId": 4, "Term": "Practice note", "SnomedCTConceptId": 0, "ReadTermId": "EMISNQPR12",
         "EmisCodeCategoryDescription": "Unset"},
        {"CodeId": 5, "Term": "Family history of asthma", "ReadTermId": "12D2.",
         "EmisCodeCategoryDescription": "Family history"},
        {"CodeId": 6, "Term": "Serum potassium level", "ReadTermId": "44I4.",
         "EmisCodeCategoryDescription": "Biological values"},
    ],
    "Coding_DrugCode": [
        {"CodeId": 10, "Term": "Ramipril 5mg capsules", "DmdProductCodeId": 318837009},
        {"CodeId": 11, "Term": "Special cream"},
    ],
}  # fmt: skip
"""One practice with one patient and the dictionaries that the tests use."""


@dataclass(frozen=True, slots=True)
class Made:
    """What became of the rows: records by entity, and (table, reason) of every row set aside."""

    records: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    aside: list[tuple[str, str]] = field(default_factory=list)
    fates: Counter[tuple[str, int, int]] = field(default_factory=Counter)

    def only(self, entity: str) -> dict[str, Any]:
        """The one record of an entity."""
        (one,) = self.records[entity]
        return one

    def reasons(self, table: str) -> list[str]:
        """Reasons for which rows of a table were set aside."""
        return [reason for name, reason in self.aside if name == table]


def guid(name: str) -> str:
    """The GUID that a short name stands for."""
    return str(uuid5(NAMESPACE_OID, name))


def stage(duck: Duck, rows: Rows) -> dict[str, int]:
    """Make `raw_source.<Table>` for every table of the layout; returns the file number of each."""
    made = ["CREATE SCHEMA raw_source"]
    for value, words in EMIS.values.items():
        pairs = ", ".join(f"('{word}', '{ours}')" for word, ours in words.words.items())
        made.append(
            f"CREATE TABLE raw_source.value_{value} AS SELECT * FROM (VALUES {pairs}) AS v(delivered, ours)"
        )
    made += [
        f"CREATE TABLE raw_source.{name} ({', '.join(f'{column} {kind}' for column, kind in _columns(name).items())})"
        for name in EMIS.layout.tables
    ]
    duck.run("stage", "; ".join(made))
    files = {name: number for number, name in enumerate(EMIS.layout.tables, start=1)}
    for name, delivered in rows.items():
        if delivered:
            duck.load(f"raw_source.{name}", _columns(name), _staged(name, files[name], delivered))
    return files


def _columns(table: str) -> dict[str, str]:
    about = EMIS.layout.tables[table].columns
    return {**_OWN, **{column: _TYPES.get(one.type, "VARCHAR") for column, one in about.items()}}


def _staged(table: str, file: int, delivered: Sequence[Mapping[str, object]]) -> Iterator[dict[str, object]]:
    guids = {column for column, kind in _columns(table).items() if kind == "UUID"}
    for record, row in enumerate(delivered, start=1):
        cells = {**USUAL.get(table, {}), **row}
        keys = {key: guid(str(value)) for key, value in cells.items() if key in guids and value}
        yield {**cells, **keys, "file": file, "record": record}


def prepare(duck: Duck) -> None:
    """Make the prepared tables in the order in which the format lists them."""
    for name in EMIS.format.prepared:
        sql = of_source(EMIS.sql(f"prepared/{name}"))
        duck.run(name, f"CREATE TABLE raw_source.{name.removesuffix('.sql')} AS {sql}")


def of_source(sql: str) -> str:
    """A SQL text of the format for the side that the tests stage."""
    return re.sub(r"\braw\.", "raw_source.", sql)


def made_of(work: Path, rows: Rows) -> Made:
    """Stage the rows with the usual reference rows, convert them, and see that each has exactly one fate."""
    made = Made()
    with Duck(work) as duck:
        stage(duck, {name: [*REFERENCE.get(name, ()), *rows.get(name, ())] for name in EMIS.layout.tables})
        prepare(duck)
        for one in EMIS.format.conversions:
            told = _rows(duck, f"canonical/{one.sql}")
            made.records.setdefault(one.entity, []).extend(told)
            made.fates.update((one.table, row["file"], row["record"]) for row in told if not row.get("part"))
        for row in _rows(duck, "set_aside.sql"):
            made.aside.append((row["kind"], row["reason"]))
            made.fates[row["kind"], row["file"], row["record"]] += 1
        delivered = {
            (name, file, record)
            for name in EMIS.layout.tables
            for file, record in duck.run("rows", f"SELECT file, record FROM raw_source.{name}")
        }
    assert made.fates == Counter(delivered)
    return made


def _rows(duck: Duck, file: str) -> list[dict[str, Any]]:
    sql = of_source(EMIS.sql(file))
    rows = duck.run(file, f"SELECT CAST(to_json(t) AS VARCHAR) FROM ({sql}) AS t ORDER BY t.file, t.record")
    return [json.loads(row) for (row,) in rows]
