"""Go-live days are ranked, and each says what speaks for and against it."""

from datetime import date
from functools import lru_cache

import pytest

from godwit.plan.candidates import Candidate, Weights, appraise, rank, rest_day_tasks
from godwit.plan.case import Event, Facts, FixedDate, OwnValue, Practice
from godwit.plan.scheduler import Case
from godwit.plan.solving import solve
from tests.support.portfolios import TODAY, the_maker

WANTED = date(2027, 6, 21)
SPRING = (date(2027, 1, 4), date(2027, 7, 30))


def case_of(**more: object) -> Case:
    return Case(Practice.model_validate({"practice": "Made-up Surgery", **more}), WANTED, TODAY)


def ranked(
    case: Case, days: tuple[date, date] = SPRING, weights: Weights | None = None
) -> dict[date, Candidate]:
    maker = the_maker()
    windows = maker.windows(
        case, maker.scheduler.settings(case, "usual"), date(2026, 12, 1), date(2027, 12, 31)
    )
    found = rank(maker.scheduler, case, days, windows, weights or Weights())
    return {one.day: one for one in found}


@lru_cache(maxsize=1)
def usual() -> dict[date, Candidate]:
    return ranked(case_of())


def said_against(day: date, found: dict[date, Candidate] | None = None) -> str:
    return "; ".join((found or usual())[day].reasons_against)


def test_every_working_day_once_and_no_other() -> None:
    calendar = the_maker().calendar
    days = [date.fromordinal(at) for at in range(SPRING[0].toordinal(), SPRING[1].toordinal() + 1)]
    assert sorted(usual()) == [day for day in days if calendar.is_working_day(day)]


def test_the_best_come_first_and_those_that_cannot_be_kept_last() -> None:
    found = list(usual().values())
    able = [one for one in found if one.feasible_pace]
    assert found[: len(able)] == able
    assert [one.score for one in able] == sorted(one.score for one in able)
    assert found[0].score < found[len(able) - 1].score


def test_of_equal_days_the_one_nearest_the_wanted_comes_first() -> None:
    first, second = list(usual().values())[:2]
    assert (first.day, first.score) == (date(2027, 6, 18), second.score)
    assert abs(first.day - WANTED) <= abs(second.day - WANTED)


def test_pace_follows_the_schedule() -> None:
    scheduler = the_maker().scheduler
    for day in (date(2027, 1, 4), date(2027, 3, 23), date(2027, 6, 18)):
        made = scheduler.schedule(Case(case_of().practice, day, TODAY))
        expected = None if made.too_late else made.pace
        assert usual()[day].feasible_pace == expected
    assert "cannot be kept: at the fastest pace the earliest is" in said_against(date(2027, 1, 4))
    assert "usual pace, not at a more patient one" in said_against(date(2027, 3, 23))


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2027, 3, 1), "QOF year end (Mon 1 Mar 2027 to Thu 15 Apr 2027) (R-02)"),
        (date(2027, 6, 25), "Quarter end"),
        (date(2027, 5, 27), "Spring bank holiday (Mon 31 May 2027) (R-03)"),
        (date(2027, 5, 27), "May half term"),
        (date(2027, 5, 27), "Week of 4 working days"),
        (date(2027, 3, 22), "Good Friday (Fri 26 Mar 2027)"),
    ],
)
def test_times_of_year_that_speak_against(day: date, said: str) -> None:
    assert said in said_against(day)


def test_flu_season_counts_by_the_day_of_go_live() -> None:
    found = ranked(case_of(), (date(2027, 8, 27), date(2027, 9, 3)))
    assert "Flu season" not in said_against(date(2027, 8, 31), found)
    assert "Flu season" in said_against(date(2027, 9, 1), found)


def test_the_holiday_margin_ends_five_working_days_after_go_live() -> None:
    assert "Spring bank holiday" not in said_against(date(2027, 5, 21))
    assert "Spring bank holiday" in said_against(date(2027, 5, 24))


