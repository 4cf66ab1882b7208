"""Which record of the source is which record of the target, case by case."""

from pathlib import Path
from typing import Any

import pytest

from godwit.records.canonical import ENTITIES
from godwit.records.compare import likeness
from godwit.records.compare.likeness import WINDOW, best_first
from godwit.records.compare.pairing import RUNGS, Ladder, pair_everything
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
    ("another patient's identical record", [problem(person=1)], [problem(person=2)], [(1, 1, "moved")]),
    (
        "another patient's record with the same code and no day",
        [problem(person=1, onset=None)],
        [problem(person=2, onset=None)],
        [],
    ),
    (
        "another patient's record with the same identifier",
        [problem(person=1, source_id=LONG)],
        [problem(person=2, source_id=LONG)],
        [(1, 1, "moved")],
    ),
    (
        "the same day and the same day of entry, nothing else left there",
        [problem(text="a", recorded="2011")],
        [problem(ASTHMA, text="b", recorded="2011")],
        [(1, 1, "entry")],
    ),
    (
        "the same day and the same day of entry, and two are left",
        [problem(text="a", recorded="2011"), problem(text="c", recorded="2011")],
        [problem(ASTHMA, text="b", recorded="2011")],
        [],
    ),
    (
        "nobody knows when it was, and nothing else was entered on that day",
        [problem(onset=None, recorded="1985-10-31"), problem(onset=None, recorded="1985-11-01")],
        [problem(ASTHMA, None, recorded="1985-10-31")],
        [(1, 1, "entry")],
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
        "a record under another patient, entered at the same minute",
        [problem(person=1, recorded="2010-01-02T08:30:10")],
        [problem(person=2, recorded="2010-01-02T08:30:10")],
        [(1, 1, "moved")],
    ),
    (
        "a record under another patient, with the same words",
        [problem(person=1, text="of the left toe")],
        [problem(person=2, text="of the left toe")],
        [(1, 1, "moved")],
    ),
    (
        "two patients' records swapped",
        [
            problem(person=1, recorded="2010-01-02T08:30"),
            problem(ASTHMA, person=2, recorded="2010-01-02T08:40"),
        ],
        [
            problem(ASTHMA, person=1, recorded="2010-01-02T08:40"),
            problem(person=2, recorded="2010-01-02T08:30"),
        ],
        [(1, 2, "moved"), (2, 1, "moved")],
    ),
    (
        "two patients' records swapped, and nobody knows a minute, though each has another with that code",
        [problem(person=1), problem(onset="2015-03-04", person=2)],
        [problem(onset="2015-03-04", person=1), problem(person=2)],
        [(1, 2, "moved"), (2, 1, "moved")],
    ),
    (
        "one way only, with no minute: the patient's own record with that code is likelier",
        [problem(person=1), problem(ASTHMA, person=2)],
        [problem(onset="2015-03-04", person=1), problem(person=2)],
        [(1, 1, "likeness")],
    ),
    (
        "what two people took from somebody who is not there is no exchange",
        [problem(person=1), problem(onset="2015-03-04", person=3)],
        [problem(onset="2015-03-04", person=1), problem(person=4)],
        [(1, 1, "likeness")],
    ),
    (
        "what is twice in the practice goes along with what moved between the two",
        [problem(person=1), problem(ASTHMA, person=1), problem(person=3)],
        [problem(person=2), problem(ASTHMA, person=2)],
        [(1, 1, "moved"), (2, 2, "moved")],
    ),
    (
        "what is twice in the practice, and nothing else moved between the two",
        [problem(person=1), problem(ASTHMA, "2011-01-02", person=2), problem(person=3)],
        [problem(person=2), problem(ASTHMA, "2011-01-02", person=2)],
        [(2, 2, "content")],
    ),
    (
        "what two others of the two have goes along with nothing",
        [problem(person=1), problem(person=1), problem(ASTHMA, person=1)],
        [problem(person=2), problem(ASTHMA, person=2)],
        [(3, 2, "moved")],
    ),
    (
        "from a patient who is not paired",
        [problem(person=3, text="of the left toe")],
        [problem(person=2, text="of the left toe")],
        [(1, 1, "moved")],
    ),
    (
        "between two patients of whom neither is paired nothing is known",
        [problem(person=3, text="of the left toe")],
        [problem(person=4, text="of the left toe")],
        [],
    ),
    (
        "of two that are equal nobody knows which moved",
        [problem(person=1, text="of the left toe"), problem(person=1, text="of the left toe")],
        [problem(person=2, text="of the left toe")],
        [],
    ),
    (
        "another word, and it is no longer the same record",
        [problem(person=1, text="of the left toe")],
        [problem(person=2, text="of the right toe")],
        [],
    ),
    (
        "a year is not a day",
        [problem(person=1, onset="2010", text="of the left toe")],
        [problem(person=2, onset="2010", text="of the left toe")],
        [],
    ),
    (
        "the only one left of that day and minute of entry",
        [problem(status="a", text="a", recorded="2010-01-02T08:30:10")],
        [problem(ASTHMA, status="b", text="b", recorded="2010-01-02T08:30:50")],
        [(1, 1, "entry")],
    ),
    (
        "one of two left of that day and minute of entry",
        [
            problem(status="a", text="a", recorded="2010-01-02T08:30"),
            problem(CROUP, status="c", text="c", recorded="2010-01-02T08:30"),
        ],
        [problem(ASTHMA, status="b", text="b", recorded="2010-01-02T08:30")],
        [],
    ),
    (
        "the same day, entered at another minute",
        [problem(status="a", text="a", recorded="2010-01-02T08:30")],
        [problem(ASTHMA, status="b", text="b", recorded="2010-01-02T08:31")],
        [],
    ),
    (
        "of many that are equally alike, first with first",
        [problem(onset=f"20{n}-01-01", status="a", text=f"before {n}") for n in range(10, 15)],
        [problem(onset=f"20{n}-01-02", status="a", text=f"after {n}") for n in range(10, 15)],
        [(n, n, "likeness") for n in range(1, 6)],
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
    ("name", "ordered", "chosen"),
    [
        ("each once", [(1, 2, 1), (1, 1, 1), (2, 2, 1), (2, 1, 1)], [(1, 2), (2, 1)]),
        ("what is left alone stays so", [(1, 1, 1), (2, 1, 1)], [(1, 1)]),
        ("nothing to choose from", [], []),
    ],
)
def test_the_best_are_chosen_first(
    name: str, ordered: list[tuple[int, int, int]], chosen: list[tuple[int, int]]
) -> None:
    found = [(one["source_row"], one["target_row"]) for one in best_first(ordered)]
    assert found == chosen, name


