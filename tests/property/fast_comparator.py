"""The fast comparator, step by step as a run takes them, with its answer as plain Python beside the slow one's."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path

from godwit.definitions.comparison import read_equivalences, read_severities
from godwit.records.compare.comparisons import Difference
from godwit.records.compare.differing import find_differences
from godwit.records.compare.findings import gather
from godwit.records.compare.judging import judge
from godwit.records.compare.pairing import pair_everything
from godwit.records.compare.people import Person, pair_people
from godwit.records.compare.rules import Rulebook
from godwit.records.compare.scheme import Scheme
from godwit.records.compare.stage import Side, Staging, load_people, make_rooms
from godwit.records.duck import Duck
from godwit.records.formats.reading import Reading
from godwit.records.model import Row
from godwit.records.reconcile.books import Account, open_books
from tests.property.generated_copies import Case
from tests.property.plain_comparator import Explain, Result

ACROSS = ("gp2gp", "gpconnect")
WITHIN = ("gpconnect", "gpconnect")


def rulebook(same_format: bool) -> Rulebook:
    """The shipped rules as they reach two formats, or one."""
    return Rulebook(read_equivalences(), *(WITHIN if same_format else ACROSS))


def explain(same_format: bool) -> Explain:
    """The same rules as a plain question."""
    rules = rulebook(same_format)

    def ask(difference: Difference) -> str | None:
        rule = rules.explain(difference)
        return rule.id if rule else None

    return ask


def compare_fast(case: Case) -> Result:
    """Compare all rows of one side with all rows of the other, in a database of their own."""
    same_format = case.same_format
    scheme = Scheme((dict(case.fills[0]), dict(case.fills[1])), same_format)
    with tempfile.TemporaryDirectory() as work, Duck(Path(work)) as duck:
        make_rooms(duck)
        people = pair_people(_stage(duck, "source", case.source), _stage(duck, "target", case.target))
        load_people(duck, [(pair.source.number, pair.target.number) for pair in people.pairs])
        pair_everything(duck, scheme)
        find_differences(duck, scheme)
        judge(duck, rulebook(same_format))
        gather(duck, read_severities(), scheme)
        duck.run("settle", "CREATE VIEW finding.settled AS SELECT * FROM finding.outcome")
        return _result(duck, open_books(duck))


def _stage(duck: Duck, side: Side, rows: Sequence[Row]) -> list[Person]:
    staging = Staging(duck, side)
    for file, grouped in groupby(
        sorted(rows, key=lambda row: row.place.file), key=lambda row: row.place.file
    ):
        staging.add(Reading(rows=list(grouped)), file)
    staging.flush()
    return staging.people


def _result(duck: Duck, books: dict[str, Account]) -> Result:
    def all_of(sql: str) -> list[tuple]:
        return duck.run("test", sql)

    return Result(
        pairs=set(all_of("SELECT entity, source_row, target_row, rung FROM paired.record")),
        differences=set(
            all_of(
                """SELECT d.entity, d.source_row, d.target_row, d.field, d.source_value, d.target_value, v.rule
                   FROM finding.difference AS d
                   LEFT JOIN finding.verdict AS v USING (entity, source_row, target_row, field)"""
            )
        ),
        outcomes={
            (entity, source, target): outcome
            for entity, source, target, outcome in all_of(
                "SELECT entity, source_row, target_row, outcome FROM finding.outcome"
            )
        },
        missing=set(all_of("SELECT entity, row, reason FROM finding.unpaired WHERE side = 'source'")),
        unexpected=set(all_of("SELECT entity, row, reason FROM finding.unpaired WHERE side = 'target'")),
        findings=Counter(
            all_of("SELECT entity, outcome, field, source_row, target_row, reason FROM finding.finding")
        ),
        books={entity: _plain(account) for entity, account in books.items()},
    )


def _plain(account: Account) -> dict[str, int]:
    return {
        "source": account.source.converted,
        "target": account.target.converted,
        "identical": account.identical,
        "equivalent": account.equivalent,
        "different": account.different,
        "missing": account.missing,
        "unexpected": account.unexpected,
    }
