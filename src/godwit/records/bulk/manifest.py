"""SystmOne's manifest held against the files that came with it. Source: format notes 3.1."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from godwit.records.bulk.batches import says_delta
from godwit.records.bulk.staging import StagedFile, StagedSide
from godwit.records.duck import Duck

TABLE = "SRManifest"
_PATIENTS = "SRPatient"
_ALWAYS_THERE = {"srmanifest", "srmapping", "srmappinggroup", "specification"}
_UNDATED = {"srappointmentattendees", "srreferralcontactevent"}
"""Tables whose dates the supplier leaves blank."""
_ENDING = ".csv"


def manifest_faults(duck: Duck, staged: StagedSide) -> Iterator[tuple[str, str, str, int]]:
    """Rule, table, what about it, how many: files named and not there, there and not named, taken at other times than
    the rest, and a whole extract without patients. Each manifest is held against the files of its own folder."""
    for manifest in staged.files:
        if manifest.table == TABLE:
            there = [one for one in staged.files if _folder(one) == _folder(manifest)]
            yield from _faults(duck, staged, manifest, there)


def _faults(
    duck: Duck, staged: StagedSide, manifest: StagedFile, there: list[StagedFile]
) -> Iterator[tuple[str, str, str, int]]:
    rows = duck.run(
        "manifest",
        f"""SELECT "FileName"::VARCHAR, "IsDelta"::VARCHAR, "DateExtractTo"::VARCHAR
        FROM raw_{staged.side}."{TABLE}" WHERE file = {manifest.number} AND "FileName" IS NOT NULL""",
    )
    named = {_plain(name): (delta, until) for name, delta, until in rows}
    tables = {one.table.casefold(): one.table for one in there}
    for name in sorted(named):
        if name not in tables:
            known = next(
                (one for one in staged.format.layout.tables if one.casefold() == name), "another table"
            )
            yield "manifest.file_missing", known, "", 1
    for name, table in sorted(tables.items()):
        if name not in named and name not in _ALWAYS_THERE:
            yield "manifest.file_unnamed", table, "", 1
    dates = Counter(until for name, (_, until) in named.items() if until and name not in _UNDATED)
    if len(dates) > 1:
        yield "manifest.dates_differ", TABLE, "", len(dates)
    patients = [one for one in there if one.table == _PATIENTS]
    whole = not says_delta(named.get(_PATIENTS.casefold(), ("yes", ""))[0])
    if whole and patients and not any(one.records for one in patients):
        yield "manifest.whole_without_patients", _PATIENTS, "", 1


def _folder(one: StagedFile) -> str:
    return one.recognised.file.name.rpartition("/")[0]


def _plain(name: str) -> str:
    return name.strip().casefold().removesuffix(_ENDING)
