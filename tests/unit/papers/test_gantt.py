"""The geometry of the plan's pictures."""

from itertools import combinations

import pytest

from godwit.papers.gantt import LABELS, MOST_ROWS, NAME_SIZE, WIDTH, Drawing, Mark
from godwit.papers.lettering import shortened, width_of
from godwit.plan.making import Plan
from tests.support import whole_plans

PLANS = (whole_plans.fresh, whole_plans.too_late, whole_plans.under_way)


@pytest.fixture(params=PLANS)
def plan(request: pytest.FixtureRequest) -> Plan:
    found: Plan = request.param()
    return found


def test_every_task_is_drawn_once(plan: Plan) -> None:
    drawing = Drawing.of(plan)
    lines = [line for phase in plan.guide.phases for chart in drawing.phase(phase.id) for line in chart.lines]
    assert sorted(line.said.split()[0] for line in lines) == sorted(plan.schedule.tasks)


def test_nothing_is_drawn_outside_the_picture(plan: Plan) -> None:
    drawing = Drawing.of(plan)
    charts = [drawing.overview(), *(one for phase in plan.guide.phases for one in drawing.phase(phase.id))]
    for chart in charts:
        assert len(chart.lines) <= MOST_ROWS
        assert chart.today is not None
        for line in chart.lines:
            assert line.y < chart.height
            assert width_of(line.name, NAME_SIZE) <= LABELS
            assert all(bar.x >= LABELS and bar.x + bar.width + bar.tail <= WIDTH + 3 for bar in line.bars)


def test_all_pictures_show_the_same_days(plan: Plan) -> None:
    drawing = Drawing.of(plan)
    months = {chart.months for phase in plan.guide.phases for chart in drawing.phase(phase.id)}
    assert months == {drawing.overview().months}


def test_no_name_of_a_milestone_or_season_lies_on_another(plan: Plan) -> None:
    chart = Drawing.of(plan).overview()
    assert len(chart.milestones) == len(plan.milestones)
    for marks in (chart.milestones, chart.seasons):
        for one, other in combinations(marks, 2):
            assert one.y != other.y or _ends(one)[1] <= _ends(other)[0] or _ends(other)[1] <= _ends(one)[0]


def _ends(mark: Mark) -> tuple[float, float]:
    name_end = mark.name_x + width_of(mark.name, NAME_SIZE)
    return min(mark.x, mark.name_x), max(mark.x + mark.width, name_end)


def test_bars_are_as_far_apart_as_their_days() -> None:
    plan = whole_plans.fresh()
    drawing = Drawing.of(plan)
    days = [one.start for one in plan.schedule.tasks.values()]
    places = [drawing.at(day) for day in days]
    assert sorted(places) == [drawing.at(day) for day in sorted(days)]


def test_what_is_done_late_and_deciding_looks_different() -> None:
    drawing = Drawing.of(whole_plans.under_way())
    looks = {
        line.said.split()[0].rstrip(":"): line.bars[0].look
        for phase in whole_plans.under_way().guide.phases
        for chart in drawing.phase(phase.id)
        for line in chart.lines
    }
    for task in whole_plans.under_way().schedule.tasks.values():
        expected = (
            "done"
            if task.status == "done"
            else "late"
            if task.late
            else "critical"
            if task.critical
            else "planned"
        )
        assert looks[task.task.id] == expected


def test_a_long_name_is_shortened_at_a_word() -> None:
    assert shortened("short", 12, 100) == "short"
    cut = shortened("a name that is far too long for its place", 12, 100)
    assert cut.endswith("…")
    assert width_of(cut, 12) <= 100
