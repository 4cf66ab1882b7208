"""From staged tables to canonical ones: rows numbered and placed, columns filled, defects of a format refused."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from godwit.records.bulk.bulk_format import BulkFormat, Conversion, FormatFile
from godwit.records.bulk.converting import Canonical, convert, open_canonical
from godwit.records.compare.stage import make_rooms
from tests.support.bulk_scene import GOOD, HEADER, Scene, lines

PERSON = '"person","practice","name"'
ONE, TWO = (f"{{ABCDEF01-0000-4000-8000-00000000000{number}}}" for number in (1, 2))
FILES = {
    "1_entry.csv": lines(HEADER, *GOOD),
    "1_person.csv": lines(PERSON, f'"{TWO}","{ONE}","Adams"', f'"{ONE}","{ONE}","Brown"'),
}
PEOPLE = """SELECT file, record, CAST(person AS VARCHAR) AS patient, CAST(person AS VARCHAR) AS key, name AS family,
'9990000018' AS nhs_number FROM raw.Person"""
ENTRIES = """SELECT file, record, CAST(guid AS VARCHAR) AS patient, id AS key, 'small.Entry|' || id AS source_id,
day AS effective, number AS value, text, 'clinic' AS consultation, '{"whole":["1"]}' AS extras
FROM raw.Entry WHERE guid IS NOT NULL"""
ASIDE = """SELECT file, record, 'Entry' AS kind, 'observation' AS entity, 'nobody' AS reason
FROM raw.Entry WHERE guid IS NULL"""


def converted(
    scene: Scene, monkeypatch: pytest.MonkeyPatch, prepared: dict[str, str] | None = None, **changed: str
) -> Canonical:
    """The small practice in canonical form, with other SQL where a test gives it."""
    sql = {"canonical/patient.sql": PEOPLE, "canonical/entry.sql": ENTRIES, "set_aside.sql": ASIDE}
    sql |= {f"canonical/{name}.sql": text for name, text in changed.items()}
    sql |= {f"prepared/{name}": text for name, text in (prepared or {}).items()}
    monkeypatch.setattr(BulkFormat, "sql", lambda _, name: sql[name])
    conversions = (
        Conversion(sql="patient.sql", entity="patient", table="Person"),
        Conversion(sql="entry.sql", entity="observation", table="Entry"),
    )
    format_ = FormatFile(
        reasons={"nobody": "about nobody"},
        prepared=tuple(prepared or ()),
        conversions=conversions,
        set_aside="set_aside.sql",
    )
    scene.format = replace(scene.format, format=format_)
    make_rooms(scene.duck)
    scene.stage(FILES)
    steps: list[int] = []
    made = convert(scene.duck, "source", scene.format, lambda: steps.append(1))
    assert len(steps) == len(conversions)
    open_canonical(scene.duck, {"source": made})
    return made


def rows(scene: Scene, columns: str, entity: str = "observation") -> list[tuple[Any, ...]]:
    return scene.duck.run("test", f"SELECT {columns} FROM canonical.{entity} ORDER BY row")


@pytest.fixture
def scene(tmp_path: Path) -> Scene:
    return Scene(tmp_path)


def test_rows_keep_their_place_and_their_name(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    converted(scene, monkeypatch)
    assert rows(scene, "side, file, record, part, record_kind, source_id, local_id") == [
        ("source", 1, 1, 0, "Entry", "small.Entry|1", "1"),
        ("source", 1, 2, 0, "Entry", "small.Entry|2", "2"),
    ]


def test_what_the_select_gives_is_there_and_the_rest_is_empty(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    converted(scene, monkeypatch)
    assert rows(scene, "effective, value, text, during, extras, unit, performer")[0] == (
        "2020-03-05", "5.1", "first", "clinic", '{"whole":["1"]}', None, None,
    )  # fmt: skip


def test_a_row_is_placed_with_its_patient_and_patients_are_numbered_in_order(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    converted(scene, monkeypatch)
    assert rows(scene, "person, family", "patient") == [(1, "Adams"), (2, "Brown")]
    assert rows(scene, "person") == [(2,), (1,)]


def test_a_patient_nobody_knows_leaves_a_row_without_a_person(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    converted(scene, monkeypatch, entry=ENTRIES.replace("CAST(guid AS VARCHAR)", "'somebody else'"))
    assert rows(scene, "person") == [(None,), (None,)]


def test_a_further_part_of_a_record_is_a_row_of_its_own(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    two = f"SELECT *, 0 AS part FROM ({ENTRIES}) UNION ALL SELECT *, 1 FROM ({ENTRIES})"
    converted(scene, monkeypatch, entry=two)
    found = rows(scene, "record, part, row")
    assert [one[:2] for one in found] == [(1, 0), (1, 1), (2, 0), (2, 1)]
    assert len({one[2] for one in found}) == 4


def test_a_format_fills_what_its_selects_give(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    made = converted(scene, monkeypatch)
    assert made.known.fills["observation"] == {"effective", "value", "text", "consultation"}
    assert made.known.fills["patient"] == {"family", "nhs_number"}
    assert made.known.fills["recall"] == frozenset()
    assert made.known.reasons == {"nobody": "about nobody"}


def test_people_are_told_by_their_facts(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    assert [one.number for one in converted(scene, monkeypatch).people] == [1, 2]


def test_what_is_set_aside_is_booked_with_its_reason(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    converted(scene, monkeypatch)
    assert scene.duck.run(
        "test", "SELECT side, entity, file, record, kind, reason FROM ledger.set_aside"
    ) == [("source", "observation", 1, 3, "Entry", "nobody")]


def test_prepared_tables_can_be_joined(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    joined = ENTRIES.replace("text,", "w.words AS text,").replace(
        "raw.Entry", "raw.Entry CROSS JOIN raw.word AS w"
    )
    converted(scene, monkeypatch, {"word.sql": "SELECT 'prepared' AS words"}, entry=joined)
    assert rows(scene, "text") == [("prepared",), ("prepared",)]


def test_a_column_that_the_entity_does_not_have_is_a_defect(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(LookupError, match="observation has no \\['colour'\\]"):
        converted(scene, monkeypatch, entry=ENTRIES.replace("day AS effective", "day AS colour"))


def test_an_entity_without_rows_is_an_empty_table(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    converted(scene, monkeypatch)
    assert rows(scene, "*", "recall") == []
