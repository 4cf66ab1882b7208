"""One extract in, a sealed and ranked clean-up list out."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from typer.testing import CliRunner

from godwit.cli.extract import extract_app
from godwit.cli.profiling import make_profile, show_profile
from godwit.records.duck import read_parquet
from godwit.records.errors import InputRefused, WrongUse
from godwit.records.evidence.run_folder import Keeper
from godwit.records.evidence.seal import MANIFEST, OUTPUTS, verify
from godwit.records.profile.profile_run import Delivery
from tests.support.small_extracts import ORG, Cells, guid, observation, patient, write

KEEPER = Keeper("Caldicott Guardian", "2026-12-31")
NOW = datetime(2026, 2, 1, 12, tzinfo=UTC)
CANARY = "Qzxtoken"  # a value that must not leave the private part
LOCAL = {"CodeId": "1", "Term": f"{CANARY} clinic code", "ReadTermId": "EMISNQAB1"}
NATIONAL = {
    "CodeId": "2",
    "Term": "Diabetes mellitus",
    "ReadTermId": "C10..",
    "SnomedCTConceptId": "73211009",
}


def extract(folder: Path) -> Path:
    """Three patients, one without an NHS number; entries with a local code; a row and a cell that cannot be read."""
    facts = {"DateOfBirth": "1950-02-03", "DateOfRegistration": "2001-04-05", "Sex": "F", "Postcode": "ZZ1 1ZZ",
             "PatientTypeDescription": "Regular"}  # fmt: skip
    one: Cells = patient(
        1, NhsNumber="9434765919", GivenName=CANARY, EmailAddress=f"{CANARY}-at-home", **facts
    )
    two: Cells = patient(2, GivenName=CANARY, **{**facts, "DateOfBirth": f"{CANARY}"})
    gone: Cells = patient(3, NhsNumber="9434765870", DateOfDeactivation="2024-05-06", **facts)
    entries = [
        observation(11, 1, CodeId="1", AssociatedText=CANARY),
        observation(12, 1, CodeId="1"),
        observation(13, 1, CodeId="2"),
        observation(14, 3, CodeId="1", EffectiveDate="2027-01-01"),
        observation(15, 9, CodeId="2"),
    ]
    tables: dict[str, Sequence[Cells]] = {
        "Admin_Patient": [one, two, gone],
        "Admin_Organisation": [
            {"OrganisationGuid": ORG, "ODSCode": "A81001", "OrganisationName": "Mill Lane"}
        ],
        "CareRecord_Observation": entries,
        "Coding_ClinicalCode": [LOCAL, NATIONAL],
    }
    write(folder, 1, tables)
    diary = write(folder, 1, {"CareRecord_Diary": [{"DiaryGuid": guid(21), "PatientGuid": guid(1)}]})
    with next(diary.glob("*_CareRecord_Diary_*")).open("a", encoding="utf-8") as file:
        file.write(f'"{CANARY}","too few cells"\r\n')
    return folder


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    """The sealed run over that extract, and its summary."""
    here = tmp_path_factory.mktemp("profile")
    out = here / "run"
    summary = make_profile(Delivery(extract(here / "delivery")), out, KEEPER, quiet=True, now=lambda: NOW)
    return out, summary


def by_check(summary: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {one["check"]: one for one in summary["checks"]}


def test_what_was_planted_is_found_and_counted(run: tuple[Path, dict[str, Any]]) -> None:
    found = by_check(run[1])
    local = found["local_codes"]
    assert (local["records"], local["patients"], local["registered"]) == (3, 2, 1)
    assert local["score"] == 20
    assert local["role_name"] == "Data quality team"
    assert [one["task"] for one in local["tasks"]] == ["T05-08"]
    counts = {name: (one["records"], one["patients"]) for name, one in found.items()}
    assert counts["nhs_number_absent"] == (1, 1)
    assert counts["birth_date_impossible"] == (1, 1)
    assert counts["email_malformed"] == (1, 1)
    assert counts["dates_in_future"] == (1, 1)
    assert counts["records_without_patient"] == (1, 0)
    assert counts["cells_unreadable"] == (1, 1)
    assert counts["records_unreadable"] == (1, 0)
    assert counts["left_patients"] == (1, 1)


def test_the_list_is_ranked_by_harm_and_patients_and_what_is_no_fault_comes_last(
    run: tuple[Path, dict[str, Any]],
) -> None:
    checks = run[1]["checks"]
    assert [one["rank"] for one in checks] == list(range(1, len(checks) + 1))
    faults = [one["score"] for one in checks if not one["expected"]]
    assert faults == sorted(faults, reverse=True)
    assert [one["expected"] for one in checks] == sorted(one["expected"] for one in checks)


def test_every_check_is_told_once(run: tuple[Path, dict[str, Any]]) -> None:
    told = [one["check"] for part in ("checks", "clean", "untellable") for one in run[1][part]]
    assert len(told) == len(set(told)) >= 45


def test_the_folder_is_whole_and_sealed(run: tuple[Path, dict[str, Any]]) -> None:
    out, summary = run
    manifest = verify(out)
    assert manifest["kind"] == "profile"
    assert {path.name for path in out.iterdir()} == {*OUTPUTS["profile"], MANIFEST}
    assert json.loads((out / "summary.json").read_text(encoding="utf-8")) == summary
    names = [one["name"] for one in manifest["definitions"]]
    assert {"profile/checks.yaml", "profile/local_codes.sql", "emis/format.yaml"} <= set(names)
    assert all(one["edition"] for one in manifest["definitions"])


@pytest.mark.parametrize("name", ["summary.json", "report.html", MANIFEST])
def test_no_value_of_a_record_is_in_what_everybody_may_read(
    run: tuple[Path, dict[str, Any]], name: str
) -> None:
    text = (run[0] / name).read_text(encoding="utf-8")
    assert CANARY.casefold() not in text.casefold()
    assert "9434765919" not in text


def cells(path: Path, sheet: str | None = None) -> list[tuple[Any, ...]]:
    book = openpyxl.load_workbook(BytesIO(path.read_bytes()), read_only=True)
    sheets = [book[sheet]] if sheet else book.worksheets
    return [row for one in sheets for row in one.iter_rows(values_only=True)]


def test_the_clean_up_list_has_a_sheet_for_every_role_and_no_value(run: tuple[Path, dict[str, Any]]) -> None:
    path = run[0] / "cleanup.xlsx"
    assert CANARY not in str(cells(path))
    titles = openpyxl.load_workbook(path, read_only=True).sheetnames
    assert titles[0] == "Everything"
    assert set(titles[1:]) == {one["role_name"] for one in run[1]["checks"]}
    assert [row[0] for row in cells(path, "Everything")[2:]] == [one["rank"] for one in run[1]["checks"]]


def test_the_private_list_says_which_patients_and_which_codes(run: tuple[Path, dict[str, Any]]) -> None:
    path = run[0] / "patients.xlsx"
    assert "Caldicott Guardian" in str(cells(path, "Contents")[0][0])
    codes = cells(path, "Local codes")[2:]
    assert [(row[1], row[2], row[3]) for row in codes] == [(f"{CANARY} clinic code", 3, 2)]
    rank = by_check(run[1])["email_malformed"]["rank"]
    titles = openpyxl.load_workbook(path, read_only=True).sheetnames
    (title,) = [one for one in titles if one.startswith(f"{rank:02} ")]
    assert cells(path, title)[2][:3] == ("9434765919", "Zz1", CANARY)
    rank = by_check(run[1])["local_codes"]["rank"]
    (title,) = [one for one in titles if one.startswith(f"{rank:02} ")]
    lines = [(row[4], row[5], row[6]) for row in cells(path, title)[2:]]
    assert lines == [("registered", 2, f"{CANARY} clinic code"), ("left", 1, f"{CANARY} clinic code")]


def test_every_record_found_is_in_the_parquet_file(run: tuple[Path, dict[str, Any]]) -> None:
    rows = read_parquet(
        run[0] / "records.parquet",
        """SELECT "check", count(*) FROM this WHERE "check" IN ('local_codes', 'records_without_patient')
        GROUP BY ALL ORDER BY ALL""",
    )
    assert rows == [("local_codes", 3), ("records_without_patient", 1)]


def test_a_person_at_a_terminal_sees_what_comes_first(
    run: tuple[Path, dict[str, Any]], capsys: pytest.CaptureFixture[str]
) -> None:
    show_profile(run[1], "run-1")
    shown = capsys.readouterr().out
    assert "things to put right" in shown
    assert "run-1/cleanup.xlsx" in shown
    assert CANARY not in shown


def test_a_delivery_that_is_no_extract_is_refused_and_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text("nothing", encoding="utf-8")
    with pytest.raises(InputRefused, match="no bulk extract"):
        make_profile(Delivery(tmp_path / "note.txt"), tmp_path / "run", KEEPER, quiet=True, now=lambda: NOW)
    assert {one.name for one in tmp_path.iterdir()} == {"note.txt"}


def test_a_folder_that_holds_something_is_left_alone(tmp_path: Path) -> None:
    out = tmp_path / "run"
    out.mkdir()
    (out / "mine.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(WrongUse):
        make_profile(Delivery(extract(tmp_path / "delivery")), out, KEEPER, quiet=True, now=lambda: NOW)
    assert (out / "mine.txt").read_text(encoding="utf-8") == "mine"


def test_an_inspection_says_what_is_in_an_extract_and_what_is_wrong(tmp_path: Path) -> None:
    folder = extract(tmp_path / "delivery")
    (folder / "read me.txt").write_text("hello", encoding="utf-8")
    result = CliRunner().invoke(extract_app, ["inspect", str(folder), "--json"])
    assert result.exit_code == 0, result.output
    facts = json.loads(result.stdout)
    assert (facts["kind"], facts["system"], facts["patients"]) == ("inspection", "emis", 3)
    assert facts["practices"] == [{"ods": "A81001", "name": "Mill Lane"}]
    assert facts["snapshot"] == {"earliest": "2026-01-01T01:00:00", "latest": "2026-01-01T01:00:00"}
    assert facts["accounted"]
    tables = {one["table"]: one for one in facts["tables"]}
    assert tables["Admin_Patient"]["odd"] == {"DateOfBirth": 1}
    assert (tables["CareRecord_Diary"]["records"], tables["CareRecord_Diary"]["rejected"]) == (2, 1)
    assert [one["rule"] for one in facts["wrong"]] == ["moment.unreadable", "record.width"]
    assert len(facts["unknown_files"]) == 1
    assert CANARY not in result.output


def test_the_command_makes_the_run_and_says_where_it_is(tmp_path: Path) -> None:
    out = tmp_path / "run"
    result = CliRunner().invoke(
        extract_app, ["profile", str(extract(tmp_path / "delivery")), "--out", str(out)]
    )
    assert result.exit_code == 0, result.output
    assert "things to put right" in result.output
    assert verify(out)["kind"] == "profile"


def test_an_inspection_for_people_names_tables_in_words(tmp_path: Path) -> None:
    result = CliRunner().invoke(extract_app, ["inspect", str(extract(tmp_path / "delivery"))])
    assert result.exit_code == 0
    assert "Practice: A81001 Mill Lane" in result.output
    assert "Coded entries" in result.output
    assert CANARY not in result.output
