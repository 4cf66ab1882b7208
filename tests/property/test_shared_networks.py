"""A network cut out of the whole guide's is the one that would have been built for those answers alone."""

from collections import Counter
from dataclasses import replace
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from godwit.definitions.calendars import read_bank_holidays
from godwit.definitions.guide.guide import read_guide
from godwit.plan.case import Practice
from godwit.plan.network import Arc, Network, applies, network_of
from godwit.plan.overlays import choices_of, chosen_clauses, conditions_of
from godwit.plan.passes import Moves
from godwit.plan.scheduler import Case, Scheduler, notices_of, parties_of
from godwit.plan.solving import solve

GUIDE = read_guide()
CALENDAR = read_bank_holidays().working_calendar()
SCHEDULER = Scheduler(GUIDE, CALENDAR)
SLUGS = sorted(one.slug for one in GUIDE.conditions.conditions if not one.slug.startswith("route_"))
PRACTICES = st.builds(
    lambda route, answers: Practice(practice="A", route=route, answers=answers),
    st.sampled_from(["2026", "2020", "2019"]),
    st.dictionaries(st.sampled_from(SLUGS), st.booleans()),
)


def named(network: Network, arc: Arc) -> tuple[object, ...]:
    """An arc by the names of its ends, which are the same in every network."""
    ends = [(network.task_of(point).id, point % 2) for point in (arc.source, arc.target)]
    rule = (arc.amount, arc.sign, arc.cause, arc.clause, arc.after, arc.setting)
    return (*ends, network.tasks[arc.task].id, *rule)


@settings(max_examples=30, deadline=None)
@given(PRACTICES, st.sampled_from(["comfortable", "fastest"]))
def test_the_shared_network_is_the_practices_own(practice: Practice, pace: str) -> None:
    case = Case(practice, date(2027, 6, 18), date(2026, 11, 23))
    problem = SCHEDULER.problem(case, pace)  # type: ignore[arg-type]
    shared = problem.network
    conditions = conditions_of(GUIDE.conditions, practice)
    chosen = chosen_clauses(GUIDE.tasks, choices_of(SCHEDULER.settings(case, pace)))  # type: ignore[arg-type]
    tasks = [one for one in chosen if applies(one, conditions)]
    notices = notices_of(GUIDE, parties_of(GUIDE, practice, conditions))
    own = network_of(tasks, GUIDE.anchors, conditions, problem.values, notices)
    assert (shared.tasks, shared.index, shared.anchors, shared.free) == (
        own.tasks,
        own.index,
        own.anchors,
        own.free,
    )
    assert Counter(named(shared, one) for one in shared.arcs) == Counter(named(own, one) for one in own.arcs)
    assert set(shared.deadlines) == set(own.deadlines)
    assert [(one.source, one.target) for one in shared.arcs] == list(shared.ends)
    ours, theirs = solve(problem), solve(replace(problem, moves=Moves(own, problem.days)))
    assert (ours.planned.days, ours.latest) == (theirs.planned.days, theirs.latest)


def test_practices_alike_share_one_network_and_answers_tell_them_apart() -> None:
    def of(**answers: bool) -> Moves:
        case = Case(Practice(practice="A", answers=answers), date(2027, 6, 18), date(2026, 11, 23))
        return SCHEDULER.problem(case, "usual").moves

    assert of() is of()
    assert of(dispensing=True) is not of(dispensing=False)
    assert of(dispensing=True).network.arcs[0:2][1] == of(dispensing=True).network.arcs[1]
