"""The forecast: seeded, in order, moved by what is uncertain, and still where nothing is."""

from dataclasses import replace
from datetime import date

import pytest

from godwit.definitions.guide.phases import read_milestones
from godwit.definitions.guide.task import Task
from godwit.plan.risk import Forecast, forecast
from godwit.plan.settings import PACES, Pace
from tests.support.plans import GO_LIVE, case, problem, scheduler, tasks_of

GOES_LIVE, TODAY = date(2027, 6, 21), date(2026, 11, 23)


def small(lasts: str) -> tuple[Task, ...]:
    return tasks_of(
        f"- {{id: T05-01, after: [T02-03], lasts: {lasts}}}\n- {{id: {GO_LIVE}, after: [T05-01]}}"
    )


def of_the_guide(pace: Pace, runs: int = 60, seed: int = 1) -> Forecast:
    return forecast(scheduler().problem(case(GOES_LIVE, TODAY, pace), pace), runs, seed, read_milestones())


def test_the_same_seed_gives_the_same_answer_and_another_another() -> None:
    uncertain = problem(small("[1wd, 5wd, 30wd]"), go_live=date(2026, 1, 19))
    assert forecast(uncertain, 200, 7) == forecast(uncertain, 200, 7)
    assert forecast(uncertain, 200, 7) != forecast(uncertain, 200, 8)


def test_without_doubt_the_date_is_kept_and_nothing_drives_it() -> None:
    made = forecast(problem(small("5wd"), go_live=date(2026, 4, 20)), 50)
    assert made.kept == 1.0
    assert made.drivers == ()
    go_live = next(one for one in made.key_dates if one.id == "GL")
    assert go_live.p50 == go_live.p95 == date(2026, 4, 20)


def test_a_task_that_can_take_longer_drives_the_late_runs() -> None:
    made = forecast(problem(small("[1wd, 5wd, 30wd]"), go_live=date(2026, 1, 12)), 400)
    assert 0 < made.kept < 1
    assert [one.task for one in made.drivers] == ["T05-01"]
    assert made.drivers[0].on_the_chain == 1.0
    assert made.drivers[0].extra_days > 0


def test_more_time_is_kept_more_often() -> None:
    shares = [
        forecast(problem(small("[1wd, 5wd, 30wd]"), go_live=day, done={"T02-03": date(2026, 1, 5)}), 300).kept
        for day in (date(2026, 1, 12), date(2026, 1, 19), date(2026, 1, 30), date(2026, 2, 20))
    ]
    assert shares == sorted(shares)
    assert shares[-1] == 1.0


def test_a_go_live_that_has_happened_stays() -> None:
    gone = problem(small("[1wd, 5wd, 30wd]"), go_live=date(2026, 1, 12), done={GO_LIVE: date(2026, 1, 12)})
    made = forecast(gone, 50)
    assert made.kept == 1.0
    assert next(one for one in made.key_dates if one.id == "GL").p95 == date(2026, 1, 12)


@pytest.mark.parametrize("pace", PACES)
def test_the_guide_has_a_sane_forecast(pace: Pace) -> None:
    made = of_the_guide(pace)
    assert 0 <= made.kept <= 1
    assert made == of_the_guide(pace)
    assert [one.id for one in made.milestones] == [one.id for one in read_milestones()]
    for one in (*made.key_dates, *made.milestones):
        assert one.p50 <= one.p80 <= one.p95 < date(2028, 6, 30), one.id
    by_id = {one.id: one for one in (*made.key_dates, *made.milestones)}
    assert by_id["MS-23"] == replace(by_id["GL"], id="MS-23")
