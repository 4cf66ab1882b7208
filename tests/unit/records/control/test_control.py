"""The positive control: what it plants and where, and that a comparison made blind at any stage is seen by it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from godwit.definitions.comparison import read_equivalences, read_severities
from godwit.records.canonical import ENTITIES
from godwit.records.compare.causes import name_causes
from godwit.records.compare.code_maps import NO_MAP
from godwit.records.compare.differing import find_differences
from godwit.records.compare.findings import gather
from godwit.records.compare.judging import judge
from godwit.records.compare.matching import Terms, stages
from godwit.records.compare.pairing import pair_everything
from godwit.records.compare.rules import Rulebook
from godwit.records.compare.scheme import Scheme
from godwit.records.compare.stage import columns_of, make_rooms
from godwit.records.control.controlling import control
from godwit.records.control.planning import Plant
from godwit.records.control.planting import carry_out
from godwit.records.control.telling import Control
from godwit.records.duck import Duck
from tests.support.staged import EVERYTHING, Fields, link, put, tables

PEOPLE = 8
TERMS = Terms(
    ("x", "y"),
    Scheme((EVERYTHING, EVERYTHING), same_format=False),
    Rulebook(read_equivalences(), "x", "y"),
    read_severities(),
    NO_MAP,
)


def observation(person: int, turn: int) -> Fields:
    """An observation like no other."""
    day = f"20{10 + person}-{1 + turn % 12:02}-{2 + turn % 26:02}"
    return {
        "person": person,
        "code": f'["snomed|{1000 * person + turn}"]',
        "effective": f"{day}T09:{turn:02}:00",
        "value": f"{person}.{turn + 1}",
        "unit": "mg/L",
        "text": f"seen by patient {person} on visit {turn}",
    }


def practice(duck: Duck, people: int = PEOPLE, visits: int = 6) -> None:
    """The same on both sides: patients, and observations of each, of which the first two are linked."""
    for side in ("source", "target"):
        patients: list[Fields] = [
            {"person": one, "nhs_number": f"90000000{one:02}", "family": f"Family {one}"}
            for one in range(1, people + 1)
        ]
        put(duck, side, "patient", *patients)
        rows = [observation(person, turn) for person in range(1, people + 1) for turn in range(visits)]
        put(duck, side, "observation", *rows, first=101)
        for person in range(people):
            link(duck, side, 101 + person * visits, "linked", 102 + person * visits)


@pytest.fixture
def duck(tmp_path: Path) -> Iterator[Duck]:
    """Room for eight patients."""
    pairs = [(one, one) for one in range(1, PEOPLE + 1)]
    with tables(tmp_path, pairs) as one:
        yield one


def controlled(duck: Duck) -> Control:
    """Compare, and look whether planted faults are found."""
    for _, work in stages(duck, TERMS):
        work()
    return control(duck, TERMS, duck.work / "control")


def plants(found: Control, entity: str = "observation") -> list[Plant]:
    return [one.plant for one in found.planted if one.plant.entity == entity]


def kinds(found: Control) -> set[tuple[str, str | None]]:
    """Kinds and fields of what was missed of observations."""
    return {(one.plant.kind, one.plant.field) for one in found.missed if one.plant.entity == "observation"}


# What is planted ------------------------------------------------------------------------------------------------


def test_every_kind_of_fault_is_planted_in_a_record_of_its_own_and_found(duck: Duck) -> None:
    practice(duck)
    found = controlled(duck)
    assert found.missed == ()
    assert found.others == 0
    planted = plants(found)
    assert {(one.kind, one.field) for one in planted} == {
        *((kind, None) for kind in ("missing", "duplicate", "moved", "swapped")),
        *(
            (kind, name)
            for kind in ("changed", "lost")
            for name in ("code", "effective", "value", "unit", "text")
        ),
        ("alike", "value"),
        ("widespread", "code"),
        ("cut", "text"),
        ("garbled", "text"),
        ("capital", "unit"),
        ("figure", "value"),
        ("hour", "effective"),
        ("flipped", "effective"),
        ("degraded", "code"),
    }
    rows = [one.target_row for one in planted]
    assert len(rows) == len(set(rows))
    assert sum(one.kind == "widespread" for one in planted) == PEOPLE / 2


def test_the_run_itself_is_left_as_it_was(duck: Duck) -> None:
    practice(duck)
    controlled(duck)
    rows = duck.run("test", "SELECT * EXCLUDE (side) FROM canonical.observation ORDER BY side, row")
    assert rows[: len(rows) // 2] == rows[len(rows) // 2 :]
    assert duck.run("test", "SELECT count(*) FROM finding.finding") == [(0,)]


def test_nothing_is_planted_where_the_run_found_a_fault(duck: Duck) -> None:
    practice(duck)
    duck.run("test", "UPDATE canonical.observation SET value = '77' WHERE side = 'target' AND row < 140")
    planted = plants(controlled(duck))
    assert planted
    assert min(one.target_row for one in planted) >= 140


def test_where_no_record_is_taken_away_all_the_others_stay(duck: Duck) -> None:
    """Once a list of no rows took away every row of that kind, and each fault in them was “found” as missing."""
    practice(duck)
    room = duck.work / "control"
    room.mkdir()
    rows = duck.write_parquet("all.parquet", "SELECT * FROM canonical.observation").replace(
        room / "all.parquet"
    )
    with Duck(room) as lab:
        make_rooms(lab)
        lab.run("test", "CREATE SCHEMA lab")
        for name in ENTITIES:
            lab.load(f"lab.{name}", columns_of(name), [])
        lab.run("test", f"INSERT INTO lab.observation BY NAME SELECT * FROM read_parquet('{rows}')")
        carry_out(lab, [Plant("observation", "changed", "text", 101, 101, 1)], by_meaning=True)
        told = lab.run(
            "test", "SELECT side, count(*), min(text) FROM canonical.observation GROUP BY side ORDER BY side"
        )
    assert told == [
        ("source", PEOPLE * 6, "seen by patient 1 on visit 0"),
        ("target", PEOPLE * 6, "not seen by patient 1 on visit 0"),
    ]


def test_nothing_is_planted_in_one_of_two_equal_records(duck: Duck) -> None:
    """Nobody could say which of the two it is in, and a fault in the other would look overlooked."""
    practice(duck)
    twice = [n // 2 for n in range(2 * PEOPLE)]
    rows: list[Fields] = [
        {"person": 1 + n, "code": f'["snomed|{900 + n}"]', "text": f"of patient {n}"} for n in twice
    ]
    for side in ("source", "target"):
        put(duck, side, "allergy", *rows, first=201)
    found = controlled(duck)
    assert not plants(found, "allergy")
    assert ("allergy", "text") in found.bare
    assert (found.missed, found.others) == ((), 0)


def test_a_field_that_nobody_fills_is_named_as_one_in_which_nothing_was_planted(duck: Duck) -> None:
    practice(duck)
    row = controlled(duck).as_row()
    bare = row["bare"]
    assert isinstance(bare, list)
    assert {"entity": "observation", "field": "comparator"} in bare
    assert {"entity": "observation", "field": "value"} not in bare


def test_of_one_patient_alone_nothing_goes_to_another(tmp_path: Path) -> None:
    with tables(tmp_path) as one:
        practice(one, people=1, visits=30)
        found = controlled(one)
    assert not {"moved", "swapped", "widespread"} & {one.kind for one in plants(found)}
    assert found.missed == ()


def test_findings_of_links_to_a_planted_record_are_beside_it_and_no_false_alarms(
    duck: Duck, monkeypatch: pytest.MonkeyPatch
) -> None:
    practice(duck)

    def and_a_link(where: Duck, *rest: Any) -> None:
        gather(where, *rest)
        if where.work.name == "control":
            where.run("test", LINKS_BROKEN)

    monkeypatch.setattr("godwit.records.compare.matching.gather", and_a_link)
    found = controlled(duck)
    assert found.beside > 0
    planted = {one.target_row for one in plants(found)}
    both_free = [n for n in range(101, 101 + PEOPLE * 6, 6) if not {n, n + 1} & planted]
    assert found.others == len(both_free)


LINKS_BROKEN = """INSERT INTO finding.finding BY NAME
    SELECT 'observation' AS entity, 'different' AS outcome, 'linked' AS field, 'changed' AS reason, row AS source_row,
           row AS target_row, 'low' AS severity, 1 AS scope
    FROM canonical.link WHERE side = 'target' AND row < 1000"""


# A comparison that is blind -------------------------------------------------------------------------------------

BLIND = {
    "pairing": (pair_everything, "UPDATE paired.{entity} SET rung = 'content' WHERE rung = 'moved'"),
    "comparing": (find_differences, "DELETE FROM finding.difference WHERE field = 'value'"),
    "judge": (judge, "UPDATE finding.verdict SET rule = 'all_is_well', reason = NULL WHERE field = 'text'"),
    "gather": (gather, "DELETE FROM finding.finding WHERE outcome = 'missing'"),
    "gather: second records": (gather, "DELETE FROM finding.finding WHERE outcome = 'unexpected'"),
    "causes": (name_causes, "DELETE FROM finding.caused WHERE field = 'unit'"),
}
OVERLOOKED: dict[str, set[tuple[str, str | None]]] = {
    "pairing": {("moved", None), ("swapped", None)},
    "comparing": {("changed", "value"), ("lost", "value"), ("figure", "value")},
    "judge": {("changed", "text"), ("lost", "text"), ("cut", "text"), ("garbled", "text")},
    "gather": {("missing", None)},
    "gather: second records": {("duplicate", None), ("alike", "value")},
    "causes": {("changed", "unit"), ("lost", "unit"), ("capital", "unit")},
}


@pytest.mark.parametrize("stage", BLIND)
def test_a_comparison_that_is_blind_at_one_stage_is_seen(
    duck: Duck, stage: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    practice(duck)
    work, damage = BLIND[stage]

    def blind(where: Duck, *rest: Any) -> None:
        work(where, *rest)  # type: ignore[operator]
        where.run("sabotage", damage.format(entity="observation"))
        if stage == "pairing":
            parts = " UNION ALL ".join(
                f"SELECT '{name}' AS entity, * FROM paired.{name}" for name in ENTITIES
            )
            where.run("sabotage", f"CREATE OR REPLACE TABLE paired.record AS {parts}")

    room = "godwit.records.control.controlling" if stage == "causes" else "godwit.records.compare.matching"
    monkeypatch.setattr(f"{room}.{work.__name__}", blind)
    found = controlled(duck)
    assert kinds(found) == OVERLOOKED[stage]
