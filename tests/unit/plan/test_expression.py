"""The language of rules: what it comes to, what it refuses, and that it is safe."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from godwit.definitions.guide.anchors import read_anchors
from godwit.definitions.guide.facts import Fact
from godwit.definitions.guide.settings import read_settings
from godwit.plan.rules.expression import ExpressionRefused, check_expression, compile_expression
from godwit.plan.rules.functions import FUNCTIONS
from godwit.plan.rules.language import PlanLanguage
from godwit.plan.rules.saying import compile_sentence
from godwit.plan.rules.truth import Look, Unknown, all_of, any_of
from tests.support.plan_scenes import a_fresh_scene, a_whole_scene, changed, the_language

WHY = Unknown(("because",))


def value(text: str, change: dict[str, Any] | None = None) -> Any:
    scene = changed(a_whole_scene(), change or {})
    return compile_expression(text, the_language()).run(Look(scene))


def refusal(text: str) -> str:
    with pytest.raises(ExpressionRefused) as caught:
        check_expression(text, the_language())
    assert str(caught.value).startswith(f"'{text}': ")
    return caught.value.because


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("GL", date(2027, 6, 21)),
        ("today", date(2027, 10, 15)),
        ("GL - 2d", date(2027, 6, 19)),
        ("GL + 3w", date(2027, 7, 12)),
        ("GL - 4m", date(2027, 2, 21)),
        ("GL + 10wd", date(2027, 7, 5)),
        ("IDP - 15wd", date(2027, 3, 25)),
        ("IDP - extract_notice", date(2027, 3, 25)),
        ("GL + 0wd - 1d", date(2027, 6, 20)),
        ("checking_rounds * 3 + 1 - 2", 5),
        ("FDP < GL", True),
        ("FDP <= GL - 3d < GL", True),
        ("GL - 2d <= day_of('T12-13') <= GL - 1d", True),
        ("log_off == 'always'", True),
        ('log_off != "always"', False),
        ("not extract_encrypted", False),
        ("extract_encrypted == True", True),
        ("GL if extract_encrypted else FDP", date(2027, 6, 21)),
        ("earlier(GL, FDP)", date(2027, 6, 18)),
        ("days_between(FDP, GL)", 3),
        ("working_days_between(GL, FDP)", -1),
        ("applies('dispensing')", True),
        ("in_window(2d_after, 'flu')", None),
        ("window_between(GL, GL + 3m, 'flu')", True),
        ("holiday_names(KO, KO + 3w)", "Fri 26 Mar 2027, Mon 29 Mar 2027"),
        ("task_start('T10-07')", date(2027, 6, 1)),
        ("count(links)", 2),
        ("count(links, 'off_on == FDP - 1d')", 1),
        ("names(links, 'off_on == FDP - 1d')", "Laboratory"),
        ("some(links, 'back_on == GL')", True),
        ("every(links, 'back_on == GL')", False),
        ("known(GL) and known(links)", True),
        ("  FDP\n  < GL ", True),
    ],
)
def test_value(text: str, wanted: object) -> None:
    if wanted is None:
        assert "cannot be read" in refusal(text)
    else:
        assert value(text) == wanted


@pytest.mark.parametrize(
    ("text", "because"),
    [
        ("", "cannot be read"),
        ("GL <", "cannot be read"),
        ("(GL < FDP", "cannot be read"),
        ("GL < FDP; 1", "cannot be read"),
        ("GLL < FDP", "there is no GLL"),
        ("terms_raed <= ORD", "there is no terms_raed"),
        ("is_done('T99-01')", "there is no task 'T99-01'"),
        ("is_done(terms_read)", "is_done needs the name of a task in quotes"),
        ("is_done(1)", "is_done needs the name of a task in quotes"),
        ("applies('dispensary')", "there is no condition 'dispensary'"),
        ("in_window(GL, 'florida')", "there is no window 'florida'"),
        ("in_window('flu', GL)", "in_window needs a date, not a text"),
        ("is_done('T01-01', GL)", "is_done takes 1 arguments, not 2"),
        ("done_by('T01-01')", "done_by takes 2 arguments, not 1"),
        ("count()", "count takes 2 arguments, not 0"),
        ("count(GL) > 1", "count needs a list, not a date"),
        ("every(links, off_on)", "every needs a test in quotes"),
        ("every(links, links)", "every needs a test in quotes"),
        ("every(links, 'off_on')", "the test of every must come to yes or no"),
        ("every(links, 'offon == GL')", "there is no offon"),
        ("every(links, 'off_on ==')", "cannot be read"),
        ("GL", "comes to a date and not to a yes or no"),
        ("GL < 3", "compares a date with a count"),
        ("GL - FDP", "Sub does not go with a date and a date"),
        ("GL * 2d < GL", "Mult does not go with a date and a length of time"),
        ("checking_rounds / 2 > 1", "Div does not go with a count and a count"),
        ("2d < 3d", "a length of time cannot be compared by <"),
        ("log_off < 'always'", "a text cannot be compared by <"),
        ("links == links", "a list cannot be compared by =="),
        ("log_off == 'allways'", "is never allways"),
        ("data_signed_by == 'gp'", "is never gp"),
        ("log_off in 'always'", "compares by In"),
        ("GL is FDP", "compares by Is"),
        ("GL and FDP", "'and' needs a yes or no, not a date"),
        ("not GL", "'not' needs a yes or no, not a date"),
        ("-1 < 2", "a sign before a value"),
        ("1.5 < 2", "holds a constant that is no whole number"),
        ("b'x' == b'x'", "holds a constant that is no whole number"),
        ("None == None", "holds a constant that is no whole number"),
        ("True if GL else False", "'if' needs a yes or no, not a date"),
        ("GL if True else 1", "both sides of 'if' and 'else' must be of one kind"),
        ("exec('1')", "there is no function exec"),
        ("is_done(task='T01-01')", "a function is called by its name, with plain arguments"),
        ("(lambda: True)()", "a function is called by its name"),
        ("GL.year > 2026", "holds a Attribute"),
        ("links[0]", "holds a Subscript"),
        ("[GL]", "holds a List"),
        ("(x := True)", "holds a NamedExpr"),
        ("all(x for x in links)", "there is no function all"),
        ("f'{GL}' == 'x'", "holds a JoinedStr"),
        ("is_done(*links)", "is_done needs the name of a task in quotes"),
        ("known(*links)", "holds a Starred"),
        ("every(links, '''off_on == GL''' + 'x')", "every needs a test in quotes"),
        ("__length__('2d') == 2d", "holds something that no expression may hold"),
        ("1\0 < 2", "holds something that no expression may hold"),
        ("True and " * 120 + "True", "is longer than 1000 characters"),
        ("not " * 30 + "True", "is nested too deeply"),
        ("1 + " * 60 + "1 > 2", "is nested too deeply"),
        ("(" * 300 + "True" + ")" * 300, "cannot be read"),
    ],
)
def test_refused(text: str, because: str) -> None:
    assert because in refusal(text)


WORDS = [
    "GL",
    "FDP",
    "links",
    "log_off",
    "2d",
    "5wd",
    "and",
    "or",
    "not",
    "if",
    "else",
    "<",
    "<=",
    "==",
    "+",
    "-",
    "*",
]
WORDS += [
    "every(",
    "at(",
    "known(",
    "is_done(",
    ")",
    ",",
    "'T01-01'",
    "'off_on < GL'",
    "1",
    "True",
    ".",
    "[",
    "]",
    "\ud800",
]


@given(st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join) | st.text(max_size=30))
def test_any_text_runs_or_is_refused(text: str) -> None:
    """Nothing else may come out of the compiler, and what it lets through runs."""
    try:
        term = compile_expression(text, the_language())
    except ExpressionRefused:
        return
    term.run(Look(a_whole_scene()))


def test_every_function_says_what_it_gives() -> None:
    assert all(one.about for one in FUNCTIONS.values())


def test_a_refusal_shows_the_whole_rule_also_when_the_fault_is_in_a_test() -> None:
    text = "every(links, 'offon == GL')"
    with pytest.raises(ExpressionRefused) as caught:
        check_expression(text, the_language())
    assert str(caught.value) == f"'{text}': there is no offon"


@pytest.mark.parametrize(
    ("values", "all_hold", "one_holds"),
    [
        ((True, True), True, True),
        ((True, False), False, True),
        ((False, False), False, False),
        ((True, WHY), WHY, True),
        ((False, WHY), False, WHY),
        ((WHY, False), False, WHY),
        ((WHY, WHY), WHY, WHY),
        ((), True, False),
    ],
)
def test_three_valued(values: tuple[Any, ...], all_hold: object, one_holds: object) -> None:
    assert all_of(values) == all_hold
    assert any_of(values) == one_holds


def test_all_that_is_not_known_is_said_once() -> None:
    assert all_of([Unknown(("a", "b")), Unknown(("b", "c"))]) == Unknown(("a", "b", "c"))


def test_not_known_spreads_through_everything_that_needs_it() -> None:
    missing = {
        "facts": {"checking_rounds": None, "terms_read": None, "extract_encrypted": None, "links": None}
    }
    for text in (
        "checking_rounds * 3 > 1",
        "not extract_encrypted",
        "GL if extract_encrypted else FDP",
        "terms_read + 2d",
        "earlier(terms_read, GL)",
        "every(links, 'off_on < GL')",
        "some(links, 'off_on < GL')",
        "count(links)",
        "names(links, 'off_on < GL')",
        "at(terms_read, True)",
        "FDP <= terms_read <= GL",
    ):
        assert isinstance(value(text, missing), Unknown), text
    assert value("terms_read < FDP and False", missing) is False
    assert value("terms_read < FDP or True", missing) is True
    assert value("known(terms_read)", missing) is False
    assert value("GL < FDP <= terms_read", missing) is False


def test_a_date_beyond_the_known_holidays_is_not_known_and_does_not_break() -> None:
    assert "working days are known from" in value("GL + 9999wd < GL").reasons[0]
    assert "too far away" in value("GL + 999999999d < GL").reasons[0]
    assert "too far away" in value("GL + 99999m < GL").reasons[0]
    assert "working days are known from" in value("holiday_between(GL, GL + 9000d)").reasons[0]


def test_tasks_before_and_after_their_day() -> None:
    def fresh(text: str, today: date) -> Any:
        return compile_expression(text, the_language()).run(Look(a_fresh_scene(today)))

    before, after = date(2027, 3, 1), date(2027, 3, 20)
    assert fresh("is_done('T03-15')", before) == Unknown(("not yet: T03-15 is due on Wed 17 Mar 2027",))
    assert fresh("is_done('T03-15')", after) is False
    assert fresh("done_on('T03-15')", after) == Unknown(("not yet: T03-15 is due on Wed 17 Mar 2027",))
    assert fresh("done_by('T03-15', KO)", before) is False, "the plan itself is too late"
    assert fresh("day_of('T03-15')", before) == date(2027, 3, 17)
    assert fresh("day_of('T03-15')", after) == after


def test_a_task_outside_the_plan_is_not_known() -> None:
    gone = {name: {"T10-03": None} for name in ("starts", "dues", "done")}
    for text in ("is_done", "done_on", "day_of", "due", "task_start"):
        assert value(f"{text}('T10-03')", gone) == Unknown(("T10-03 is not in this plan",))
    assert value("done_by('T10-03', GL)", gone) == Unknown(("T10-03 is not in this plan",))


def test_nothing_by_accident_is_known_as_no() -> None:
    assert value("checking_rounds == 0", {"facts": {"checking_rounds": 0}}) is True
    assert value("known(extension_agreed) and not extension_agreed") is True


def test_sentences_fill_in_values_as_people_read_them() -> None:
    names = [
        "GL",
        "extract_notice",
        "extract_rounds",
        "extract_encrypted",
        "log_off",
        "links",
        "GL - 2d",
        "old_payment_ends",
    ]
    text = ", ".join(f"{{{one}}}" for one in names)
    say = compile_sentence(text, the_language())
    scene = changed(a_whole_scene(), {"facts": {"old_payment_ends": None}})
    assert say(Look(scene)) == (
        "Mon 21 Jun 2027, 15 working days, 2, yes, always, 2 rows, Sat 19 Jun 2027, not known"
    )
    with pytest.raises(ExpressionRefused, match="there is no GLL"):
        compile_sentence("on {GLL}", the_language())


def language_with(**fact: Any) -> PlanLanguage:
    made = Fact.model_validate(
        {"question": "Is it so?", "asked_of": "x", "used_by": ["R-01"], "type": "yes_no", "example": True}
        | fact
    )
    return PlanLanguage(read_anchors(), read_settings().settings, [made], [], [])


@pytest.mark.parametrize("name", ["log_off", "count", "today"])
def test_no_word_means_two_things(name: str) -> None:
    with pytest.raises(ValueError, match=f"{name} would mean two things"):
        language_with(name=name)


def test_no_column_hides_another_word() -> None:
    columns = [{"name": "log_off", "type": "text", "about": "x"}]
    with pytest.raises(ValueError, match="log_off"):
        language_with(name="a_list", type="list", columns=columns, example=[])
