"""The facts that rules ask for: the questions, and the check of what people answer."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
import yaml

from godwit.definitions.guide.facts import Fact, FactRefused, checked_fact, checked_facts, read_facts
from godwit.definitions.guide.roles import read_roles
from godwit.definitions.guide.rule import RuleFile
from godwit.definitions.read import parse_text

ANSWERS = """
terms_read: 2027-02-15
extract_encrypted: yes
extract_rounds: 2
staff_briefed: 100
links:
- {off_on: 2027-06-17, party: ' Lab '}
costs:
"""
FACTS = {one.name: one for one in read_facts()}


def test_every_question_is_asked_of_a_role() -> None:
    roles = {one.slug for one in read_roles().roles}
    assert {one.asked_of for one in FACTS.values()} <= roles
    assert set(FACTS["data_signed_by"].choices) == roles


def test_no_question_asks_for_a_patient() -> None:
    """Lists are of suppliers, products, links and the like; what concerns patients is a count or a share."""
    lists = {name for name, one in FACTS.items() if one.type == "list"}
    assert lists == {
        "modules", "costs", "integrations", "confirmations", "other_suppliers", "kickoff_people",
        "capture_streams", "links", "own_databases", "mesh_partners",
    }  # fmt: skip
    assert [name for name, one in FACTS.items() if one.type == "text"] == ["data_signed_by"]


def test_answers_come_back_typed() -> None:
    assert checked_facts(yaml.safe_load(ANSWERS), read_facts()) == {
        "terms_read": date(2027, 2, 15),
        "extract_encrypted": True,
        "extract_rounds": 2,
        "staff_briefed": 100,
        "links": ({"party": "Lab", "off_on": date(2027, 6, 17)},),
    }


@pytest.mark.parametrize(
    ("name", "answer", "rule"),
    [
        ("terms_raed", True, "fact.unknown"),
        ("terms_read", datetime(2027, 2, 15, 9, 0), "fact.moment"),
        ("terms_read", datetime(2027, 2, 15, 9, 0, tzinfo=UTC), "fact.moment"),
        ("terms_read", "2027-02-15", "fact.date"),
        ("terms_read", "15/02/2027", "fact.date"),
        ("terms_read", True, "fact.date"),
        ("extract_encrypted", "ja", "fact.yes_no"),
        ("extract_encrypted", 1, "fact.yes_no"),
        ("extract_rounds", -1, "fact.range"),
        ("extract_rounds", True, "fact.count"),
        ("extract_rounds", 2.5, "fact.count"),
        ("staff_briefed", 101, "fact.range"),
        ("data_signed_by", "the cleaner", "fact.choice"),
        ("data_signed_by", "", "fact.text"),
        ("data_signed_by", 3, "fact.text"),
        ("links", {"party": "Lab"}, "fact.list"),
        ("links", ["Lab"], "fact.columns"),
        ("links", [{"party": "Lab", "colour": "red"}], "fact.columns"),
        ("links", [{"off_on": date(2027, 6, 17)}], "fact.first_column"),
        ("links", [{"party": "Lab", "off_on": datetime(2027, 6, 17, 9, 0)}], "fact.moment"),
        ("links", [{"party": "x" * 201}], "fact.text"),
        ("links", [{"party": "Patient 9990000018"}], "fact.patient"),
        ("links", [{"party": "Patient 999 000 0018"}], "fact.patient"),
    ],
)
def test_refused(name: str, answer: Any, rule: str) -> None:
    with pytest.raises(FactRefused) as caught:
        checked_facts({name: answer}, read_facts())
    assert caught.value.rule == rule
    assert caught.value.name.startswith(name)
    assert "9990000018" not in str(caught.value)
    assert str(caught.value).endswith(f"[{rule}]")


def test_a_refusal_says_which_row_and_column() -> None:
    rows = [{"party": "Lab"}, {"party": "Scan", "off_on": "soon"}]
    with pytest.raises(FactRefused, match="links, row 2, off_on: write a day such as 2027-03-01"):
        checked_fact(FACTS["links"], rows)


def test_a_number_that_is_no_nhs_number_is_let_be() -> None:
    assert checked_fact(FACTS["links"], [{"party": "Order 9990000019"}])


@pytest.mark.parametrize(
    "change",
    [
        {"type": "list"},
        {"columns": [{"name": "a", "type": "text", "about": "x"}]},
        {"choices": ["a"]},
        {"question": "No question."},
        {"colour": "red"},
    ],
)
def test_a_fact_that_does_not_hold_together_is_refused(change: dict[str, Any]) -> None:
    row = {
        "name": "a",
        "type": "yes_no",
        "question": "So?",
        "asked_of": "x",
        "used_by": ["R-01"],
        "example": True,
    }
    Fact.model_validate(row)
    with pytest.raises(ValueError, match=r"."):
        Fact.model_validate(row | change)


RULE = """
part: "4.1"
title: t
rules:
  - {{id: R-01, name: n, advice: a, check: "True", pass_says: p, fail_says: f, severity: {severity}, kind: L,
     source: [S1]{more}}}
"""


@pytest.mark.parametrize(
    ("severity", "more", "because"),
    [
        ("B", "", "keeps a gate shut"),
        ("W", ", gate: G1", "keeps a gate shut"),
        ("W", ", conditions: [dispensing]", "'not_here' goes with"),
        ("W", ", not_here: x", "'not_here' goes with"),
        ("W", ", colour: red", "colour"),
    ],
)
def test_a_rule_that_does_not_hold_together_is_refused(severity: str, more: str, because: str) -> None:
    parse_text(RuleFile, "x.yaml", RULE.format(severity="W", more=""))
    with pytest.raises(ValueError, match=because):
        parse_text(RuleFile, "x.yaml", RULE.format(severity=severity, more=more))
