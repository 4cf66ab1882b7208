"""Every rule of the guide passes, fails and cannot be told where it should (tests/spec/rules.yaml)."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from godwit.definitions.guide.facts import read_facts
from godwit.definitions.guide.rule import Rule, read_rules
from godwit.definitions.guide.task import read_tasks
from godwit.plan.rules.running import ready_rules, run_rules
from tests.support.plan_scenes import (
    a_fresh_scene,
    a_whole_scene,
    changed,
    results_in,
    the_language,
    the_rules,
)

SPEC = Path(__file__).parents[2] / "spec" / "rules.yaml"
CASES: dict[str, Any] = yaml.safe_load(SPEC.read_text(encoding="utf-8"))
RULES = {one.id: one for one in read_rules()}
WORD = re.compile(r"\b[a-z][a-z0-9_]+\b")


def cases() -> list[tuple[str, str, dict[str, Any]]]:
    return [
        (rule, result, case)
        for rule, results in CASES.items()
        for result, found in results.items()
        for case in (found if isinstance(found, list) else [found])
    ]


def words(rule: Rule) -> set[str]:
    """Every word in the expressions of a rule."""
    texts = [rule.check, rule.when, *re.findall(r"\{([^{}]+)\}", rule.pass_says + rule.fail_says)]
    return {word for text in texts for word in WORD.findall(text)}


@pytest.mark.parametrize(("rule", "result", "case"), cases())
def test_case(rule: str, result: str, case: dict[str, Any]) -> None:
    found = results_in(changed(a_whole_scene(), case))[rule]
    assert (found.result, found.because) == (result, found.because)
    assert case["says"] in found.because


def test_all_rules_pass_in_the_whole_scene() -> None:
    found = results_in(a_whole_scene())
    assert [one for one in found.values() if one.result != "pass" or not one.applies] == []
    assert list(found) == [f"R-{number:02}" for number in range(1, 91)]


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_has_a_case_that_fails_and_one_that_cannot_be_told(rule: str) -> None:
    assert {"fail", "cannot_tell"} <= set(CASES[rule])


@pytest.mark.parametrize("rule", [one.id for one in RULES.values() if one.conditions])
def test_a_rule_whose_conditions_do_not_hold_passes_and_says_so(rule: str) -> None:
    scene = changed(a_fresh_scene(), {"without_conditions": RULES[rule].conditions})
    found = results_in(scene)[rule]
    assert (found.result, found.applies) == ("pass", False)
    assert found.because == f"does not apply: {RULES[rule].not_here}"


def test_a_fresh_plan_is_judged_on_its_dates_and_says_what_it_lacks_for_the_rest() -> None:
    found = results_in(a_fresh_scene())
    told = {one.id for one in found.values() if one.result != "cannot_tell"}
    assert told == {"R-01", "R-02", "R-03", "R-21", "R-44", "R-57", "R-58", "R-90"}
    assert all(one.because for one in found.values())


def test_no_because_leaves_a_gap() -> None:
    """A value in a sentence is filled in, also where a rule fails on one of two facts."""
    for scene in (a_whole_scene(), a_fresh_scene(), a_fresh_scene(date(2027, 12, 1))):
        for one in results_in(scene).values():
            assert "{" not in one.because, one
            assert not one.because.startswith(" "), one


def test_a_rule_asks_for_no_task_that_its_practice_may_not_have() -> None:
    """A task with conditions is named only by a rule that has them too, or that first asks whether one applies."""
    tasks = {one.id: one for one in read_tasks()}
    for rule in RULES.values():
        asked = set(re.findall(r"applies\('(\w+)'\)", rule.check)) | set(rule.conditions)
        for task in re.findall(r"T\d\d-\d\d", rule.check):
            assert set(tasks[task].condition) <= asked, (rule.id, task)


def test_the_questions_name_the_rules_that_ask() -> None:
    for fact in read_facts():
        asking = {rule.id for rule in RULES.values() if fact.name in words(rule)}
        assert {one for one in fact.used_by if one.startswith("R-")} == asking, fact.name


def test_a_result_carries_what_its_readers_need() -> None:
    found = results_in(a_whole_scene())["R-57"]
    assert (found.severity, found.gate, found.source) == ("B", "G6", ("B:05", "N:CUT"))
    assert found.name == RULES["R-57"].name
    assert found.advice == RULES["R-57"].advice


def test_the_catalogue_counts() -> None:
    severities = [one.severity for one in RULES.values()]
    assert (len(RULES), severities.count("B"), severities.count("W"), severities.count("I")) == (
        90,
        32,
        48,
        10,
    )


def test_a_programme_office_can_change_a_rule() -> None:
    stricter = RULES["R-57"].model_copy(update={"check": "MEETING <= FDP - 6w"})
    ready = ready_rules([stricter], the_language())
    assert [one.result for one in run_rules(ready, a_whole_scene())] == ["fail"]


def test_rules_do_not_change_with_the_order_they_run_in() -> None:
    scene = replace(a_whole_scene(), facts={})
    backwards = run_rules(tuple(reversed(the_rules())), scene)
    assert {one.id: one for one in backwards} == results_in(scene)
