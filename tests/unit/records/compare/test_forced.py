"""What formats force is counted by the loss that explains it, and nothing else is taken for it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from godwit.records.compare.differing import find_differences
from godwit.records.compare.forced import find_forced, find_unheld
from godwit.records.compare.pairing import make_meanings
from godwit.records.compare.scheme import Scheme
from godwit.records.duck import Duck
from godwit.records.formats.losses import RecordLoss, ValueLoss
from tests.support.staged import EVERYTHING, pair, put, tables

Values = tuple[str | None, str | None]


def loss(name: str, sql: str, *fields: str) -> ValueLoss:
    said = {"id": name, "title": name, "source": name, "fields": fields, "as": sql, "examples": ()}
    return ValueLoss.model_validate(said)


DAY = loss("day", "gp_day({value})", "recall.due")
PADDED = loss("padded", "gp_padded({value})", "recall.due")
CALM = loss("calm", "CASE WHEN {row}.status = 'inactive' THEN NULL ELSE {value} END", "recall.text")
NO_PLANS = RecordLoss(id="no_plans", title="t", source="s", entity="recall", when="{row}.intent = 'plan'")
NO_LATE_ONES = RecordLoss(
    id="no_late_ones", title="t", source="s", entity="recall", when="{row}.due > '2030'"
)


@pytest.fixture
def duck(tmp_path: Path) -> Iterator[Duck]:
    """The canonical tables, empty."""
    with tables(tmp_path) as one:
        yield one


def scheme(*losses: ValueLoss, unheld: tuple[tuple[str, RecordLoss], ...] = ()) -> Scheme:
    # Not by meaning: these tables have no columns for links, and what is under test is the same.
    return Scheme((EVERYTHING, EVERYTHING), False, False, losses, unheld)


def compared(duck: Duck, one: Scheme) -> tuple[list[str], dict[tuple[str, str], int]]:
    """Fields that differ, and pairs by field and loss, of the recalls that were put."""
    make_meanings(duck, one)
    find_differences(duck, one)
    find_forced(duck, one)
    differences = duck.run("test", "SELECT field FROM finding.difference ORDER BY ALL")
    forced = duck.run("test", "SELECT field, loss, pairs FROM finding.forced")
    return [field for (field,) in differences], {(field, name): pairs for field, name, pairs in forced}


def put_recalls(duck: Duck, *values: Values, field: str = "due", status: str | None = None) -> None:
    put(duck, "source", "recall", *({field: one, "status": status} for one, _ in values))
    put(duck, "target", "recall", *({field: two, "status": status} for _, two in values))
    pair(duck, *(("recall", n, n) for n in range(1, len(values) + 1)))


def test_a_difference_that_the_loss_takes_away_is_counted_and_is_none(duck: Duck) -> None:
    put_recalls(duck, ("2020-03-05T09:15:00", "2020-03-05"), ("2020-03-05", "2020-03-05"))
    assert compared(duck, scheme(DAY)) == ([], {("due", "day"): 1})


def test_a_difference_that_the_loss_leaves_is_found(duck: Duck) -> None:
    put_recalls(duck, ("2020-03-05T09:15:00", "2020-03-06"), ("2020-03-05", None))
    assert compared(duck, scheme(DAY)) == (["due", "due"], {})


def test_the_first_loss_that_changes_either_side_is_the_one_that_explains(duck: Duck) -> None:
    put_recalls(duck, ("2020-03-05T09:15:00", "2020-03-05"), ("2020", "2020-01-01"))
    assert compared(duck, scheme(DAY, PADDED)) == ([], {("due", "day"): 1, ("due", "padded"): 1})


def test_a_loss_may_look_at_its_own_row(duck: Duck) -> None:
    put_recalls(duck, ("call", "write"), field="text", status="inactive")
    assert compared(duck, scheme(CALM)) == ([], {("text", "calm"): 1})


def test_a_loss_that_looks_at_its_row_leaves_other_rows_alone(duck: Duck) -> None:
    put_recalls(duck, ("call", "write"), field="text", status="active")
    assert compared(duck, scheme(CALM)) == (["text"], {})


def test_pairs_that_differ_in_form_are_remembered(duck: Duck) -> None:
    put_recalls(duck, ("2020-03-05", "2020-03-05"), ("2020-03-05T09:15:00", "2020-03-05"))
    compared(duck, scheme(DAY))
    assert duck.run("test", "SELECT * FROM finding.form") == [("recall", 2, 1)]


def test_without_losses_nothing_is_forced(duck: Duck) -> None:
    put_recalls(duck, ("2020-03-05T09:15:00", "2020-03-05"))
    assert compared(duck, scheme()) == (["due"], {})


def test_records_without_a_place_are_named_by_the_first_loss_that_says_so(duck: Duck) -> None:
    put(duck, "source", "recall", {"intent": "plan", "due": "2031"}, {"due": "2031"}, {"due": "2020"})
    put(duck, "target", "recall", {"intent": "plan"})
    find_unheld(duck, scheme(unheld=(("source", NO_PLANS), ("source", NO_LATE_ONES))))
    found = duck.run("test", "SELECT side, entity, row, loss FROM finding.unheld ORDER BY row")
    assert found == [("source", "recall", 1, "no_plans"), ("source", "recall", 2, "no_late_ones")]
