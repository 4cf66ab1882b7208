"""Words that the prints of a plan share."""

from dataclasses import replace
from datetime import date

import pytest

from godwit.papers.plan_words import (
    CLOCK_STATES,
    MILESTONE_STATES,
    RULE_RESULTS,
    chain,
    practice_key,
    rivals_words,
    sentence,
    setting_words,
    span_words,
    task_state,
)
from godwit.papers.state_looks import STATE_LOOKS
from godwit.plan.case import Practice
from tests.support import whole_plans


@pytest.mark.parametrize(
    ("name", "code", "key"),
    [
        ("Wader Lane Surgery", "", "wader-lane-surgery"),
        ("Dr Ŵyn’s  Practice", "", "dr-wyn-s-practice"),
        ("Wader Lane Surgery", "Z99999", "z99999"),
        ("***", "", "practice"),
    ],
)
def test_the_key_of_a_practice_is_plain(name: str, code: str, key: str) -> None:
    assert practice_key(Practice(practice=name, ods_code=code)) == key


def test_every_value_of_every_setting_has_words() -> None:
    for used in whole_plans.fresh().settings.values():
        for one in used.setting.values:
            assert setting_words(used.setting, one.value)
        assert (not used.setting.rivals) or rivals_words(used)


def test_a_task_is_late_until_it_is_done() -> None:
    task = next(one for one in whole_plans.fresh().schedule.tasks.values() if one.late)
    assert task_state(task) == "Late"
    assert task_state(replace(task, status="done")) == "Done"


def test_the_chain_names_tasks_that_take_time_and_have_none_to_spare() -> None:
    plan = whole_plans.fresh()
    links = chain(plan)
    assert links
    assert all(plan.schedule.tasks[one.task].slack <= 0 and one.start < one.due for one in links)
    late = whole_plans.too_late()
    assert late.schedule.too_late
    assert chain(late) == late.schedule.too_late.chain


def test_every_word_with_a_look_is_a_word_that_is_used() -> None:
    said = {*CLOCK_STATES.values(), *MILESTONE_STATES.values(), *RULE_RESULTS.values()}
    assert set(STATE_LOOKS) <= said | {"Open", "Shut", "Does not apply"}


def test_sentences_and_spans() -> None:
    assert sentence("it asks for 5 days") == "It asks for 5 days."
    assert sentence("") == ""
    assert span_words(date(2027, 5, 3), date(2027, 5, 3)) == "Mon 3 May 2027"
    assert span_words(date(2027, 5, 3), date(2027, 5, 4)) == "Mon 3 May 2027 to Tue 4 May 2027"
