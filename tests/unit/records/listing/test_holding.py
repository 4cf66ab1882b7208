"""Reports A, B and C, the regions and the bridge, over people put down by hand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from godwit.records.listing.column_map import ColumnMap
from godwit.records.listing.entry import Entry, Where
from godwit.records.listing.holding import Held, hold
from godwit.records.listing.list_file import RegistrationList
from tests.support.listed_people import ADA, BOB, NUMBERS, entry

MAP = ColumnMap.model_validate({"title": "x", "columns": {"family": "a", "birth_date": "b"}})
DAY = date(2026, 6, 30)


def held(rows: Sequence[Entry], since: str | None = None, **systems: Sequence[Entry]) -> Held:
    listed = RegistrationList(MAP, tuple(rows), (), (), (), len(rows), 0, "")
    places: dict[Where, Sequence[Entry]] = {"source": systems.get("source", ())}
    if "target" in systems:
        places["target"] = systems["target"]
    return hold(listed, places, since, DAY)


@pytest.mark.parametrize(
    ("state", "facts", "reason"),
    [("left", {"end_date": "2026-05-01"}, "left"), ("left", {"end_date": "2026-06-01"}, "left_since"),
     ("left", {}, "left"), ("dead", {"death_date": "2026-06-02"}, "dead_since"), ("dead", {}, "dead"),
     ("temporary", {}, "temporary"), ("other", {}, "other"), ("test", {}, "test")],
)  # fmt: skip
def test_why_somebody_is_on_the_list_alone(state: str, facts: dict[str, str], reason: str) -> None:
    report = held(
        [entry("list", 2)], "2026-06-01", source=[entry("source", 1, state=state, **facts)]
    ).reports[0]
    assert [one.reason for one in report.against.only_list] == [reason]


@pytest.mark.parametrize(
    ("row", "facts", "reason"),
    [(None, {}, "absent"), (None, {"start": "2026-06-01"}, "joined_since"),
     (entry("list", 2, state="closed"), {}, "closed")],
)  # fmt: skip
def test_why_somebody_is_in_the_system_alone(row: Entry | None, facts: dict[str, str], reason: str) -> None:
    report = held([row] if row else [], "2026-06-01", source=[entry("source", 1, **facts)]).reports[0]
    assert [one.reason for one in report.against.only_system] == [reason]


def test_a_second_registration_of_the_same_patient_is_named_so() -> None:
    report = held([entry("list", 2)], source=[entry("source", 1), entry("source", 2, nhs_number="")]).reports[
        0
    ]
    assert [(one.entry.number, one.reason) for one in report.against.only_system] == [(2, "twice")]


def test_the_other_system_can_stand_between_two_that_do_not_fit() -> None:
    """The list lacks the number, the source has another postcode; the target has both as they should be."""
    one = held(
        [entry("list", 2, nhs_number="")],
        source=[entry("source", 1, postcode="ZZ7 7ZZ")],
        target=[entry("target", 1)],
    )
    assert [each.tier for each in one.reports[0].against.both] == ["through_other"]
    assert [each.tier for each in one.reports[1].against.both] == ["demographics"]
    assert {tuple(sorted(where)): len(people) for where, people in one.regions.items() if people} == {
        ("list", "source", "target"): 1
    }


def test_the_regions_tell_who_is_missing_where() -> None:
    both = [entry("list", 2), entry("list", 3, BOB)]
    one = held(both, source=[entry("source", 1)], target=[entry("target", 1, BOB)])
    assert {tuple(sorted(where)): len(people) for where, people in one.regions.items() if people} == {
        ("list", "source"): 1, ("list", "target"): 1
    }  # fmt: skip


def test_ages_are_counted_on_the_day() -> None:
    rows = [entry("list", 2, birth_date="2021-06-30"), entry("list", 3, BOB, birth_date="2021-07-01"),
            entry("list", 4, BOB, nhs_number="", birth_date="1900", family="Old")]  # fmt: skip
    bands = {(band, sex): counts["list"] for band, sex, counts in held(rows).bands}
    assert bands == {("5 to 9", "female"): 1, ("0 to 4", "male"): 1, ("95 and over", "male"): 1}


def people(where: Where) -> st.SearchStrategy[list[Entry]]:
    """A few people made of few values, so that much of them is alike."""
    values = {
        "nhs_number": ("", "123", *NUMBERS[:3]),
        "family": ("Tern", "Turn", "Gull"),
        "given": ("Ada", "Adele", "Bob"),
        "birth_date": ("", "1950-02-03", "1950-03-02"),
        "sex": ("female", "male"),
        "postcode": ("ZZ1 1ZZ", "ZZ2 2ZZ"),
        "start": ("2001-04-05", "2026-06-02"),
    }
    facts = st.fixed_dictionaries({name: st.sampled_from(each) for name, each in values.items()})
    states = st.sampled_from(("current", "current", "closed" if where == "list" else "left"))
    one = st.tuples(facts, states)
    return st.lists(one, max_size=6).map(lambda rows: _numbered(where, rows))


def _numbered(where: Where, rows: list[tuple[dict[str, Any], str]]) -> list[Entry]:
    return [
        entry(where, number, ADA, state=state, **facts) for number, (facts, state) in enumerate(rows, start=1)
    ]


@given(people("list"), people("source"), people("target"))
def test_everybody_is_in_exactly_one_report_and_the_bridge_adds_up(
    rows: list[Entry], source: list[Entry], target: list[Entry]
) -> None:
    one = held(rows, "2026-06-01", source=source, target=target)
    for report in one.reports:
        against = report.against
        listed = [
            *(each.on_list.number for each in against.both),
            *(each.entry.number for each in against.only_list),
        ]
        listed += [number for where, number in against.waiting if where == "list"]
        assert sorted(listed) == [each.number for each in rows if each.current]
        assert report.bridge.adds_up
    counted = sum(map(len, one.regions.values()))
    assert counted + one.waiting <= len(rows) + len(source) + len(target)


@given(people("list"), people("source"))
def test_the_order_of_rows_decides_nothing(rows: list[Entry], source: list[Entry]) -> None:
    one, other = held(rows, source=source), held(rows[::-1], source=source[::-1])
    assert _told(one) == _told(other)


def _told(one: Held) -> set[tuple[str, int, str]]:
    against = one.reports[0].against
    told = {("both", each.on_list.number, f"{each.in_system.number} {each.tier}") for each in against.both}
    told |= {
        (each.entry.where, each.entry.number, each.reason)
        for each in (*against.only_list, *against.only_system)
    }
    return told | {(where, number, "waiting") for where, number in against.waiting}
