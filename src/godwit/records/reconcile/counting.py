"""Counts that are no sets: ages and sexes, codes, values, local codes, and each patient's trace of dates."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from godwit.records.canonical import ENTITIES
from godwit.records.canonical import Kind as FieldKind
from godwit.records.duck import Duck
from godwit.records.reconcile.holding import Formats, held, unfilled
from godwit.records.reconcile.results import Behind, Counts, Kind, Result
from godwit.records.steps import sql_text

SQL = Path(__file__).parent / "sql"

NATIONAL = "regexp_matches({codes}, '\"(snomed|read2|ctv3)\\|')"
"""SQL: whether a list of codes has one of a national system."""

_CODED = ("observation", "problem", "immunisation")
"""Entities whose local codes are followed."""


@dataclass(frozen=True, slots=True)
class AgeSex:
    """Registered patients of one age band and sex on either side."""

    band: str
    sex: str
    source: int
    target: int


@dataclass(frozen=True, slots=True)
class CodeCount:
    """Entries with one code (a JSON list of system|code) on either side, and the most patients that have it on one."""

    code: str
    source: int
    target: int
    patients: int


@dataclass(frozen=True, slots=True)
class Values:
    """Values of one code and unit: how many, mean, least and most on either side.

    `findings` and `rules`: how many of the records have one behind them; `units`: how many units the code has in all.
    """

    code: str
    unit: str
    counts: tuple[int, int]
    means: tuple[float | None, float | None]
    least: tuple[float | None, float | None]
    most: tuple[float | None, float | None]
    patients: int
    findings: int
    rules: int
    units: int

    @property
    def same(self) -> bool:
        """Whether number, mean and range are the same on both sides, but for the last bits of a sum."""
        one, two = self.means
        alike = one == two or (
            one is not None and two is not None and abs(one - two) <= 1e-9 * max(1.0, abs(one))
        )
        return self.counts[0] == self.counts[1] and alike and len({*self.least}) == 1 == len({*self.most})

    @property
    def unit_changed(self) -> bool:
        """Whether only one side has this unit of a code that has several: values that were given another unit."""
        return self.units > 1 and 0 in self.counts

    @property
    def unexplained(self) -> bool:
        """Whether the sides differ and nothing is behind it."""
        return not self.same and not self.findings and not self.rules


@dataclass(frozen=True, slots=True)
class LocalCode:
    """Entries of the source with one code that no national code stands beside.

    `fate` is what became of them: national, local, text or lost.
    """

    entity: str
    code: str
    fate: str
    records: int


@dataclass(frozen=True, slots=True)
class Traces:
    """Patients of both sides laid side by side by how many records of each kind they have, from when to when."""

    patients: int = 0
    identical: int = 0
    explained: int = 0
    unexplained: int = 0

    @property
    def share(self) -> float:
        """Share of identical traces, from 0 to 1."""
        return self.identical / self.patients if self.patients else 1.0


def count_ages(duck: Duck) -> tuple[AgeSex, ...]:
    """Registered patients by age band and sex. Whatever else stands for a sex is a value, and counts as unknown."""
    rows = duck.run(
        "count ages",
        """SELECT band, CASE WHEN sex IN ('female', 'male', 'other') THEN sex ELSE 'unknown' END,
            count(*) FILTER (WHERE side = 'source'), count(*) FILTER (WHERE side = 'target')
        FROM reconcile.person WHERE registered GROUP BY ALL ORDER BY ALL""",
    )
    return tuple(AgeSex(*row) for row in rows)


def count_codes(duck: Duck, formats: Formats) -> tuple[CodeCount, ...]:
    """Every code of entries, most frequent first."""
    if unfilled(formats, "observation", ("code",)):
        return ()
    rows = duck.run("count codes", sql_text(SQL, "codes.sql"))
    found = (CodeCount(code, int(one or 0), int(two or 0), patients) for code, one, two, patients in rows)
    return tuple(sorted(found, key=lambda one: (-one.source - one.target, one.code)))


def count_values(duck: Duck, formats: Formats) -> tuple[Values, ...]:
    """Values by code and unit, most frequent first. Makes `reconcile.value`."""
    if unfilled(formats, "observation", ("code", "value", "unit")):
        return ()
    unit = held(formats, "observation", "unit")
    made = sql_text(SQL, "values.sql", unit=unit)
    duck.run("reconcile.value", f"CREATE TABLE reconcile.value AS\n{made}")
    return tuple(_values(*row) for row in duck.run("values", sql_text(SQL, "values_beside.sql", unit=unit)))


def _values(code: str, unit: str, *rest: Any) -> Values:
    one, two, total_one, total_two, least_one, least_two, most_one, most_two, patients, *behind = rest
    means = (
        total_one / one if one and total_one is not None else None,
        total_two / two if two and total_two is not None else None,
    )
    ranges = ((least_one, least_two), (most_one, most_two))
    return Values(code, unit, (int(one), int(two)), means, *ranges, int(patients), *map(int, behind))


def units(values: Iterable[Values]) -> Result:
    """Whether both sides use the same units for the same codes, as a measure: its members are code and unit."""
    found = tuple(values)
    changed = [one for one in found if one.unit_changed]
    behind: dict[Kind, Behind] = {}
    for one in changed:
        kind = _kind_behind(one)
        so_far = behind.get(kind, Behind(kind, None, _UNITS[kind]))
        behind[kind] = so_far.and_more(int(one.counts[1] == 0), int(one.counts[0] == 0), one.patients)
    source, target, both = (sum(map(has, found)) for has in (_in_source, _in_target, _in_both))
    alone = (sum(one.counts[1] == 0 for one in changed), sum(one.counts[0] == 0 for one in changed))
    counts = Counts(source, target, both, *alone, sum(one.patients for one in changed))
    title = "Units of values, code by code"
    return Result(
        "units", "values", title, "standards notes 7.3", "exact", "units", counts, tuple(behind.values())
    )


_UNITS: Mapping[Kind, str] = {
    "finding": "value, unit or code changed",
    "rule": "written otherwise; a rule holds the two for equal",
    "unexplained": "no finding behind it",
}


def _kind_behind(one: Values) -> Kind:
    if one.findings:
        return "finding"
    return "rule" if one.rules else "unexplained"


def _in_source(one: Values) -> bool:
    return one.counts[0] > 0


def _in_target(one: Values) -> bool:
    return one.counts[1] > 0


def _in_both(one: Values) -> bool:
    return 0 not in one.counts


def follow_local_codes(duck: Duck, formats: Formats) -> tuple[LocalCode, ...]:
    """What became of the source's local codes. Makes `reconcile.local`."""
    told = [name for name in _CODED if not unfilled(formats, name, ("code",))]
    found = []
    national, became = NATIONAL.format(codes="c.code"), NATIONAL.format(codes="t.code")
    duck.run(
        "reconcile.local",
        "CREATE TABLE reconcile.local (entity VARCHAR, row BIGINT, code VARCHAR)",
    )
    for name in told:
        duck.run(
            f"reconcile.local: {name}",
            f"""INSERT INTO reconcile.local SELECT '{name}', c.row, c.code FROM canonical.{name} AS c
            WHERE c.side = 'source' AND c.code IN (
                SELECT c.code FROM reconcile.code AS c WHERE c.entity = '{name}' AND NOT {national})""",
        )
    for (name,) in duck.run("local codes", "SELECT DISTINCT entity FROM reconcile.local ORDER BY entity"):
        sql = sql_text(SQL, "local_codes.sql", entity=name, became=became)
        found += [LocalCode(name, *row) for row in duck.run(f"local codes: {name}", sql)]
    return tuple(found)


def trace_patients(duck: Duck, formats: Formats, there: frozenset[str]) -> Traces:
    """Compare the trace of every patient who is on both sides. `there`: kinds of record of which either has any."""
    duck.run(
        "reconcile.trace",
        """CREATE TABLE reconcile.trace (who BIGINT, entity VARCHAR, side VARCHAR, records BIGINT, first VARCHAR,
        last VARCHAR)""",
    )
    for entity in ENTITIES.values():
        common = formats.common(entity)
        moment = entity.first_of(FieldKind.MOMENT)
        if common and entity.name in there and entity.name not in ("practitioner", "organisation"):
            day = f"left(gp_padded(c.{moment}), 10)" if moment in common else "NULL"
            unheld = f"""ANTI JOIN finding.unheld AS u
                ON u.side = c.side AND u.entity = '{entity.name}' AND u.row = c.row"""
            sql = sql_text(SQL, "fingerprint_entity.sql", entity=entity.name, day=day, unheld=unheld)
            duck.run(f"reconcile.trace: {entity.name}", sql)
    row = duck.run("count traces", (SQL / "traces.sql").read_text(encoding="utf-8"))[0]
    return Traces(*(int(one or 0) for one in row))
