"""What the checker of equivalence rules refuses, and what the rulebook does with rules."""

from typing import Any

import pytest

from godwit.definitions.comparison import Equivalence, read_equivalences
from godwit.definitions.errors import DefinitionError
from godwit.definitions.read import Definition, parse_text
from godwit.records.compare.comparisons import Difference
from godwit.records.compare.rules import Rulebook, reaches

GOOD = """\
id: made_up
title: A made-up rule
source: nowhere
by: blanks_at_line_ends
fields: ["recall.text"]
accepts: [{source: "a", target: "a "}]
refuses: [{source: "a", target: "b"}]
"""


def rule(**changes: Any) -> Equivalence:
    return parse_text(Equivalence, "rule.yaml", GOOD).model_copy(update=changes)


def difference(field: str = "text", source: str | None = "a", target: str | None = "a ") -> Difference:
    return Difference("recall", field, source, target, {}, {})


@pytest.mark.parametrize(
    ("was", "becomes"),
    [
        ('accepts: [{source: "a", target: "a "}]', "accepts: []"),
        ('refuses: [{source: "a", target: "b"}]', "refuses: []"),
        ('refuses: [{source: "a", target: "b"}]\n', ""),
        ("source: nowhere\n", ""),
        ("target: b", "tarhget: b"),
        ('"b"}]', '"b", colour: blue}]'),
    ],
)
def test_a_rule_without_both_kinds_of_example_or_a_source_is_refused(was: str, becomes: str) -> None:
    text = GOOD.replace(was, becomes)
    if text == GOOD:
        text = GOOD + "colour: blue\n"
    with pytest.raises(DefinitionError, match=r"definition\.shape"):
        parse_text(Equivalence, "rule.yaml", text)


def test_a_rule_naming_an_unknown_comparison_is_refused() -> None:
    with pytest.raises(LookupError, match="no_such_comparison"):
        Rulebook((rule(by="no_such_comparison"),), "gp2gp", "gpconnect")


def test_the_shipped_rules_make_a_rulebook() -> None:
    assert Rulebook(read_equivalences(), "gp2gp", "gpconnect").explain(difference("text", "a", "b")) is None


@pytest.mark.parametrize(
    ("between", "explains"),
    [((), True), ((("x", "y"),), True), ((("a", "b"), ("x", "y")), True), ((("y", "x"),), False)],
)
def test_a_rule_holds_between_the_formats_it_names(
    between: tuple[tuple[str, str], ...], explains: bool
) -> None:
    found = Rulebook((rule(between=between),), "x", "y").explain(difference())
    assert (found is not None) is explains


@pytest.mark.parametrize(
    ("patterns", "reached"),
    [
        (("recall.text",), True),
        (("recall.*",), True),
        (("*.text",), True),
        (("*.*",), True),
        (("*.text_text", "recall.tex"), False),
        (("recal.text",), False),
        (("RECALL.text",), False),
    ],
)
def test_a_rule_reaches_the_fields_its_patterns_meet(patterns: tuple[str, ...], reached: bool) -> None:
    assert reaches(rule(fields=patterns), "recall", "text") is reached


def test_the_first_rule_that_accepts_explains() -> None:
    rules = (rule(id="one", by="padded_time"), rule(id="two"), rule(id="three"))
    found = Rulebook(rules, "x", "y").explain(difference())
    assert found is not None
    assert found.id == "two"


def test_a_definition_is_a_definition() -> None:
    assert issubclass(Equivalence, Definition)
