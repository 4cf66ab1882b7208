"""A registration list in, reports A, B and C out: every planted difference is found, and nothing else."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import typer
from typer.testing import CliRunner, Result

from godwit.cli.listing import list_command, show_list
from godwit.cli.listing import make_list as run
from godwit.records.duck import read_parquet
from godwit.records.errors import InputRefused, WrongUse
from godwit.records.evidence.run_folder import Keeper
from godwit.records.evidence.seal import MANIFEST, OUTPUTS, verify
from godwit.records.listing.column_map import load_column_map
from godwit.records.listing.entry import Entry
from godwit.records.listing.list_file import read_list
from godwit.records.listing.list_run import Order
from tests.support.made_list import OTHERS, Answers, make_list, patients
from tests.support.twins import make_twin

KEEPER = Keeper("Caldicott Guardian", "2026-12-31")
NOW = datetime(2027, 3, 2, 12, tzinfo=UTC)
EXAMPLES = Path(__file__).parents[2] / "examples" / "list"
UNTOLD_BY_TPP = {"usual_gp"}


@dataclass(frozen=True)
class Made:
    """A practice before and after its move, a list with planted differences, and the run."""

    practice: Path
    list_file: Path
    answers: Answers
    out: Path
    summary: dict[str, Any]

    def lines(self, where: str) -> list[tuple[Any, ...]]:
        """What the run says of one system: report, reason, line, patient, fields."""
        sql = "SELECT report, reason, line, patient, fields FROM this WHERE system = '{}' ORDER BY ALL"
        return read_parquet(self.out / "list.parquet", sql.format(where))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    here = tmp_path_factory.mktemp("list")
    practice = make_twin(("emis", "tpp"), here / "practice", (200, 0.05), 5).folder
    answers = make_list(practice / "source", here / "list.csv")
    order = Order(here / "list.csv", practice / "source", practice / "target",
                  list_day=date.fromisoformat(answers.list_day))  # fmt: skip
    summary = run(order, here / "run", KEEPER, quiet=True, now=lambda: NOW)
    return Made(practice, here / "list.csv", answers, here / "run", summary)


@pytest.mark.parametrize("where", ["source", "target"])
def test_every_line_of_the_list_is_where_it_must_be(made: Made, where: str) -> None:
    found = {line: (report, reason) for report, reason, line, _, _ in made.lines(where)
             if report in ("same", "form", "C", "B")}  # fmt: skip
    expected = {line: told for line, told in made.answers.lines.items() if told[0] != "closed"}
    if where == "target":
        expected = {line: _without_untold(made.answers, line, told) for line, told in expected.items()}
    assert found == expected


def _without_untold(answers: Answers, line: int, told: tuple[str, str]) -> tuple[str, str]:
    fields = answers.fields.get(line, {}).keys()
    return ("same", told[1]) if fields and fields <= UNTOLD_BY_TPP else told


@pytest.mark.parametrize("where", ["source", "target"])
def test_every_patient_who_is_not_on_the_list_is_told_with_the_reason(made: Made, where: str) -> None:
    found = {
        patient: (report, reason) for report, reason, _, patient, _ in made.lines(where) if report == "A"
    }
    assert found == made.answers.patients


@pytest.mark.parametrize("where", ["source", "target"])
def test_every_field_that_differs_is_told_and_no_other(made: Made, where: str) -> None:
    found = {
        line: json.loads(fields) for _, _, line, _, fields in made.lines(where) if fields not in (None, "{}")
    }
    expected = made.answers.fields
    if where == "target":
        expected = {line: fields for line, told in expected.items()
                    if (fields := {name: how for name, how in told.items() if name not in UNTOLD_BY_TPP})}  # fmt: skip
    assert found == expected


@pytest.mark.parametrize("where", ["source", "target"])
def test_what_is_not_clear_waits_for_a_person(made: Made, where: str) -> None:
    found = {
        (line, patient, reason)
        for report, reason, line, patient, _ in made.lines(where)
        if report == "review"
    }
    assert found == made.answers.review


def test_lines_that_are_no_patient_are_counted_with_their_rule(made: Made) -> None:
    sql = "SELECT line, reason FROM this WHERE report = 'rejected'"
    assert dict(read_parquet(made.out / "list.parquet", sql)) == made.answers.rejects
    listed = made.summary["list"]
    rest = sum(one["count"] for name in ("set_aside", "rejected") for one in listed[name])
    assert listed["lines"] == listed["patients"] + listed["closed"] + rest
    assert {one["rule"] for one in listed["odd"]} == {"list.date", "list.nhs_number"}


def test_the_bridge_leads_from_the_list_to_the_system(made: Made) -> None:
    for one in made.summary["systems"]:
        bridge = one["bridge"]
        steps = {step["step"]: step["change"] for step in bridge["steps"]}
        assert bridge["opening"] + sum(steps.values()) == bridge["closing"] == one["registered"]
        assert steps["joined"] == sum(
            told == ("A", "joined_since") for told in made.answers.patients.values()
        )
        assert steps["left"] == -sum(told[1].endswith("_since") for told in made.answers.lines.values())
        assert steps["review"] == 4 - 5


def test_the_regions_and_the_age_bands_count_everybody_once(made: Made) -> None:
    regions = {tuple(one["in"]): one["patients"] for one in made.summary["regions"]}
    assert regions["list", "source", "target"] == made.summary["systems"][0]["both"]
    assert regions["source", "target"] == len(made.answers.patients)
    assert regions["list",] == sum(told[0] == "B" for told in made.answers.lines.values())
    assert not any(regions[one] for one in (("list", "source"), ("list", "target"), ("source",), ("target",)))
    for place, size in made.summary["sizes"].items():
        assert sum(one[place] for one in made.summary["bands"]) == size


def test_the_folder_is_whole_sealed_and_holds_a_map_to_use_again(made: Made, tmp_path: Path) -> None:
    manifest = verify(made.out)
    assert manifest["kind"] == "list"
    assert {path.name for path in made.out.iterdir()} == {*OUTPUTS["list"], MANIFEST}
    assert json.loads((made.out / "summary.json").read_text(encoding="utf-8")) == made.summary
    assert all(one["edition"] for one in manifest["definitions"])
    order = Order(made.list_file, made.practice / "source", columns=made.out / "columns.yaml",
                  list_day=date.fromisoformat(made.answers.list_day))  # fmt: skip
    again = run(order, tmp_path / "again", KEEPER, quiet=True, now=lambda: NOW)
    assert not again["list"]["guessed"]
    assert again["systems"][0] == made.summary["systems"][0]


@pytest.mark.parametrize("name", ["summary.json", "report.html", "columns.yaml", MANIFEST])
def test_nobody_is_named_in_what_everybody_may_read(made: Made, name: str) -> None:
    text = (made.out / name).read_text(encoding="utf-8")
    for one in patients(made.practice / "source"):
        for told in ("NHS Number", "Postcode", "Address 1", "Date of Birth"):
            assert not one.row[told] or one.row[told] not in text
    assert not any(one in text for one in (*OTHERS, "Zeitlin", "Xylander", "Nobody Else"))


def test_the_spreadsheet_shows_the_review_side_by_side(made: Made) -> None:
    book = openpyxl.load_workbook(made.out / "list.xlsx", read_only=True)
    assert book.sheetnames[:5] == ["Review source", "A source", "B source", "C source", "Form source"]
    assert {"Three ways", "FP69", "Lines"} <= set(book.sheetnames)
    rows = list(book["Review source"].iter_rows(values_only=True))
    assert "Caldicott Guardian" in str(rows[0][0])
    assert len(rows) - 2 == len(made.answers.review)
    assert len(list(book["C source"].iter_rows())) - 2 == sum(
        how in ("different", "system_only") for told in made.answers.fields.values() for how in told.values()
    )


def test_a_person_at_a_terminal_sees_the_figures_and_no_patient(
    made: Made, capsys: pytest.CaptureFixture[str]
) -> None:
    show_list(made.summary, "run-1")
    shown = capsys.readouterr().out
    assert "run-1/list.xlsx" in shown
    assert "To be decided" in shown
    assert "Zeitlin" not in shown


def test_a_list_without_plain_headers_is_refused_and_nothing_is_left(made: Made, tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text("A,B,C\r\n1,2,3\r\n", encoding="utf-8")
    with pytest.raises(InputRefused, match=r"list\.columns_unclear"):
        run(Order(tmp_path / "list.csv", made.practice / "source"), tmp_path / "run", KEEPER, quiet=True)
    assert [one.name for one in tmp_path.iterdir()] == ["list.csv"]


def test_what_is_no_extract_is_refused(made: Made, tmp_path: Path) -> None:
    with pytest.raises(InputRefused, match=r"source: .*no bulk extract"):
        run(Order(made.list_file, made.list_file), tmp_path / "run", KEEPER, quiet=True)
    with pytest.raises(WrongUse):
        run(Order(made.list_file, made.practice / "source"), made.out, KEEPER, quiet=True)


# The command ---------------------------------------------------------------------------------------------------

CANARY = "Qzxtoken"


def command(*arguments: object) -> Result:
    """The command as a person gives it."""
    app = typer.Typer()
    app.command()(list_command)
    return CliRunner().invoke(app, [str(one) for one in arguments])


def test_the_command_makes_the_run_and_says_where_it_is(made: Made, tmp_path: Path) -> None:
    told = command(made.list_file, made.practice / "source", "--out", tmp_path / "run", "--list-date",
                   made.answers.list_day)  # fmt: skip
    assert told.exit_code == 0, told.output
    assert "told differently (C)" in told.output
    assert verify(tmp_path / "run")["kind"] == "list"


@pytest.mark.parametrize(
    ("text", "rule"),
    [(f"{CANARY},Name\r\n{CANARY},1\r\n", "list.columns_unclear"),
     (f"Surname,DOB,NHS no,Practice\r\n{CANARY},1/2/1950,,A8\r\n{CANARY},1/2/1951,,{CANARY}\r\n", "practice.several"),
     (f"Surname,DOB,NHS number\r\n{CANARY},{CANARY},{CANARY}\r\n", None),
     (f"Surname,DOB,NHS number,Sex\r\n{CANARY},1/2/1950,{CANARY},{CANARY}\r\n", None)],
)  # fmt: skip
def test_no_failure_and_no_open_file_tells_what_is_on_the_list(
    made: Made, tmp_path: Path, text: str, rule: str | None
) -> None:
    (tmp_path / "list.csv").write_text(text, encoding="utf-8")
    for extra in ((), ("--json",)):
        out = tmp_path / f"run{len(extra)}"
        told = command(tmp_path / "list.csv", made.practice / "source", "--out", out, *extra)
        assert CANARY.casefold() not in told.output.casefold()
        assert told.exit_code == (3 if rule else 0), told.output
        for path in out.glob("*") if rule is None else ():
            assert path.suffix in (".parquet", ".xlsx") or CANARY not in path.read_text(encoding="utf-8")
        assert rule is None or (rule in told.output and not out.exists())


@pytest.mark.parametrize("name", ["list.csv", "fixed.txt"])
def test_both_shapes_of_the_example_say_the_same(name: str) -> None:
    plain = read_list(EXAMPLES / "list.csv", None, None)
    mapped = read_list(EXAMPLES / name, load_column_map(EXAMPLES / f"{Path(name).stem}-columns.yaml"), None)
    assert [_said(one) for one in mapped.entries] == [_said(one) for one in plain.entries]
    assert [one.state for one in mapped.entries] == ["current", "current", "current", "closed"]
    assert not mapped.rejects


def _said(one: Entry) -> dict[str, str]:
    return {**one.facts, "nhs_number": one.nhs_number or "", "fp69": one.facts.get("fp69", "no")}