def test_a_practices_own_days() -> None:
    calendar = [
        Event(name="Leave", kind="leave", starts=date(2027, 6, 21), ends=date(2027, 6, 22), who="Lead GP"),
        Event(name="Summer fair", kind="event", starts=date(2027, 7, 12), ends=date(2027, 7, 12)),
        Event(name="Release", kind="release_freeze", starts=date(2027, 5, 12), ends=date(2027, 5, 13)),
        Event(name="Training", kind="closed", starts=date(2027, 6, 9), ends=date(2027, 6, 9)),
    ]
    found = ranked(case_of(calendar=calendar))
    assert "Leave" in said_against(date(2027, 6, 21), found)
    assert "Leave" not in said_against(date(2027, 6, 18), found)
    assert "Summer fair" in said_against(date(2027, 7, 8), found)
    assert "Release" in said_against(date(2027, 5, 14), found)
    assert date(2027, 6, 9) not in found
    assert found[date(2027, 6, 21)].score == usual()[date(2027, 6, 21)].score + Weights().avoid


def test_rest_days_are_those_of_the_schedule() -> None:
    scheduler, case = the_maker().scheduler, case_of()
    made = scheduler.at(case, "usual")
    flagged = [one.task.id for one in made.tasks.values() if one.rest_day]
    assert [task.id for task in rest_day_tasks(solve(scheduler.problem(case, "usual")))] == flagged
    assert f"{len(flagged)} tasks on a weekend or bank holiday: {', '.join(flagged)}" in said_against(WANTED)


@pytest.mark.parametrize(("cutover", "weekday"), [("3d", "Friday"), ("7d", "Wednesday")])
def test_which_weekday_leaves_days_of_rest_alone_follows_from_the_cutover(cutover: str, weekday: str) -> None:
    found = ranked(case_of(settings={"cutover": OwnValue(value=cutover)}))
    week = [date(2027, 6, day) for day in range(14, 19)]
    resting = [day for day in week if "no task falls on a weekend" in "; ".join(found[day].reasons_for)]
    assert [day.strftime("%A") for day in resting] == [weekday]


def test_the_other_view_a_cutover_over_the_weekend() -> None:
    monday, friday = usual()[date(2027, 6, 21)], usual()[date(2027, 6, 18)]
    assert "DMI28" in "; ".join(monday.reasons_for)
    assert "DMI28" not in "; ".join(friday.reasons_for)
    assert "1 working day in cutover" in "; ".join(monday.reasons_against)
    assert "3 working days in cutover" in "; ".join(friday.reasons_against)
    weekends = ranked(case_of(), weights=Weights(rest_day=0, open_day=10))
    assert weekends[monday.day].score < weekends[friday.day].score


def test_a_go_live_that_was_set_is_the_question_and_other_dates_stand() -> None:
    dates = {"GL": FixedDate(day=WANTED), "FDP": FixedDate(day=date(2027, 6, 18))}
    found = ranked(Case(case_of().practice, WANTED, TODAY, Facts(dates=dates)))
    assert found[date(2027, 6, 17)].feasible_pace is None
    assert "does not fit the date already set for T11-07" not in said_against(WANTED, found)
    assert "does not fit the date already set for T11-07" in said_against(date(2027, 7, 16), found)


def test_once_live_there_is_nothing_to_choose() -> None:
    live = Case(case_of().practice, WANTED, date(2027, 7, 1), Facts(done={"T13-05": WANTED}))
    assert ranked(live) == {}


def test_points_add_up() -> None:
    solution = solve(the_maker().scheduler.problem(case_of(), "usual"))
    nothing = Weights(**dict.fromkeys(Weights.model_fields, 0))
    assert appraise(solution, (), nothing).score == 0
    weights = Weights(rest_day=3, open_day=5, usual_pace=7)
    assert appraise(solution, (), weights).score == 3 * len(rest_day_tasks(solution)) + 5 + 7
