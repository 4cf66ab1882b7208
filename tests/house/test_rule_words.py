"""Every rule that a record, file or patient can break has words for people, and no words are left over."""

import ast
import re
from collections.abc import Iterator
from pathlib import PurePosixPath

import pytest

from godwit.records.rule_words import RULE_WORDS, in_words
from godwit.values import RULES
from tests.house.tree import dotted, matching, text

RULE = re.compile(r"[a-z_]+\.[a-z_]+")
NOT_RULES = (".sql", ".yaml", ".json", ".html", ".parquet", ".xlsx")

# Which argument of a call is a rule. The other errors of the data half are about the machine, the command or a run,
# are raised once, and say their own words.
PLACES = {"InputRefused": 0, "ValueUnreadable": 0, "Issue": 2, "Reject": 2, "_Malformed": 0, "_first": 2}

# NHS numbers are the only values whose refusal becomes an issue under its own rule.
FROM_VALUES = {rule for rule in RULES if rule.startswith("nhs_number.")}


def constants(source: str) -> Iterator[str]:
    """Every text in a piece of code that is written like a rule."""
    for node in ast.walk(ast.parse(source)):
        said = node.value if isinstance(node, ast.Constant) else None
        if isinstance(said, str) and RULE.fullmatch(said) and not said.endswith(NOT_RULES):
            yield said


def given(source: str) -> Iterator[str]:
    """Every text that is given as the rule of a refusal, a rejection or an issue."""
    for node in ast.walk(ast.parse(source)):
        place = PLACES.get(dotted(node.func)) if isinstance(node, ast.Call) else None
        if isinstance(node, ast.Call) and place is not None and len(node.args) > place:
            found = node.args[place]
            if isinstance(found, ast.Constant) and isinstance(found.value, str):
                yield found.value


def code() -> list[str]:
    words = PurePosixPath("src/godwit/records/rule_words.py")
    return [text(name) or "" for name in matching("src/godwit/records/", ".py") if name != words]


def test_every_rule_given_has_words() -> None:
    used = {rule for source in code() for rule in given(source)} | FROM_VALUES
    assert used - set(RULE_WORDS) == set()
    assert len(used) > 20, "the collector finds next to nothing"


def test_every_text_written_like_a_rule_of_ours_has_words() -> None:
    families = {rule.partition(".")[0] for rule in RULE_WORDS}
    written = {one for source in code() for one in constants(source) if one.partition(".")[0] in families}
    assert written - set(RULE_WORDS) == set()


def test_no_words_are_left_over() -> None:
    written = {one for source in code() for one in constants(source)} | FROM_VALUES
    assert set(RULE_WORDS) - written == set()


@pytest.mark.parametrize("rule", RULE_WORDS)
def test_the_words_are_for_people(rule: str) -> None:
    said = in_words(rule)
    assert said == said.strip()
    assert not said.endswith(".")
    assert rule not in said


def test_a_rule_without_words_is_shown_and_not_hidden() -> None:
    assert in_words("nothing.like_it") == "nothing.like_it"


def test_the_collector_can_fail() -> None:
    source = (
        'Issue(place, entity, "a.b", "x")\nraise InputRefused("c.d", "e")\n_first(p, f, "g.h")\nother("i.j")'
    )
    assert list(given(source)) == ["a.b", "c.d", "g.h"]
    assert set(constants(source)) == {"a.b", "c.d", "g.h", "i.j"}
    assert list(constants('"label.sql", "A.b", "a.b c"')) == []
