"""The Vision format's own files hang together and say what the model knows."""

from __future__ import annotations

from pathlib import Path

import pytest

from godwit.records.canonical import ENTITIES, EXTRAS
from tests.unit.records.formats.vision_stand_in import FORMAT, LAYOUT, Vision

OWN = {"file", "record", "part", "patient", "key", "source_id", EXTRAS, "original"}
WIDTHS = {
    "Patient": {35, 32},
    "Practice": {14},
    "Staff": {8},
    "Encounter": {14},
    "Journal": {42, 23},
    "Referral": {15},
}


def test_the_widths_are_those_of_the_notes() -> None:
    found = {name: {len(columns) for _, columns in table.versions()} for name, table in LAYOUT.tables.items()}
    assert found == WIDTHS


def test_both_orders_of_the_staff_file_are_known() -> None:
    orders = dict(LAYOUT.tables["Staff"].versions())
    assert orders["1.0.0"][1] == "HCP_TYPE"
    assert orders["test pack"][1] == "SURNAME"


@pytest.mark.parametrize("one", FORMAT["conversions"], ids=lambda one: one["sql"])
def test_a_select_gives_only_fields_of_its_entity(tmp_path: Path, one: dict[str, str]) -> None:
    vision = Vision(tmp_path)
    vision.rows(vision.text("canonical", one["sql"]))
    names = {str(name).lower() for name, *_ in vision.duck.run("names", "DESCRIBE made")}
    entity = ENTITIES[one["entity"]]
    assert names <= OWN | {*entity.field_names, *entity.role_names}


def test_reasons_have_words(tmp_path: Path) -> None:
    gone = {"ACTION": "D", "PID": "1"}
    vision = Vision(tmp_path, Patient=[gone], Journal=[gone], Encounter=[gone], Referral=[gone])
    rows = vision.set_aside()
    assert {row["reason"] for row in rows} <= set(FORMAT["reasons"])
    assert {row["kind"] for row in rows} == {"Patient", "Journal", "Encounter", "Referral"}


def test_the_practice_of_a_delivery_is_named(tmp_path: Path) -> None:
    vision = Vision(
        tmp_path,
        Patient=[{"PID": "7", "SERVICE_ID": "99"}],
        Practice=[{"ID": "1", "NAME": "The Surgery", "IDENTIFIER": "Z99999"}],
    )
    assert vision.duck.run("practices", vision.text("practices.sql")) == [("99", "Z99999", "The Surgery")]
