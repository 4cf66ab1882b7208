"""Which record of the source is which record of the target, case by case."""

from pathlib import Path
from typing import Any

import pytest

from godwit.records.canonical import ENTITIES
from godwit.records.compare.pairing import RUNGS, Ladder, best_first, pair_everything
from godwit.records.compare.scheme import Scheme
from tests.support.staged import EVERYTHING, Fields, put, tables

GOUT, ASTHMA, CROUP = (f'["snomed|{code}"]' for code in ("90560007", "195967001", "71186008"))
LONG, OTHER = "6F1C1F0A-31D0-5C4B-9C53-000000000999", "6F1C1F0A-31D0-5C4B-9C53-000000000998"


def problem(code: str | None = GOUT, onset: str | None = "2010-01-02", **fields: Any) -> Fields:
    return {"code": code, "onset": onset, **fields}


def pairs(
    work: Path,
    source: list[Fields],
    target: list[Fields],
    *,
    entity: str = "problem",
    same_format: bool = False,
    common: frozenset[str] | None = None,
) -> list[tuple[int, int, str]]:
    """The pairs by row number, persons 1 and 2 of the source being 1 and 2 of the target."""
    with tables(work, people=[(1, 1), (2, 2)], entities=[entity]) as duck:
        put(duck, "source", entity, *source)
        put(duck, "target", entity, *target)
        model = ENTITIES[entity]
        fills = {entity: common or frozenset(model.field_names)}
        Ladder(duck, model, Scheme((fills, fills), same_format)).climb()
        query = f"SELECT source_row, target_row, rung FROM paired.{entity} ORDER BY ALL"
        return [(one, two, rung) for one, two, rung in duck.run("test", query)]


CASES: list[tuple[str, list[Fields], list[Fields], list[tuple[int, int, str]]]] = [
    ("nothing on one side", [problem()], [], []),
    ("equal in everything", [problem(text="a")], [problem(text="a")], [(1, 1, "content")]),
    (
        "identical duplicates pair in order of appearance",
        [problem(), problem(), problem()],
        [problem(), problem()],
        [(1, 1, "content"), (2, 2, "content")],
    ),
    (
        "a long identifier is believed whatever else changed",
        [problem(source_id=f"1.2|{LONG}"), problem(ASTHMA, source_id=f"1.2|{OTHER}")],
        [
            problem(GOUT, source_id=f"https://x|{OTHER}"),
            problem(CROUP, "1999", source_id=f"y|{LONG.lower()}"),
        ],
        [(1, 2, "carried"), (2, 1, "carried")],
    ),
    (
        "a long local identifier is believed too",
        [problem(local_id=LONG)],
        [problem(ASTHMA, "1999", local_id=LONG)],
        [(1, 1, "carried")],
    ),
    (
        "a short one could agree by chance",
        [problem(source_id="a|12", local_id="7")],
        [problem(ASTHMA, "1999", source_id="a|12", local_id="7")],
        [],
    ),
    (
        "an identifier that stands twice is believed on neither",
        [problem(source_id=LONG), problem(ASTHMA, "1999", source_id=LONG)],
        [problem(CROUP, "1980", source_id=LONG)],
        [],
    ),
    (
        "a key that stands once on each side",
        [problem(text="a"), problem(ASTHMA, text="b")],
        [problem(ASTHMA, text="c"), problem(text="d")],
        [(1, 2, "key"), (2, 1, "key")],
    ),
    (
        "a key looks at minutes only",
        [problem(onset="2010-01-02T08:30:15Z", text="a")],
        [problem(onset="2010-01-02T08:30Z", text="b")],
        [(1, 1, "key")],
    ),
    (
        "an ambiguous key is left to likeness, which takes the most alike",
        [problem(text="a"), problem(text="b")],
        [problem(text="b", status="x"), problem(text="a", status="x")],
        [(1, 2, "likeness"), (2, 1, "likeness")],
    ),
    (
        "a changed code is one changed record, not one lost and one new",
        [problem(text="gout of the toe", recorded="2010-01-03")],
        [problem(ASTHMA, text="gout of the toe", recorded="2010-01-03")],
        [(1, 1, "likeness")],
    ),
    (
        "one code of several in common is enough to be alike",
        [problem('["read2|N023.","snomed|90560007"]', status="a")],
        [problem('["ctv3|X1","snomed|90560007"]', status="a")],
        [(1, 1, "likeness")],
    ),
    (
        "a date said less precisely is alike",
        [problem(onset="2010-01-02", text="a", recorded="2011")],
        [problem(onset="2010", text="a", recorded="2012")],
        [(1, 1, "likeness")],
    ),
    ("unlike records stay apart", [problem()], [problem(ASTHMA, "1999")], []),
    (
        "the same day alone is not alike enough",
        [problem(text="a", recorded="2011")],
        [problem(ASTHMA, text="b", recorded="2012")],
        [],
    ),
    (
        "what only weighs little cannot bring two together",
        [{"text": "a", "status": "x"}],
        [{"text": "a"}],
        [],
    ),
    ("another patient's identical record", [problem(person=1)], [problem(person=2)], []),
    (
        "another patient's record with the same identifier",
        [problem(person=1, source_id=LONG)],
        [problem(person=2, source_id=LONG)],
        [],
    ),
    ("a patient who is not paired", [problem(person=3)], [problem(person=3)], []),
    (
        "two patients at once",
        [problem(person=1), problem(person=2)],
        [problem(person=2), problem(person=1)],
        [(1, 2, "content"), (2, 1, "content")],
    ),
    (
        "the consultation tells equal entries apart",
        [problem(during="2010-01-02T08:30"), problem(during="2010-01-02T10:30")],
        [problem(during="2010-01-02T10:30:59"), problem(during="2010-01-02T08:30:12")],
        [(1, 2, "content"), (2, 1, "content")],
    ),
    ("nothing known on either side", [{}], [{}], [(1, 1, "content")]),
    ("nothing known on one side", [problem()], [{}], []),
    (
        "two unreadable dates are not one date",
        [problem(None, "unreadable:last spring")],
        [problem(None, "unreadable:in autumn")],
        [],
    ),
    (
        "the word for no code is no code in common",
        [problem('["null_flavour|UNK"]', "2010", recorded="2011")],
        [problem('["null_flavour|UNK"]', "1999", recorded="2012")],
        [],
    ),
]


