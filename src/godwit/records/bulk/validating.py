"""Check every field of a file against its column's type, in one reading and without staging it."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from godwit.records.bulk.bulk_format import BulkFormat
from godwit.records.bulk.casting import odd_select
from godwit.records.bulk.mending import read_mended
from godwit.records.bulk.readable import Scan, readable
from godwit.records.bulk.recognise import Recognised
from godwit.records.bulk.witness import witness
from godwit.records.duck import Duck
from godwit.records.errors import MachineRefused


@dataclass(frozen=True, slots=True)
class Validated:
    """What became of a file: `records` in it, those that cannot be read by rule, cells not of their type by column."""

    records: int
    rejects: dict[str, int]
    odd: dict[str, int]

    @property
    def sound(self) -> bool:
        """Whether nothing is wrong."""
        return not self.rejects and not self.odd


def validate(duck: Duck, format_: BulkFormat, one: Recognised, into: str) -> Validated:
    """Check a file; its odd cells go into table `into(key, odd, rows)`: `odd` is JSON of column -> text, `key` the
    record's key as delivered, `rows` how many are alike. The row without `odd` counts the sound records."""
    work = duck.work / f"validate-{one.file.number:05d}"
    copy = readable(one.file.path, format_.layout.grammar.encoding, work.with_suffix(".utf8"))
    with ThreadPoolExecutor(max_workers=1) as beside:
        counting = beside.submit(witness, copy.path)
        scan = Scan(copy.path, len(one.columns), one.header, one.line_end)
        rows = _check(duck, format_, one, scan, into)
        seen = counting.result()
    rejects: Counter[str] = Counter()
    if rows != max(seen.records - one.header, 0) or seen.open_quote:
        shape, clean = (len(one.columns), one.header), work.with_suffix(".clean")
        mended, rows = read_mended(
            copy.path, shape, clean, lambda scan: _check(duck, format_, one, scan, into)
        )
        rejects.update(rule for _, rule in mended.rejects)
    copy.discard()
    if rows is None:
        raise MachineRefused("machine.two_readings", "two ways of reading a file do not agree", one.public)
    odd = duck.run(
        "odd cells",
        f"""SELECT cell, sum(rows) FROM (SELECT unnest(json_keys(odd)) AS cell, rows FROM {into}
        WHERE odd IS NOT NULL) GROUP BY cell ORDER BY cell""",
    )
    return Validated(
        rows + rejects.total(), dict(rejects), {str(column): int(number) for column, number in odd}
    )


def _check(duck: Duck, format_: BulkFormat, one: Recognised, scan: Scan, into: str) -> int | None:
    """Records read; None where the engine's reader stumbled."""

    def checked(source: str) -> int:
        select = odd_select(one, format_.layout.tables[one.table], format_.layout.grammar, source)
        sql = f"CREATE OR REPLACE TABLE {into} AS SELECT key, odd, count(*) AS rows FROM ({select}) GROUP BY key, odd"
        duck.run(f"validate {one.public}", sql)
        return int(duck.run("count", f"SELECT coalesce(sum(rows), 0) FROM {into}")[0][0])

    mended = f"_mended_{scan.final}" if scan.numbered else ""
    return scan.read(duck, f"rejected_validating_{one.file.number}{mended}", checked)
