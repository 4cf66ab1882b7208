"""What a delivery is checked for, each fault planted once."""

from pathlib import Path
from typing import Any

import pytest

from godwit.records.bulk.checking import Found, check_delivery
from godwit.records.bulk.staging import StagedSide
from tests.support.bulk_scene import Scene, lines

INT, TEXT, FLAG, MOMENT = {"type": "int"}, {"type": "text"}, {"type": "flag"}, {"type": "moment"}
TABLES: dict[str, Any] = {
    "SRPatient": {
        "title": "Patients", "key": ["RowIdentifier"], "practice": "Practice", "patient": "RowIdentifier",
        "layouts": {"1": ["RowIdentifier", "Practice", "Name"]}, "optional": ["Name"],
        "columns": {"RowIdentifier": INT, "Practice": TEXT, "Name": TEXT},
    },
    "SRCode": {
        "title": "Entries", "key": ["RowIdentifier"], "practice": "Practice", "patient": "IDPatient",
        "layouts": {"1": ["RowIdentifier", "Practice", "IDPatient", "IDEvent", "IDStaff"]},
        "columns": {"RowIdentifier": INT, "Practice": TEXT, "IDPatient": INT, "IDEvent": INT, "IDStaff": TEXT},
        "references": [
            {"column": "IDPatient", "to": "SRPatient", "at": "RowIdentifier", "orphans": "a patient who left"},
            {"column": "IDEvent", "to": "SREvent", "at": "RowIdentifier"},
            {"column": "IDStaff", "to": "SRPatient", "at": "RowIdentifier"},
        ],
    },
    "SREvent": {
        "title": "Events", "key": ["RowIdentifier"],
        "layouts": {"1": ["RowIdentifier"]}, "columns": {"RowIdentifier": INT},
    },
    "SRManifest": {
        "title": "Manifest", "layouts": {"1": ["FileName", "IsDelta", "DateExtractTo"]},
        "columns": {"FileName": TEXT, "IsDelta": FLAG, "DateExtractTo": TEXT},
    },
}  # fmt: skip
PATIENTS = lines("RowIdentifier,Practice,Name", "1,A,x", "2,A,y")
CODES = lines("RowIdentifier,Practice,IDPatient,IDEvent,IDStaff", "1,A,1,,1", "2,A,2,-1,-1")


@pytest.fixture
def scene(tmp_path: Path) -> Scene:
    return Scene(tmp_path, TABLES, dates="tpp")


def found(scene: Scene, files: dict[str, str], list_size: int | None = None) -> set[Found]:
    staged: StagedSide = scene.stage(files)
    checked = set(check_delivery(scene.duck, staged, list_size))
    rows = scene.duck.run("rows", "SELECT rule, kind, about, count FROM checks.found")
    assert set(rows) == {(one.rule, one.kind, one.about, one.count) for one in checked}
    return checked


def listed(scene: Scene) -> list[tuple[Any, ...]]:
    return scene.duck.run("rows", "SELECT rule, kind, file, record FROM checks.row ORDER BY ALL")


def test_a_sound_delivery_has_nothing(scene: Scene) -> None:
    assert found(scene, {"1_SRPatient.csv": PATIENTS, "1_SREvent.csv": lines("RowIdentifier", "7"),
                         "1_SRCode.csv": CODES}, 2) == set()  # fmt: skip


def test_keys_that_are_empty_or_twice(scene: Scene) -> None:
    people = PATIENTS + lines("1,A,again", "1,B,elsewhere", ",A,nobody", "x,A,unreadable")
    assert found(scene, {"1_SRPatient.csv": people}) == {
        Found("key.empty", "SRPatient", "RowIdentifier", 2),
        Found("key.duplicate", "SRPatient", "RowIdentifier", 1),
    }
    assert listed(scene) == [
        ("key.duplicate", "SRPatient", 1, 3),
        ("key.empty", "SRPatient", 1, 5),
        ("key.empty", "SRPatient", 1, 6),
    ]


