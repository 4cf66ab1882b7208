"""Laws of a plan, over the shipped guide and random practices, by a plain checker that knows no scheduler."""

from dataclasses import replace
from datetime import date, timedelta
from random import Random
from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from godwit.definitions.guide.guide import read_guide
from godwit.definitions.guide.task import Task
from godwit.definitions.guide.timing import Amount, Lasts
from godwit.plan.network import network_of
from godwit.plan.passes import Moves
from godwit.plan.settings import PACES, Pace
from godwit.plan.solving import solve
from tests.support.plain_plan import PlainPlan, anchor_tasks
from tests.support.plans import GO_LIVE, ORDER, Dated, by_the_guide, calendar, case, scheduler

FIRST = date(2026, 12, 1)
SLUGS = [one.slug for one in read_guide().conditions.conditions if not one.slug.startswith("route_")]
# Bank holidays are known to the end of 2028, and a late plan runs on for months.
LAST_TODAY = date(2028, 2, 1)
EXAMPLES = settings(max_examples=20)

go_lives = st.integers(0, 570).map(lambda days: calendar().add_working_days(FIRST + timedelta(days=days), 0))
paces = st.sampled_from(PACES)
answers = st.fixed_dictionaries({slug: st.booleans() for slug in SLUGS})


@st.composite
def plans(draw: st.DrawFn, least_lead: int = 120) -> Dated:
    go_live = draw(go_lives)
    today = min(LAST_TODAY, go_live - timedelta(days=draw(st.integers(least_lead, 420))))
    return by_the_guide(go_live, today, draw(paces), answers=draw(answers))


def broken(dated: Dated, held: frozenset[str] = frozenset()) -> list[str]:
    given_problem = dated.solution.problem
    tasks = {one.id: one for one in given_problem.network.tasks}
    anchors = anchor_tasks(read_guide().anchors, tasks)
    quickest = given_problem.values.pace == "fastest"
    dates = dated.all_planned()
    return PlainPlan(tasks, anchors, dates, given_problem.values.of, calendar(), quickest, held).broken()


def with_tasks(dated: Dated, tasks: list[Task]) -> Dated:
    """The same plan with other tasks, and no notices of third parties."""
    old = dated.solution.problem
    network = network_of(tasks, read_guide().anchors, frozenset(), old.values)
    return Dated(solve(replace(old, moves=Moves(network, old.days))))


def bare(dated: Dated) -> list[Task]:
    """The tasks that apply, without their conditions, to be put together anew."""
    return [one.model_copy(update={"condition": ()}) for one in dated.solution.problem.network.tasks]


@EXAMPLES
@given(plans())
def test_a_plan_that_fits_keeps_every_rule(dated: Dated) -> None:
    assume(dated.solution.feasible)
    assert dated.solution.clashes == ()
    assert broken(dated) == []


@EXAMPLES
@given(plans())
def test_planned_days_lie_between_earliest_and_latest_and_the_critical_have_no_slack(dated: Dated) -> None:
    solution = dated.solution
    assume(solution.feasible)
    bounds = zip(solution.earliest.days, solution.planned.days, solution.latest, strict=True)
    assert all(first <= planned <= last for first, planned, last in bounds)
    tasks = range(len(solution.problem.network.tasks))
    assert all(solution.slack(one) == 0 for one in tasks if solution.is_critical(one))
    assert any(solution.is_critical(one) for one in tasks)


@EXAMPLES
@given(plans(least_lead=0))
def test_the_earliest_go_live_fits_and_the_working_day_before_does_not(dated: Dated) -> None:
    old = dated.solution.problem
    first = old.days.day(dated.solution.earliest_go_live)
    there = Dated(solve(replace(old, go_live=first)))
    assert there.solution.feasible
    assert there.solution.clashes == ()
    assert broken(there) == []
    before = Dated(solve(replace(old, go_live=calendar().add_working_days(first, -1))))
    assert not before.solution.feasible
    assert broken(before) != [], "a plan that does not fit breaks a rule somewhere"


@EXAMPLES
@given(go_lives, st.integers(20, 200), paces)
def test_too_late_says_by_how_many_working_days(go_live: date, days: int, pace: Pace) -> None:
    made = scheduler().at(case(go_live, min(LAST_TODAY, go_live - timedelta(days=days)), pace), pace)
    assert (made.too_late is None) == (made.earliest_go_live <= go_live)
    if made.too_late is not None:
        assert made.too_late.earliest == made.earliest_go_live
        assert made.too_late.working_days == calendar().working_days_between(go_live, made.earliest_go_live)
        assert made.too_late.chain[-1].task == GO_LIVE


