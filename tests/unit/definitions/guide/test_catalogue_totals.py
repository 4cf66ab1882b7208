"""Every table of the guide's catalogue is whole, by its own totals, and no timing of a task is left as prose."""

from collections import Counter
from dataclasses import replace
from datetime import date

import pytest

from godwit.definitions.guide.guide import read_guide
from godwit.definitions.guide.task import Task
from godwit.plan.network import Network, network_of
from godwit.plan.overlays import find_circle
from godwit.plan.settings import PACES, Pace, Values
from tests.support.plans import by_the_guide, case, scheduler

GUIDE = read_guide()
ADDED = {"T11-11"}
TASKS_OF_THE_CATALOGUE = {
    "P01": 12, "P02": 23, "P03": 38, "P04": 13, "P05": 39, "P06": 12, "P07": 16, "P08": 7,
    "P09": 35, "P10": 10, "P11": 10, "P12": 23, "P13": 15, "P14": 24, "P15": 12,
}  # fmt: skip
DMI_OF_THE_CATALOGUE = {"DMI01", "DMI02", "DMI03", "DMI06", "DMI07", "DMI26", "DMI27", "DMI-unnumbered"}
TOTALS = {
    "phases": (15, GUIDE.phases),
    "gates": (8, GUIDE.gates),
    "milestones": (30, GUIDE.milestones),
    "service levels": (14, GUIDE.slas.slas),
    "items of the migration standard": (8, DMI_OF_THE_CATALOGUE & {one.id for one in GUIDE.dmi.requirements}),
    "of these named by the guide": (5, [one for one in GUIDE.dmi.requirements if one.cited_by_guide]),
    "other timed figures": (30, GUIDE.lead_times.lead_times),
    "conflicts of the editions": (22, {one.conflict for one in GUIDE.settings} - {None}),
    "rules": (90, GUIDE.rules),
    "hazards": (12, GUIDE.hazards),
    "kinds of data": (40, GUIDE.data_kinds),
    "cleaning checks": (20, GUIDE.checks.cleaning),
    "comparison checks": (12, GUIDE.checks.comparison),
    "capture streams": (16, GUIDE.capture_streams.streams),
    "third parties and systems": (39, GUIDE.third_parties),
    "roles": (25, GUIDE.roles.roles),
    "artefacts": (60, GUIDE.artefacts),
    "words": (97, GUIDE.words),
    "gaps the guide marks": (30, GUIDE.gaps.marked),
    "gaps noticed": (32, GUIDE.gaps.noticed),
}
EVERYTHING = frozenset(one.slug for one in GUIDE.conditions.conditions)


@pytest.mark.parametrize("table", TOTALS)
def test_total(table: str) -> None:
    total, rows = TOTALS[table]
    assert len(rows) == total


def test_every_task_of_the_catalogue_is_there_and_what_is_added_says_so() -> None:
    ids = [one.id for one in GUIDE.tasks]
    assert {one.id for one in GUIDE.tasks if one.status == "added"} == ADDED
    numbered = [
        f"T{phase[1:]}-{number:02}"
        for phase, count in TASKS_OF_THE_CATALOGUE.items()
        for number in range(1, count + 1)
    ]
    assert sorted(set(ids) - ADDED) == numbered
    assert len(numbered) == 289
    assert max(Counter(ids).values()) == 1


def test_dependencies_lead_to_tasks_and_run_in_no_circle() -> None:
    ids = {one.id for one in GUIDE.tasks}
    assert {after.task for one in GUIDE.tasks for after in one.after} <= ids
    assert find_circle(GUIDE.tasks) == ()


@pytest.fixture(scope="module")
def whole() -> Network:
    """Every task at once, whatever its condition."""
    settings = scheduler().settings(case(date(2027, 6, 21), date(2026, 11, 23)), "usual")
    lengths = {name: one.value for name, one in settings.items() if one.setting.kind == "duration"}
    from_texts = by_the_guide(date(2027, 6, 21), date(2026, 11, 23)).solution.problem.values
    assert lengths == {name: str(one) for name, one in from_texts.durations.items()}
    # Timings that hang on a choice of editions all take part here, whichever choice stands.
    tasks = [
        task.model_copy(
            update={"when": tuple(dict.fromkeys(replace(one, only_if=None) for one in task.when))}
        )
        for task in GUIDE.tasks
    ]
    return network_of(tasks, GUIDE.anchors, EVERYTHING, Values("usual", from_texts.durations))


@pytest.mark.parametrize("task", GUIDE.tasks, ids=lambda one: one.id)
def test_every_clause_and_dependency_is_a_bound_or_a_deadline(whole: Network, task: Task) -> None:
    number = whole.index[task.id]
    bounds = [one for one in whole.arcs if one.task == number]
    deadlines = [one.clause for one in whole.deadlines if one.task == number]
    for clause in dict.fromkeys(replace(one, only_if=None) for one in task.when):
        made = sum(one.clause == clause for one in bounds)
        assert made == {"within": 0, "on": 2}.get(clause.relation, 1), str(clause)
        assert deadlines.count(clause) == (clause.relation == "within")
    for after in task.after:
        wanted = {"information": 0, "overlaps": 2, "same_moment": 4}.get(after.kind, 1)
        assert sum(one.after == after for one in bounds) == wanted, after.task


@pytest.mark.parametrize("pace", PACES)
@pytest.mark.parametrize("route", ["2019", "2020", "2026"])
def test_with_every_answer_yes_every_task_has_its_days(route: str, pace: Pace) -> None:
    answers = {one: True for one in EVERYTHING if not one.startswith("route_")}
    given = case(date(2027, 9, 21), date(2026, 11, 23), pace, answers=answers, route=route)
    made = scheduler().at(given, pace)
    assert made.too_late is None
    assert made.clashes == ()
    for one in made.tasks.values():
        assert date(2026, 11, 23) <= one.earliest <= one.due <= one.latest < date(2028, 12, 31), one.task.id


@pytest.mark.parametrize(
    ("setting", "value", "task"),
    [
        ("registrations_done_before", "go_live", "T05-06"),
        ("end_signature", "after_access_ends", "T15-03"),
        ("hardware_swap", "go_live_day", "T12-15"),
        ("live_recheck", "go_live_day", "T12-12"),
        ("booked_appointments_side", "after_go_live", "T12-19"),
    ],
)
def test_a_choice_between_editions_moves_its_task(setting: str, value: str, task: str) -> None:
    answers = {"hardware_gap": True}
    usual = case(date(2027, 9, 17), date(2026, 11, 23), "usual", answers=answers)
    own = case(
        date(2027, 9, 17), date(2026, 11, 23), "usual", answers=answers, settings={setting: {"value": value}}
    )
    before, after = (scheduler().at(one, "usual").tasks[task] for one in (usual, own))
    assert (before.due, before.latest) != (after.due, after.latest)


def test_what_comes_back_has_its_turns() -> None:
    dated = by_the_guide(date(2027, 6, 21), date(2026, 11, 23), route="2020")
    index = dated.solution.problem.network.index
    turns = {one.id: len(dated.solution.turns(index[one.id])) for one in GUIDE.tasks if one.every}
    assert set(turns) == {"T02-23", "T03-17"}
    assert min(turns.values()) > 2