def test_links_that_lead_nowhere(scene: Scene) -> None:
    codes = CODES + lines("3,A,99,7,abc", "4,A,98,8,2")
    assert found(scene, {"1_SRPatient.csv": PATIENTS, "1_SRCode.csv": codes}) == {
        Found("link.dangling", "SRCode", "IDPatient to SRPatient", 2, "a patient who left"),
        Found("link.dangling", "SRCode", "IDStaff to SRPatient", 1),
        Found("link.table_absent", "SRCode", "IDEvent to SREvent", 2),
    }
    assert ("link.dangling", "SRCode", 1, 3) in listed(scene)


def test_files_of_one_batch_that_do_not_belong_together(scene: Scene) -> None:
    files = {
        "5_SRPatient_20270301010000.csv": PATIENTS,
        "5_SREvent_20270301020000.csv": lines("RowIdentifier", "1"),
    }
    assert found(scene, files) == {Found("batch.skew", "", "SREvent, SRPatient", 2)}
    files = {
        "5_SRPatient_20270301010000.csv": PATIENTS,
        "6_SREvent_20270302010000.csv": lines("RowIdentifier", "1"),
    }
    assert found(scene, files) == set()


def test_free_text_that_is_missing_throughout(scene: Scene) -> None:
    bare = lines("RowIdentifier,Practice", "1,A")
    assert found(scene, {"1_SRPatient.csv": bare}) == {Found("text.absent", "SRPatient", "Name", 1)}


def test_a_table_of_free_text_that_is_missing(tmp_path: Path) -> None:
    scene = Scene(tmp_path, TABLES, dates="tpp")
    scene.use(scene.layout.model_copy(update={"free_text": ("SREvent", "SRPatient.Name")}))
    assert found(scene, {"1_SRPatient.csv": PATIENTS}) == {Found("text.absent", "SREvent", "", 0)}


def test_a_list_far_too_small(scene: Scene) -> None:
    assert found(scene, {"1_SRPatient.csv": PATIENTS}, 13_000) == {
        Found("list.far_too_small", "SRPatient", "13000 expected", 2)
    }
    assert found(scene, {"1_SRPatient.csv": PATIENTS}, 200) == set()


MANIFEST = "FileName,IsDelta,DateExtractTo"


def test_a_manifest_against_its_files(scene: Scene) -> None:
    empty = lines("RowIdentifier,Practice,Name")
    told = lines(MANIFEST, "SRPatient,N,20270301_0100", "SRCode.csv,N,20270301_0200", "SRAppointmentAttendees,N,",
                 "SRManifest,N,20270301_0100")  # fmt: skip
    files = {"1_SRPatient.csv": empty, "1_SREvent.csv": lines("RowIdentifier", "1"), "1_SRManifest.csv": told}
    assert found(scene, files) == {
        Found("manifest.file_missing", "SRCode", "", 1),
        Found("manifest.file_missing", "another table", "", 1),
        Found("manifest.file_unnamed", "SREvent", "", 1),
        Found("manifest.dates_differ", "SRManifest", "", 2),
        Found("manifest.whole_without_patients", "SRPatient", "", 1),
    }


def test_each_manifest_speaks_for_its_own_folder(scene: Scene) -> None:
    event = lines("RowIdentifier", "1")
    one = lines(MANIFEST, "SRPatient,N,20270301_0100")
    two = lines(MANIFEST, "SREvent,Y,20270302_0100")
    files = {"20270301_0100/1_SRManifest.csv": one, "20270301_0100/1_SRPatient.csv": PATIENTS,
             "20270302_0100/1_SRManifest.csv": two, "20270302_0100/1_SREvent.csv": event}  # fmt: skip
    assert found(scene, files) == set()
    assert scene.side.taken_at == "2027-03-02T01:00:00"
