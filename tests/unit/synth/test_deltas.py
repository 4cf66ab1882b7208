"""A bulk and its deltas, put together by the rules each supplier publishes, are the later bulk."""

from __future__ import annotations

import csv
from copy import deepcopy
from datetime import timedelta
from pathlib import Path

import pytest

from godwit.synth.deltas import changes_of, delta_lines, write_series
from godwit.synth.emis.columns import COLUMNS as EMIS
from godwit.synth.evolution import evolve, fate, states
from godwit.synth.refusal import SynthRefused
from godwit.synth.tpp.columns import COLUMNS as TPP
from godwit.synth.vision.columns import COLUMNS as VISION
from tests.support.small_practice import patient_of, practice

MADE = practice()
PATIENTS, DELTAS = 60, 3
STAMPS = [MADE.snapshot + timedelta(days=step) for step in range(DELTAS + 1)]
State = dict[tuple[str, ...], list[str]]

LAYOUTS = {"emis": EMIS, "tpp": TPP, "vision": VISION}
OWNERS = {
    "emis": ("Admin_Patient", "PatientGuid"), "tpp": ("SRPatient", "IDPatient"), "vision": ("patient", "PID"),
}  # fmt: skip
UNKEYED = ("Audit_", "Admin_PatientHistory")


@pytest.fixture(scope="module", params=["emis", "tpp", "vision"])
def series(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    folder = tmp_path_factory.mktemp(request.param)
    patients = (patient_of(MADE, number) for number in range(1, PATIENTS + 1))
    write_series(MADE, patients, request.param, folder, DELTAS)
    return request.param, folder


def tables(system: str, folder: Path) -> dict[str, list[list[str]]]:
    """The data rows of every file of a delivery, by table."""
    encoding = "cp1252" if system == "tpp" else "utf-8"
    found = {}
    for path in folder.iterdir():
        with path.open(encoding=encoding, newline="") as file:
            rows = list(csv.reader(file, strict=True))
        parts = path.stem.split("_")
        table = {
            "emis": "_".join(parts[1:3]),
            "tpp": path.stem,
            "vision": parts[2] if len(parts) > 2 else "",
        }[system]
        found[table] = rows if system == "vision" else rows[1:]
    return found


def key(system: str, table: str, row: list[str]) -> tuple[str, ...]:
    if table.startswith(UNKEYED):
        return (table, *row[:-1])
    if table == "SRFreeText":
        return (table, row[7], row[8])
    if system == "vision" and table in {"journal", "encounter", "referral"}:
        return (table, row[0], row[1])
    if table in {"Appointment_SessionUser", "Admin_OrganisationLocation"}:
        return (table, row[0], row[1])
    return (table, row[0])


def is_gone(system: str, table: str, row: list[str]) -> bool:
    named = dict(zip(LAYOUTS[system][table], row, strict=True))
    return named.get("Deleted") == "true" or named.get("RemovedData") == "1" or named.get("ACTION") == "D"


def applied(system: str, state: State, delivery: dict[str, list[list[str]]]) -> State:
    for table, rows in delivery.items():
        if table != "SRManifest":
            for row in rows:
                if is_gone(system, table, row):
                    state.pop(key(system, table, row))
                else:
                    state[key(system, table, row)] = row
    return state


def of_known_patients(system: str, state: State) -> State:
    """Without the children of patients who are gone: deletions do not cascade, so whoever reads must do it."""
    table, column = OWNERS[system]
    known = {key[1].strip("{}") for key in state if key[0] == table} | {""}
    kept = {}
    for at, row in state.items():
        columns = LAYOUTS[system][at[0]]
        if column not in columns or row[columns.index(column)].strip("{}") in known:
            kept[at] = row
    return kept


def compared(system: str, state: State) -> State:
    """Without the processing number, which is that of the delivery; free slots have no patient to go by."""
    kept = of_known_patients(system, state)
    return {
        at: row[:-1] if system == "emis" else row
        for at, row in kept.items()
        if at[0] != "Appointment_Slot" or row[4]
    }


def test_bulk_and_deltas_are_the_later_bulk(series: tuple[str, Path]) -> None:
    system, folder = series
    state = applied(system, {}, tables(system, folder / "bulk"))
    for step in range(1, DELTAS + 1):
        state = applied(system, state, tables(system, folder / f"delta-{step}"))
    later = applied(system, {}, tables(system, folder / "later"))
    assert compared(system, state) == compared(system, later)


def test_the_series_changes_adds_removes_and_gains_and_loses_people(series: tuple[str, Path]) -> None:
    system, folder = series
    before, after = (applied(system, {}, tables(system, folder / part)) for part in ("bulk", "later"))
    people = OWNERS[system][0]
    was, now = ({at for at in state if at[0] == people} for state in (before, after))
    assert was - now
    assert now - was
    assert before.keys() - after.keys()
    assert any(before[at][:-1] != after[at][:-1] for at in before.keys() & after.keys())
    told = sum(len(rows) for rows in tables(system, folder / "delta-1").values())
    assert told < sum(len(rows) for rows in tables(system, folder / "bulk").values()) / 2


def test_emis_numbers_go_on_and_code_lists_are_sent_whole(tmp_path: Path) -> None:
    write_series(MADE, [patient_of(MADE, 1)], "emis", tmp_path, 2)
    names = sorted(path.name for path in (tmp_path / "delta-2").iterdir())
    assert all(name.startswith("293_") and "_20270303010000_" in name for name in names)
    delta = tables("emis", tmp_path / "delta-2")
    assert len(delta["Coding_ClinicalCode"]) == len(MADE.codes)
    assert {row[-1] for row in delta["Coding_ClinicalCode"]} == {"293"}
    assert delta["Admin_UserInRole"] == []


def test_a_removed_patient_takes_nobody_along() -> None:
    for system, expected in (("emis", "Admin_Patient"), ("tpp", "SRPatient"), ("vision", "patient")):
        writer, changes = changes_of(system, MADE)
        rows, _ = writer.rows(patient_of(MADE, 1))
        told = delta_lines(rows, {}, changes)
        assert {table: len(lines) for table, lines in told.items()} == {expected: 1}


def test_a_row_that_systmone_removed_is_its_number_only() -> None:
    writer, changes = changes_of("tpp", MADE)
    before = patient_of(MADE, 1)
    after = deepcopy(before)
    gone = after.observations.pop()
    told = delta_lines(writer.rows(before)[0], writer.rows(after)[0], changes)
    (line,) = told["SRCode"]
    assert [cell for cell in next(csv.reader([line])) if cell] == [str(gone.id), "1"]


def test_the_manifest_of_a_delta_says_from_when_to_when(tmp_path: Path) -> None:
    write_series(MADE, [patient_of(MADE, 1)], "tpp", tmp_path, 1)
    rows = {row[0]: row[1:] for row in tables("tpp", tmp_path / "delta-1")["SRManifest"]}
    assert rows["SRCode"] == ["Y", "N", "20270301_0100", "20270302_0100"]
    assert rows["SRMapping"] == ["N", "Y", "", "20270302_0100"]


def test_nobody_is_changed_in_place_and_the_same_seed_gives_the_same_lives() -> None:
    for number in range(1, 30):
        patient = patient_of(MADE, number)
        copy = deepcopy(patient)
        assert states(patient, 7, STAMPS) == states(copy, 7, STAMPS)
        assert evolve(patient, 7, STAMPS[1]) is not None
        assert patient == copy


def test_some_join_some_leave_and_some_go() -> None:
    fates = [fate(number, 7, DELTAS) for number in range(1, 300)]
    assert all(any(getattr(one, what) for one in fates) for what in ("joins", "leaves", "goes"))
    assert fate(1, 7, 0) == fate(2, 7, 0)


def test_a_message_format_sends_no_deltas(tmp_path: Path) -> None:
    with pytest.raises(SynthRefused) as refused:
        write_series(MADE, [], "gp2gp", tmp_path, 1)
    assert refused.value.rule == "synth.no_deltas"
