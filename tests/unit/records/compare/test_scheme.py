"""The terms of a comparison: what both formats fill, and the columns with what their losses leave of them."""

from __future__ import annotations

from godwit.records.canonical import ENTITIES, EXTRAS
from godwit.records.compare.scheme import Fills, Scheme, role_columns
from godwit.records.formats.losses import ValueLoss
from tests.support.staged import EVERYTHING

PROBLEM, RECALL = ENTITIES["problem"], ENTITIES["recall"]
LITTLE: Fills = {**EVERYTHING, "problem": frozenset({"text", "code", "performer"})}


def loss(name: str, sql: str, *fields: str) -> ValueLoss:
    said = {"id": name, "title": name, "source": name, "fields": fields, "as": sql, "examples": ()}
    return ValueLoss.model_validate(said)


SHORT = loss("short", "left({value}, 3)", "problem.text")
LOWER = loss("lower", "lower({value})", "*.text", "problem.performer")


def test_only_what_both_formats_fill_is_compared() -> None:
    scheme = Scheme((EVERYTHING, LITTLE), same_format=False)
    assert scheme.names(PROBLEM) == ["code", "text"]
    assert scheme.roles(PROBLEM) == ["performer"]
    assert scheme.common(PROBLEM) == {"code", "text", "performer"}


def test_within_one_format_the_rest_is_compared_too() -> None:
    assert Scheme((LITTLE, LITTLE), same_format=True).names(PROBLEM) == ["code", "text", EXTRAS]


def test_links_are_columns_only_where_they_are_told_by_meaning() -> None:
    assert Scheme((EVERYTHING, LITTLE), False).columns(PROBLEM) == ["code", "text"]
    assert Scheme((EVERYTHING, LITTLE), False, by_meaning=True).columns(PROBLEM) == [
        "code",
        "text",
        "performer",
    ]


def test_a_person_is_never_a_column() -> None:
    assert "person" not in role_columns(ENTITIES["practitioner"])


def test_losses_are_applied_in_order_each_to_what_the_last_one_left() -> None:
    scheme = Scheme((EVERYTHING, EVERYTHING), False, True, (SHORT, LOWER))
    assert scheme.losses_of(PROBLEM, "text") == (SHORT, LOWER)
    assert scheme.meant(PROBLEM, "text", "s") == "s.text__2"
    assert scheme.meant(PROBLEM, "text", "s", 0) == "s.text"
    sql = str(scheme.meanings(PROBLEM))
    assert "(left(c.text, 3)) AS text__1" in sql
    assert "(lower(c.text__1)) AS text__2" in sql
    assert "(lower(c.performer)) AS performer__1" in sql


def test_a_loss_of_every_entity_hits_those_that_have_the_field() -> None:
    scheme = Scheme((EVERYTHING, EVERYTHING), False, True, (LOWER,))
    assert scheme.losses_of(RECALL, "text") == (LOWER,)
    assert scheme.losses_of(RECALL, "performer") == ()


def test_a_field_named_twice_loses_once() -> None:
    twice = loss("twice", "lower({value})", "*.text", "problem.text")
    scheme = Scheme((EVERYTHING, EVERYTHING), False, True, (twice,))
    assert scheme.losses_of(PROBLEM, "text") == (twice,)


def test_without_losses_the_canonical_table_is_compared() -> None:
    scheme = Scheme((EVERYTHING, EVERYTHING), False, True, (SHORT,))
    assert (scheme.table(RECALL), scheme.meanings(RECALL)) == ("canonical.recall", None)
    assert scheme.table(PROBLEM) == "meant.problem"


def test_a_loss_of_a_field_that_is_not_compared_makes_nothing() -> None:
    fills: Fills = {**EVERYTHING, "problem": frozenset({"code"})}
    scheme = Scheme((EVERYTHING, fills), False, True, (SHORT,))
    assert scheme.meanings(PROBLEM) is None
