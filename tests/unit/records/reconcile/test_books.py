"""The books close, or the entity or file that does not is named."""

from dataclasses import replace
from pathlib import Path

import pytest

from godwit.records.canonical import ENTITIES
from godwit.records.duck import Duck
from godwit.records.errors import OutOfBalance
from godwit.records.reconcile.books import Account, FileCount, SideCount, open_books, require_balance

SIDES = (SideCount(9, 2, 1), SideCount(8, 1, 0))
GOOD = Account(*SIDES, identical=1, equivalent=2, agreed=1, different=2, missing=3, unexpected=2)


def test_read_is_the_sum_of_the_three_fates() -> None:
    assert (GOOD.source.read, GOOD.target.read) == (12, 9)


@pytest.mark.parametrize(
    ("name", "account", "balances"),
    [
        ("all accounted for", GOOD, True),
        ("nothing at all", Account(), True),
        ("one lost on the source side", replace(GOOD, missing=2), False),
        ("one counted twice", replace(GOOD, identical=2), False),
        ("one lost on the target side", replace(GOOD, unexpected=1), False),
        ("one read and nowhere", replace(GOOD, source=SideCount(10, 2, 1)), False),
        ("set aside counts for nothing here", replace(GOOD, source=SideCount(9, 0, 0)), True),
    ],
)
def test_an_account_balances(name: str, account: Account, balances: bool) -> None:
    assert account.balances is balances, name
    if balances:
        require_balance({"problem": account}, [])
    else:
        with pytest.raises(OutOfBalance, match=r"problem.*books\.entity"):
            require_balance({"problem": account}, [])


@pytest.mark.parametrize(("witnessed", "accounted"), [(3, 2), (2, 3), (0, 1)])
def test_a_file_that_was_not_read_whole_is_named(witnessed: int, accounted: int) -> None:
    files = [FileCount("source", 1, 2, 2), FileCount("target", 7, witnessed, accounted)]
    with pytest.raises(OutOfBalance, match=rf"target file 7: {witnessed} .* {accounted} .*books\.file"):
        require_balance({"problem": GOOD}, files)


def test_the_books_are_counted_from_the_tables(tmp_path: Path) -> None:
    with Duck(tmp_path) as duck:
        for name in ("canonical", "ledger", "finding"):
            duck.run("test", f"CREATE SCHEMA {name}")
        both = {"side": "VARCHAR", "entity": "VARCHAR"}
        rows = [("source", "problem")] * 4 + [("target", "problem")] * 3 + [("source", "allergy")]
        duck.load("canonical.record", both, [{"side": side, "entity": entity} for side, entity in rows])
        duck.load("ledger.set_aside", both, [{"side": "source", "entity": "unclassified"}])
        duck.load("ledger.reject", both, [{"side": "target", "entity": "problem"}])
        outcomes = [("problem", "identical"), ("problem", "different"), ("problem", "different")]
        duck.load("finding.settled", {"entity": "VARCHAR", "outcome": "VARCHAR"},
                  [{"entity": entity, "outcome": outcome} for entity, outcome in outcomes])  # fmt: skip
        unpaired = [("source", "problem"), ("source", "allergy")]
        duck.load("finding.unpaired", both, [{"side": side, "entity": entity} for side, entity in unpaired])
        books = open_books(duck)
    assert list(books) == list(ENTITIES)
    assert books["problem"] == Account(
        SideCount(4, 0, 0), SideCount(3, 0, 1), identical=1, different=2, missing=1
    )
    assert books["allergy"] == Account(SideCount(1, 0, 0), missing=1)
    assert books["unclassified"] == Account(SideCount(0, 1, 0))
    assert all(account.balances for account in books.values())
