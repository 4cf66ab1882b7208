"""When an extract was taken: by its files' names, or else by the supplier's manifest."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING

from godwit.records.bulk.batches import run_of
from godwit.records.bulk.bulk_format import BulkFormat
from godwit.records.duck import Duck

if TYPE_CHECKING:
    from godwit.records.bulk.staging import StagedFile

_MANIFEST, _UNTIL = "SRManifest", "DateExtractTo"
_NOT_DIGITS = re.compile(r"\D")


def taken_at(duck: Duck, side: str, format_: BulkFormat, files: Collection[StagedFile]) -> str | None:
    """The latest moment that the files tell, as YYYY-MM-DDTHH:MM:SS; also as table `raw_<side>.snapshot(taken_at)`."""
    told = [one.taken_at for one in files if one.taken_at]
    told += [run for one in files if (run := run_of(one.recognised.file.name))]
    manifest = format_.layout.tables.get(_MANIFEST)
    if manifest and _UNTIL in manifest.columns:
        until = duck.run("manifest", f'SELECT max("{_UNTIL}")::VARCHAR FROM raw_{side}."{_MANIFEST}"')
        told += [one for (one,) in until if one]
    moment = latest(told)
    duck.load(f"raw_{side}.snapshot", {"taken_at": "VARCHAR"}, [{"taken_at": moment}])
    return moment


def latest(told: Iterable[str]) -> str | None:
    """The latest of moments written with their year first, however they are divided; None where there is none."""
    digits = sorted(one for one in (_NOT_DIGITS.sub("", each)[:14] for each in told) if len(one) >= 8)
    if not digits:
        return None
    last = digits[-1].ljust(14, "0")
    day, clock = (last[:4], last[4:6], last[6:8]), (last[8:10], last[10:12], last[12:14])
    return f"{'-'.join(day)}T{':'.join(clock)}"