def test_what_stands_far_apart_is_not_weighed(tmp_path: Path) -> None:
    """Of a hundred equal ones, each is weighed against its neighbours in time: enough, and far less to do."""
    source = [problem(onset=f"{1900 + n}-01-01", status="a", text=f"before {n}") for n in range(100)]
    moved_up = [problem(onset="1890-01-01", status="a", text="new")] * (WINDOW + 1)
    target = [
        *moved_up,
        *(problem(onset=f"{1900 + n}-01-02", status="a", text=f"after {n}") for n in range(100)),
    ]
    found = pairs(tmp_path, source, target)
    assert len(found) == 100
    apart = {two - one for one, two, _ in found}
    assert max(apart) <= WINDOW


def test_pairs_of_each_others_best_are_the_greedy_choice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rounds in SQL, or all of it one by one: the same pairs."""
    source = [
        problem(code, f"20{n:02d}-01-01", status=str(n % 3)) for n in range(12) for code in (GOUT, ASTHMA)
    ]
    target = [
        problem(code, f"20{n:02d}-01-02", status=str(n % 5)) for n in range(12) for code in (CROUP, GOUT)
    ]
    found = []
    for few in (0, 10, 100_000):
        monkeypatch.setattr(likeness, "_FEW", few)
        (tmp_path / str(few)).mkdir()
        found.append(pairs(tmp_path / str(few), source, target))
    assert found[0] == found[1] == found[2]
    assert [rung for *_, rung in found[0]] == ["likeness"] * 12


def test_every_entity_is_paired_and_gathered(tmp_path: Path) -> None:
    with tables(tmp_path) as duck:
        for number, entity in enumerate(ENTITIES.values(), start=1):
            for side in ("source", "target"):
                put(duck, side, entity.name, {}, first=number)
        pair_everything(duck, Scheme((EVERYTHING, EVERYTHING), same_format=False))
        found = duck.run("test", "SELECT entity, source_row = target_row FROM paired.record")
    assert sorted(found) == sorted((name, True) for name in ENTITIES)