@pytest.mark.parametrize(("name", "source", "target", "expected"), CASES, ids=[case[0] for case in CASES])
def test_records_are_paired(
    name: str,
    source: list[Fields],
    target: list[Fields],
    expected: list[tuple[int, int, str]],
    tmp_path: Path,
) -> None:
    assert pairs(tmp_path, source, target) == expected, name


def test_within_one_format_a_short_identifier_is_believed(tmp_path: Path) -> None:
    source, target = [problem(source_id="a|12")], [problem(ASTHMA, "1999", source_id="a|12")]
    assert pairs(tmp_path, source, target, same_format=True) == [(1, 1, "carried")]


def test_within_one_format_the_system_of_an_identifier_counts(tmp_path: Path) -> None:
    source, target = [problem(source_id="a|12")], [problem(ASTHMA, "1999", source_id="b|12")]
    assert pairs(tmp_path, source, target, same_format=True) == []


def test_only_what_both_formats_hold_is_asked_for(tmp_path: Path) -> None:
    source, target = [problem(text="a")], [problem(text="b")]
    assert pairs(tmp_path, source, target, common=frozenset({"code", "onset"})) == [(1, 1, "content")]


def test_a_patients_record_follows_the_pairing_of_patients(tmp_path: Path) -> None:
    source = [{"family": "Adams", "person": 1}, {"family": "Brown", "person": 2}]
    target = [{"family": "Brown", "person": 1}, {"family": "Adams", "person": 3}]
    assert pairs(tmp_path, source, target, entity="patient") == [(1, 1, "person")]


def test_every_rung_has_words() -> None:
    used = {rung for case in CASES for *_, rung in case[3]}
    assert used | {"person"} == set(RUNGS)


@pytest.mark.parametrize(
    ("name", "candidates", "chosen"),
    [
        ("the larger share first", [(1, 1, 1, 8, 16), (1, 2, 1, 6, 6)], [(1, 2)]),
        ("of equal shares the more points", [(1, 1, 1, 3, 6), (1, 2, 1, 6, 12)], [(1, 2)]),
        ("of equal points the order", [(2, 1, 1, 3, 6), (1, 1, 1, 3, 6), (2, 2, 1, 3, 6)], [(1, 1), (2, 2)]),
        ("nothing to choose from", [], []),
    ],
)
def test_the_best_are_chosen_first(
    name: str, candidates: list[tuple[int, int, int, int, int]], chosen: list[tuple[int, int]]
) -> None:
    found = [(one["source_row"], one["target_row"]) for one in best_first(candidates)]
    assert found == chosen, name


def test_every_entity_is_paired_and_gathered(tmp_path: Path) -> None:
    with tables(tmp_path) as duck:
        for number, entity in enumerate(ENTITIES.values(), start=1):
            for side in ("source", "target"):
                put(duck, side, entity.name, {}, first=number)
        pair_everything(duck, Scheme((EVERYTHING, EVERYTHING), same_format=False))
        found = duck.run("test", "SELECT entity, source_row = target_row FROM paired.record")
    assert sorted(found) == sorted((name, True) for name in ENTITIES)
