"""From tasks to bounds: which apply, what each clause and dependency makes, and whose notice counts."""

from godwit.definitions.guide.anchors import Anchor
from godwit.definitions.guide.duration import Duration
from godwit.plan.network import Arc, Network, Notice, network_of
from tests.support.plans import ANCHORS, GO_LIVE, ORDER, network, task, values_of

BASE = [task(ORDER, when=["by GL"]), task(GO_LIVE, when=["from ORD"])]


def made(*more: object, conditions: tuple[str, ...] = ()) -> Network:
    return network([*BASE, *more], values_of({"extract_notice": "15wd"}), conditions)  # type: ignore[list-item]


def of(found: Network, name: str) -> list[Arc]:
    return [one for one in found.arcs if one.task == found.index[name] and one.cause != "lasts"]


def test_a_task_applies_if_any_of_its_conditions_holds() -> None:
    one = task("T05-01", condition=["dispensing", "branch_sites"])
    assert "T05-01" not in made(one).index
    assert "T05-01" in made(one, conditions=("branch_sites",)).index


def test_an_anchor_is_the_first_of_its_tasks_that_applies() -> None:
    both = [task("T02-15"), task("T02-16", condition=["dispensing"])]
    anchors = [*ANCHORS, Anchor(id="REQUEST", name="Request", of=("T02-16", "T02-15"))]
    plain = network_of([*BASE, *both], anchors, frozenset(), values_of())
    assert plain.point("REQUEST") == 2 * plain.index["T02-15"]
    other = network_of([*BASE, *both], anchors, frozenset({"dispensing"}), values_of())
    assert other.point("REQUEST") == 2 * other.index["T02-16"]
    assert not plain.knows("FDP")


def test_from_pushes_the_task_and_by_pushes_what_it_names() -> None:
    found = made(task("T05-01", when=["from ORD + 2d", "by GL - {extract_notice}"]))
    start, finish = 2 * found.index["T05-01"], 2 * found.index["T05-01"] + 1
    ways = {(one.source, one.target): one for one in of(found, "T05-01")}
    assert set(ways) == {(found.start("ORD"), start), (finish, found.start("GL"))}
    after, limit = ways[found.start("ORD"), start], ways[finish, found.start("GL")]
    assert (after.amount, after.way, after.counts_back) == (Duration(2, "d"), 1, False)
    assert (limit.amount, limit.way, limit.counts_back, limit.setting) == (
        Duration(15, "wd"),
        -1,
        True,
        "extract_notice",
    )


def test_on_is_both() -> None:
    assert [one.counts_back for one in of(made(task("T05-01", when=["on ORD + 2wd"])), "T05-01")].count(
        True
    ) == 1
    assert len(of(made(task("T05-01", when=["start on ORD"])), "T05-01")) == 2


def test_a_clause_on_its_own_start_is_no_limit() -> None:
    found = made(task("T05-01", when=["finish from T05-01.start + 5wd"]))
    assert [one.counts_back for one in of(found, "T05-01")] == [False]


def test_within_is_a_deadline_and_no_bound() -> None:
    found = made(task("T05-01", when=["within 5wd of ORD"]))
    assert of(found, "T05-01") == []
    assert [(one.source, one.amount) for one in found.deadlines] == [(found.start("ORD"), Duration(5, "wd"))]


def test_what_does_not_apply_bounds_nothing() -> None:
    absent = task("T08-01", condition=["dispensing"])
    found = made(absent, task("T05-01", when=["from T08-01", "within 2d of T08-01"], after=["T08-01"]))
    assert of(found, "T05-01") == []
    assert found.deadlines == ()


def test_a_span_has_no_length_of_its_own() -> None:
    found = made(task("T05-01", when=["start on ORD", "finish on GL"], lasts="span"))
    lasts = [
        one.amount.count for one in found.arcs if one.cause == "lasts" and one.task == found.index["T05-01"]
    ]
    assert lasts == [0]


def test_the_fastest_pace_takes_the_least_lengths() -> None:
    tasks = [*BASE, task("T05-01", lasts=["1wd", "5wd", "9wd"])]
    for pace, wanted in (("fastest", 1), ("usual", 5), ("comfortable", 5)):
        found = network(tasks, values_of(pace=pace))  # type: ignore[arg-type]
        arc = next(one for one in found.arcs if one.cause == "lasts" and one.task == found.index["T05-01"])
        assert arc.amount == Duration(wanted, "wd")


def test_a_third_party_is_told_in_time() -> None:
    tasks = [*BASE, task("T03-32"), task("T11-03")]
    notice = Notice("a_lab", Duration(10, "wd"))
    found = network_of(tasks, ANCHORS, frozenset(), values_of(), [notice])
    arc = next(one for one in found.arcs if one.cause == "notice")
    assert (arc.source, arc.target) == (2 * found.index["T03-32"] + 1, 2 * found.index["T11-03"])
    assert arc.amount == Duration(10, "wd")
    without = network_of(BASE, ANCHORS, frozenset(), values_of(), [notice])
    assert all(one.cause != "notice" for one in without.arcs)
