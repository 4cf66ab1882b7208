"""What changed between two extracts: every record once, the columns that changed, and books that balance."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from godwit.records.bulk.delta import Delivered, TableDelta, find_delta, patients_changed
from godwit.records.duck import Duck
from godwit.records.errors import OutOfBalance
from tests.support.series import LAYOUT, Extract, File, Row, stage

ALL = (Delivered(), Delivered())


def entry(ident: str | None, text: str = "x", pat: str = "p1", turn: int = 1) -> Row:
    return {"Pat": pat, "Id": ident, "Org": "A", "Text": text, "Gone": False, "Turn": turn}


@contextmanager
def two(
    before: Extract, after: Extract, delivered: tuple[Delivered, Delivered] = ALL
) -> Iterator[tuple[Duck, dict[str, TableDelta]]]:
    with TemporaryDirectory() as folder, Duck(Path(folder)) as duck:
        for side, extract in (("source", before), ("target", after)):
            stage(duck, side, [File(name, name, rows) for name, rows in extract.items()])
        found = find_delta(duck, LAYOUT.tables, ["Turn"], delivered)
        yield duck, {one.table: one for one in found}


def entries(before: Sequence[Row], after: Sequence[Row]) -> tuple[TableDelta, list[tuple[str, str | None]]]:
    with two({"Entry": before}, {"Entry": after}) as (duck, found):
        return found["Entry"], duck.run("all", "SELECT change, columns FROM changes.record ORDER BY ALL")


def test_added_changed_deleted_and_the_columns() -> None:
    one, changes = entries(
        [entry("e1"), entry("e2"), entry("e3", turn=1)], [entry("e1", "y"), entry("e3", turn=2), entry("e4")]
    )
    assert (one.before, one.after, one.added, one.changed, one.deleted, one.same) == (3, 3, 1, 1, 1, 1)
    assert changes == [("added", None), ("changed", '["Text"]'), ("deleted", None)]
    assert one.columns == {"Text": 1}, "the technical column is not compared"


def test_repeated_keys_are_told_apart_by_their_number() -> None:
    one, changes = entries(
        [entry("e1", "a"), entry("e1", "b")], [entry("e1", "b"), entry("e1", "c"), entry("e1", "d")]
    )
    assert (one.added, one.changed, one.deleted, one.same) == (1, 1, 0, 1)
    assert one.repeated_keys == (2, 3)
    assert [change for change, _ in changes] == ["added", "changed"]


def test_equal_copies_are_equal_and_one_copy_more_is_added() -> None:
    one, _ = entries([entry("e1")] * 2, [entry("e1")] * 3)
    assert (one.same, one.added) == (2, 1)


def test_empty_keys_are_counted_and_compared_by_number() -> None:
    one, _ = entries([entry(None, "a"), entry(None, "b")], [entry(None, "b")])
    assert one.empty_keys == (2, 1)
    assert (one.same, one.deleted) == (1, 1)


def test_a_table_without_a_key_has_only_additions_and_deletions() -> None:
    rows = [{"What": "a", "Org": "A"}, {"What": "a", "Org": "A"}, {"What": "b", "Org": "A"}]
    with two({"Audit": rows}, {"Audit": [*rows[1:], {"What": "c", "Org": "A"}]}) as (_, found):
        one = found["Audit"]
    assert (one.same, one.added, one.changed, one.deleted) == (2, 1, 0, 1)


def test_the_same_key_in_another_practice_is_another_record() -> None:
    with two({"Session": [{"Id": "s", "Org": "A"}]}, {"Session": [{"Id": "s", "Org": "B"}]}) as (_, found):
        assert (found["Session"].added, found["Session"].deleted) == (1, 1)


def test_a_column_that_one_side_lacks_is_told_and_not_compared() -> None:
    columns = frozenset(LAYOUT.tables["Entry"].columns)
    delivered = (Delivered({"Entry": columns - {"Text"}}), Delivered({"Entry": columns}))
    without = [{**entry("e1"), "Text": None}]
    with two({"Entry": without}, {"Entry": [entry("e1")]}, delivered) as (_, found):
        assert found["Entry"].same == 1
        assert found["Entry"].only == ((), ("Text",))


def test_both_versions_are_kept_whole() -> None:
    with two({"Entry": [entry("e1", "é\n'")]}, {"Entry": [entry("e1", "y")]}) as (duck, _):
        ((key, before, after),) = duck.run("one", "SELECT key, before, after FROM changes.record")
    assert json.loads(key) == {"Org": "A", "Pat": "p1", "Id": "e1"}
    assert (json.loads(before)["Text"], json.loads(after)["Text"]) == ("é\n'", "y")


def test_how_many_records_of_each_patient_changed() -> None:
    before = [entry("e1"), entry("e2"), entry("e3", pat="p2")]
    with two({"Entry": before}, {"Entry": [entry("e1", "y"), entry("e3", pat="p2"), entry("e4")]}) as (
        duck,
        _,
    ):
        assert patients_changed(duck) == 1
        assert duck.run("all", "SELECT patient, added, changed, deleted FROM changes.patient") == [
            ("p1", 1, 1, 1)
        ]


def test_it_agrees_with_counting_by_hand() -> None:
    before = [entry(f"e{n % 40}", f"t{n % 7}") for n in range(90)]
    after = [entry(f"e{n % 40}", f"t{n % 5}") for n in range(100)]
    one, _ = entries(before, after)
    equal = Counter(map(str, before)) & Counter(map(str, after))
    assert one.same == equal.total()


def test_books_that_do_not_balance_are_refused() -> None:
    one = TableDelta("Entry", "made up", 3, 3, 1, 0, 0, (0, 0), (0, 0), {}, ((), ()))
    with pytest.raises(OutOfBalance, match=r"delta\.balance"):
        one.require_balance()