@EXAMPLES
@given(go_lives, st.integers(150, 420), st.integers(1, 90), st.sampled_from(["IDP", "FDP", "KO", "T09-01"]))
def test_moving_a_day_there_and_back_restores_every_date(
    go_live: date, days: int, by: int, name: str
) -> None:
    today = go_live - timedelta(days=days)
    before = scheduler().schedule(case(go_live, today, None))
    other = case(calendar().add_working_days(go_live, by % 20 + 1), today, None)
    assert scheduler().schedule(other) != before
    assert scheduler().schedule(case(go_live, today, None)) == before
    day = before.tasks[name].due if name in before.tasks else before.on(name)
    fixed: dict[str, Any] = {"dates": {name: {"day": day}}}
    moved = {"dates": {name: {"day": calendar().add_working_days(day, -by)}}}
    there = scheduler().at(case(go_live, today, before.pace, facts=fixed), before.pace)
    scheduler().at(case(go_live, today, before.pace, facts=moved), before.pace)
    back = scheduler().at(case(go_live, today, before.pace, facts=fixed), before.pace)
    assert back == there


@EXAMPLES
@given(plans(), st.integers(1, 60), st.randoms(use_true_random=False))
def test_more_room_never_makes_a_plan_too_late(dated: Dated, days: int, random: Random) -> None:
    old = with_tasks(dated, bare(dated))
    assume(old.solution.feasible)
    tasks = bare(dated)
    number = random.randrange(len(tasks))
    one = tasks[number]
    moment = Amount.parse("0d")
    shorter = Lasts(moment, moment, moment, one.lasts.span)
    fewer = random.sample(one.after, max(0, len(one.after) - 1))
    for change in ({"lasts": shorter}, {"after": tuple(fewer)}, {"when": one.when[1:]}):
        if one.id not in (GO_LIVE, ORDER):
            eased = with_tasks(dated, [*tasks[:number], one.model_copy(update=change), *tasks[number + 1 :]])
            assert eased.solution.feasible, change
            assert eased.solution.earliest_go_live <= old.solution.earliest_go_live
    problem = old.solution.problem
    later = replace(problem, go_live=calendar().add_working_days(problem.go_live, days))
    assert solve(later).feasible
    assert solve(later).clashes == ()


@EXAMPLES
@given(plans(), st.randoms(use_true_random=False))
def test_the_order_of_the_file_changes_no_date(dated: Dated, random: Random) -> None:
    tasks = bare(dated)
    in_order = with_tasks(dated, tasks)
    random.shuffle(tasks)
    shuffled = with_tasks(dated, tasks)
    for name in (one.id for one in tasks):
        assert shuffled.planned(name) == in_order.planned(name)
        assert shuffled.earliest(name) == in_order.earliest(name)
        assert shuffled.latest(name) == in_order.latest(name)
    assert shuffled.solution.feasible == in_order.solution.feasible


@EXAMPLES
@given(go_lives, paces, st.integers(0, 200), st.randoms(use_true_random=False))
def test_what_is_done_stays_and_the_rest_is_not_before_today(
    go_live: date, pace: Pace, days: int, random: Random
) -> None:
    before = by_the_guide(go_live, go_live - timedelta(days=250), pace)
    today = go_live - timedelta(days=days)
    past = {name: due for name, (_, due) in before.all_planned().items() if due <= today}
    done = {name: due for name, due in past.items() if random.random() < 0.9}
    after = by_the_guide(go_live, today, pace, facts={"done": done})
    for name, (start, due) in after.all_planned().items():
        if name in done:
            assert due == done[name]
        else:
            assert due >= today
            assert start >= today


@EXAMPLES
@given(go_lives, st.integers(1, 10))
def test_when_all_went_to_plan_the_rest_of_the_plan_stays(go_live: date, weeks: int) -> None:
    before = by_the_guide(go_live, go_live - timedelta(days=300), "usual")
    assume(before.solution.feasible)
    today = go_live - timedelta(days=7 * weeks)
    spans = before.all_planned()
    done = {name: due for name, (_, due) in spans.items() if due < today}
    started = {name: start for name, (start, due) in spans.items() if start < today}
    after = by_the_guide(go_live, today, "usual", facts={"done": done, "started": started})
    assert after.solution.feasible
    assert after.solution.clashes == ()
    assert broken(after, frozenset(done)) == []


@EXAMPLES
@given(go_lives, st.sampled_from(["IDP", "FDP", "SIGNOFF"]), st.integers(0, 15))
def test_a_day_that_is_set_is_kept(go_live: date, name: str, later: int) -> None:
    today = go_live - timedelta(days=400)
    plain = scheduler().at(case(go_live, today), "usual")
    day = calendar().add_working_days(plain.on(name), -later)
    dated = by_the_guide(
        go_live, today, "usual", facts={"dates": {name: {"day": day, "status": "confirmed"}}}
    )
    task = dated.solution.problem.network.tasks[dated.solution.problem.network.anchors[name]].id
    assert dated.planned(task)[0] == day
