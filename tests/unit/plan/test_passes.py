"""Earliest, latest, chains, and what no days can satisfy."""

from datetime import date

import pytest

from godwit.definitions.guide.task import Task
from godwit.plan.passes import Contradiction
from godwit.values import CalendarExhausted
from tests.support.plans import GO_LIVE, TODAY, solved, tasks_of

SPRING = date(2026, 4, 20)


def two(go_live: str, other: str) -> tuple[Task, ...]:
    return tasks_of(f"- {{id: {GO_LIVE}, {go_live}}}\n- {{id: T05-01, {other}}}\n")


@pytest.mark.parametrize(
    "tasks",
    [
        two("after: [T05-01]", "when: [from GL + 1d]"),
        two("after: [T05-01]", "when: [on GL - 3d, by GL - 5d]"),
        two("after: [T05-01]", "when: [from GL], lasts: 5wd"),
        two("when: [on T05-01]", "when: [by GL - 3d]"),
        two("after: [{task: T05-01, lag: 1d}]", "after: [T13-05]"),
    ],
)
def test_a_ring_that_pushes_itself_on_is_a_contradiction(tasks: tuple[Task, ...]) -> None:
    with pytest.raises(Contradiction, match="circle") as caught:
        solved(tasks)
    assert set(caught.value.tasks) == {GO_LIVE, "T05-01"}
    assert "→" in str(caught.value)


def test_a_ring_that_a_weekend_settles_is_none() -> None:
    tasks = tasks_of(
        "- {id: T05-01, when: [on GL - 3d], days: any, after: [{task: T02-03, lag: 2wd}]}\n"
        f"- {{id: {GO_LIVE}, after: [T05-01]}}\n"
    )
    dated = solved(tasks, today=date(2026, 4, 13), go_live=SPRING)
    assert dated.solution.feasible
    first = dated.solution.problem.days.day(dated.solution.earliest_go_live)
    assert first == date(
        2026, 4, 20
    )  # Wed 15 Apr + 3 days is a Saturday; go-live moves to Monday, T05-01 to Friday
    chain = dated.solution.problem.moves.chain(dated.solution.free, dated.solution.go_live_point)
    assert [dated.solution.problem.network.task_of(point).id for point, _ in chain][-1] == "T02-03"


def test_a_plan_that_runs_past_the_known_bank_holidays_is_refused() -> None:
    tasks = tasks_of("- {id: T05-01, when: [from GL], lasts: 300wd}")
    with pytest.raises(CalendarExhausted):
        solved(tasks, go_live=date(2028, 3, 1))
    with pytest.raises(CalendarExhausted):
        solved(tasks, go_live=date(2031, 3, 3))


def test_the_latest_day_leaves_room_for_what_follows() -> None:
    tasks = tasks_of(f"- {{id: T05-01, when: [from ORD], lasts: 2wd}}\n- {{id: {GO_LIVE}, after: [T05-01]}}")
    dated = solved(tasks, go_live=date(2026, 4, 8))
    assert dated.latest("T05-01") == (date(2026, 4, 2), date(2026, 4, 8))
    assert dated.latest("T02-03")[0] == date(2026, 4, 2)


def test_a_task_without_room_is_critical_and_one_with_room_is_not() -> None:
    tasks = tasks_of(
        f"- {{id: T05-01, after: [T02-03], lasts: 5wd}}\n- {{id: T05-02, after: [T02-03], lasts: 2wd}}\n"
        f"- {{id: {GO_LIVE}, after: [T05-01, T05-02]}}"
    )
    solution = solved(tasks, go_live=SPRING).solution
    index = solution.problem.network.index
    assert solution.is_critical(index["T05-01"])
    assert solution.slack(index["T05-02"]) == 3
    assert not solution.is_critical(index["T05-02"])


def test_too_late_by_so_many_working_days_and_the_go_live_is_no_clash() -> None:
    tasks = tasks_of(f"- {{id: T05-01, after: [T02-03], lasts: 20wd}}\n- {{id: {GO_LIVE}, after: [T05-01]}}")
    solution = solved(tasks, go_live=date(2026, 1, 26)).solution
    assert not solution.feasible
    assert solution.problem.days.day(solution.earliest_go_live) == date(2026, 2, 2)
    assert solution.clashes == ()


def test_a_go_live_that_is_only_set_can_be_too_early() -> None:
    tasks = tasks_of(f"- {{id: T05-01, after: [T02-03], lasts: 20wd}}\n- {{id: {GO_LIVE}, after: [T05-01]}}")
    early = date(2026, 1, 26)
    assert not solved(tasks, go_live=early, fixed={"GL": early}).solution.feasible
    gone = solved(tasks, go_live=early, done={GO_LIVE: TODAY}).solution
    assert gone.feasible, "what has happened is not too early"


def test_a_day_that_is_set_too_early_is_a_clash_and_stays() -> None:
    tasks = tasks_of("- {id: T05-01, after: [{task: T02-03, lag: 10wd}]}\n- {id: T11-07, after: [T05-01]}")
    early = date(2026, 1, 9)
    dated = solved(tasks, go_live=SPRING, fixed={"FDP": early})
    assert dated.planned("T11-07")[0] == early
    network = dated.solution.problem.network
    assert [network.task_of(point).id for point in dated.solution.clashes] == ["T11-07"]


def test_a_task_that_is_under_way_keeps_its_start() -> None:
    tasks = tasks_of(f"- {{id: T05-01, when: [by GL], lasts: 10wd}}\n- {{id: {GO_LIVE}, after: [T05-01]}}")
    begun = date(2025, 12, 31)
    dated = solved(tasks, go_live=SPRING, started={"T05-01": begun})
    assert dated.planned("T05-01") == (begun, date(2026, 1, 15))
