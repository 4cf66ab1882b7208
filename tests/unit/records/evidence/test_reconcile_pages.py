"""What the report, the summary and the private sheets say of counts; nothing of a patient leaves the private part."""

import json
from datetime import date
from typing import Any

import pytest

from godwit.definitions.registers import Clusters
from godwit.records.compare.cause_shares import PATIENTS as FEWEST
from godwit.records.evidence.list_sheets import ListSheet
from godwit.records.evidence.pages import template
from godwit.records.evidence.reconcile_pyramid import pyramid
from godwit.records.evidence.reconcile_sheets import reconcile_sheets
from godwit.records.evidence.reconcile_summary import reconciliations, registers
from godwit.records.evidence.reconcile_tables import reconcile_section
from godwit.records.evidence.run_folder import Keeper
from godwit.records.reconcile.reconciling import Reconciled, reconcile
from tests.support.reconcile_scene import OwnFormats, Scene, opened

NAME = "Zebedee"
NUMBER = "9990000018"
LISTS = Clusters({"DM_COD": frozenset({"snomed|8"})}, frozenset({"DM_COD"}))
OFTEN = {"code": '["snomed|20"]', "effective": "2020-01-01", "value": "120", "unit": "mmHg"}


def practice() -> Scene:
    """Enough patients that a code may be named, one code that few have, one who leaves a register."""
    scene = Scene()
    for person in range(1, FEWEST + 1):
        who = {"birth_date": "1980-05-05", "sex": "female", "family": NAME, "nhs_number": NUMBER}
        scene.patient(person, who, who)
        scene.both("observation", person, **OFTEN)
    scene.both("observation", 1, code='["snomed|21"]', effective="2020-01-01", value="7", unit="furlong")
    scene.add("observation", 2, OFTEN, {**OFTEN, "value": "12000"})
    scene.add("observation", 1, {"code": '["snomed|8"]', "effective": "2020-01-01"}, None)
    local = {"code": f'["emis_local|{NAME}"]', "effective": "2020-01-01"}
    scene.add("observation", 3, local, {**local, "code": None})
    return scene


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Reconciled, list[ListSheet]]:
    with opened(practice(), tmp_path_factory.mktemp("work")) as duck:
        done = reconcile(duck, OwnFormats(), date(2027, 3, 1), LISTS)
        return done, reconcile_sheets(duck, done, Keeper("A. Manager", "2027-12-31"))


@pytest.fixture(scope="module")
def summary(made: tuple[Reconciled, list[ListSheet]]) -> dict[str, Any]:
    done, _ = made
    return {"registers": registers(done), "reconciliations": reconciliations(done)}


def test_nothing_of_a_patient_stands_in_the_open_part(summary: dict[str, Any]) -> None:
    text = json.dumps(summary)
    section = reconcile_section(summary)
    page = template("reconcile.html.jinja").render(part=section)
    for value in (NAME, NUMBER, "furlong", "snomed|21", "snomed 21", "12000", "1980-05-05"):
        assert value not in text
        assert value not in page


def test_codes_and_units_that_enough_patients_have_are_named(summary: dict[str, Any]) -> None:
    found = summary["reconciliations"]
    assert [one["code"] for one in found["codes"]] == ['["snomed|20"]']
    assert found["codes_in_all"] == 4
    assert [(one["unit"], one["same"], one["same_range"]) for one in found["values"]] == [
        ("mmHg", False, False)
    ]
    assert found["values_in_all"] == 2


def test_a_register_tells_who_leaves_and_why(summary: dict[str, Any]) -> None:
    one = next(one for one in summary["registers"] if one["register"] == "DM_REG")
    assert (one["source"], one["target"], one["leaves"], one["joins"], one["state"]) == (
        1,
        0,
        1,
        0,
        "explained",
    )
    assert [part["because"] for part in one["behind"]] == ["diagnosis missing in the target"]
    assert {"cluster": "DM_COD", "state": "starter"} in one["clusters"]


def test_the_page_says_what_to_know_before_relying_on_it(summary: dict[str, Any]) -> None:
    section = reconcile_section(summary)
    assert section is not None
    assert section.open_questions == summary["reconciliations"]["unexplained"] == 0
    assert any("starter" in note and "not the official" in note for note in section.notes)
    page = template("reconcile.html.jinja").render(part=section)
    assert "reconciliations.xlsx" in page
    assert "1 patient: diagnosis missing in the target" in page
    lines = page[page.index("<h3>Registers") :]
    assert lines.index("Differs, explained") < lines.index("Nobody counted")  # worst first


def test_what_nothing_explains_is_said_aloud(summary: dict[str, Any]) -> None:
    found = {**summary, "reconciliations": {**summary["reconciliations"], "unexplained": 2}}
    page = template("reconcile.html.jinja").render(part=reconcile_section(found))
    assert "2 differences of counts cannot be explained" in page


def test_a_run_without_counts_has_no_section() -> None:
    assert reconcile_section({"registers": []}) is None


def test_the_private_sheets_name_the_patients(made: tuple[Reconciled, list[ListSheet]]) -> None:
    _, sheets = made
    by_title = {sheet.name: sheet for sheet in sheets}
    assert len(by_title) == len(sheets)
    assert all(len(name) <= 31 for name in by_title)
    contents = by_title["Contents"]
    assert "A. Manager" in contents.note
    diabetes = next(row for row in contents.rows if row[1] == "Diabetes")
    (line,) = by_title[str(diabetes[-1])].rows
    assert line[:3] == ("only in the source", "999 000 0018", NAME)
    assert line[5] == "diagnosis missing in the target"
    assert [row[0] for row in by_title["Values"].rows] == ['["snomed|20"]']
    assert "12000" in by_title["Values"].rows[0]


def test_the_pyramid_is_in_per_cent_and_shows_one_patient() -> None:
    ages = [
        {"band": "0 to 4", "sex": "female", "source": 1000, "target": 1000},
        {"band": "0 to 4", "sex": "male", "source": 1, "target": 0},
        {"band": "5 to 14", "sex": "male", "source": 500, "target": 400},
        {"band": "5 to 14", "sex": "unknown", "source": 9, "target": 9},
    ]
    oldest, youngest = pyramid(ages)
    assert (oldest.band, youngest.band) == ("5 to 14", "0 to 4")
    assert [(bar.look, bar.line, bar.start, bar.width) for bar in oldest.bars] == [
        ("source", 0, 50.0, 25.0),
        ("target", 1, 50.0, 20.0),
    ]
    women, men = youngest.bars[:2]
    assert (women.start, women.width) == (0.0, 50.0)
    assert men.width > 0.05
    assert "men 1 in the source, 0 in the target" in youngest.figures
    assert youngest.note == "women 1,000, men 1 and 0"
    assert pyramid([]) == ()
