"""`godwit portfolio` as a board uses it: dates, clashes, what-ifs, the folder, and every mistake with its place."""

import json
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import icalendar
import pytest
from openpyxl import load_workbook

from godwit.cli import portfolio as command
from godwit.plan import portfolio_solver
from tests.support.commands import Outcome, godwit, names_in
from tests.support.portfolios import BOARD, TODAY

SMALL = """\
portfolio: Two practices
reach_weeks: 2
capacities:
  supplier_slots: {SystmOne: 1}
practices:
  - practice: {practice: Oak Surgery, new_system: SystmOne}
    wanted: 2027-06-18
  - practice: {practice: Yew Surgery, new_system: SystmOne}
    wanted: 2027-06-18
"""


def board(*arguments: object) -> Outcome:
    return godwit("portfolio", arguments[0], BOARD, "--today", TODAY, *arguments[1:])


@pytest.fixture
def small(tmp_path: Path) -> Path:
    return written(tmp_path, SMALL)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("spread") / "dates"
    done = board("plan", "--out", out)
    assert done.code == 0, done.err
    assert "Everybody has a day" in done.out
    assert f"{out}/portfolio.html" in done.out
    assert "Dating every possible day: 12 practices" in done.err
    return out


def written(folder: Path, text: str, name: str = "two.yaml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def try_small(path: Path, what: str, *arguments: object) -> Outcome:
    return godwit("portfolio", what, path, "--today", TODAY, "--json", *arguments)


# The dates ----------------------------------------------------------------------------------------------------


def test_every_practice_gets_a_day_within_the_limits_and_a_reason() -> None:
    found = board("plan", "--json").answer
    assert found["outcome"] == "optimal"
    assert (found["without_a_day"], found["clashes"]) == ([], [])
    assert len(found["practices"]) == 12
    assert all(one["because"] for one in found["practices"])
    assert all(one["needed"] <= one["capacity"] for one in found["loads"])
    larch = next(one for one in found["practices"] if one["practice"] == "Larch Grove")
    assert (larch["go_live"], larch["days_apart"]) == ("2027-07-16", 0)
    assert larch["key_days"]["GL"] == "2027-07-16"


def test_the_same_portfolio_gives_the_same_answer(small: Path) -> None:
    assert try_small(small, "plan").out == try_small(small, "plan").out


def test_json_is_all_that_is_printed_with_json(small: Path) -> None:
    outcome = try_small(small, "plan")
    assert outcome.err == ""
    assert json.loads(outcome.out)["portfolio"] == "Two practices"


def test_too_little_for_everybody_is_told_with_the_smallest_clash(tmp_path: Path) -> None:
    path = written(tmp_path, SMALL.replace("reach_weeks: 2", "reach_weeks: 0"))
    found = try_small(path, "plan").answer
    assert found["outcome"] == "infeasible"
    assert [(one["needed"], one["capacity"]) for one in found["clashes"]] == [(2, 1)]
    said = godwit("portfolio", "plan", path, "--today", TODAY).out
    assert "There is not enough for everybody" in said
    assert "Clash: 2 SystmOne go-lives needed" in said
    assert try_small(path, "plan", "--fail-on-clash").code == 1


def test_a_practice_without_a_day_is_told_why(tmp_path: Path) -> None:
    shut = "blackouts: [{name: Freeze, starts: 2027-05-01, ends: 2027-08-01}]\n"
    path = written(tmp_path, SMALL + shut)
    found = try_small(path, "plan").answer
    assert found["outcome"] == "infeasible"
    assert all("Freeze" in one["because"] for one in found["without_a_day"])
    assert "No day" in godwit("portfolio", "plan", path, "--today", TODAY, "--out", tmp_path / "out").out


# The folder ---------------------------------------------------------------------------------------------------


def test_the_folder_holds_a_page_a_sheet_a_calendar_and_the_data(folder: Path) -> None:
    assert names_in(folder) == ["portfolio.html", "portfolio.ics", "portfolio.json", "portfolio.xlsx"]


def test_sheet_calendar_and_data_agree(folder: Path) -> None:
    data = json.loads((folder / "portfolio.json").read_text(encoding="utf-8"))
    dates = {one["practice"]: date.fromisoformat(one["go_live"]) for one in data["practices"]}
    book = load_workbook(BytesIO((folder / "portfolio.xlsx").read_bytes()))
    assert book.sheetnames == ["Go-live dates", "Clashes", "Loads"]
    rows: Any = book["Go-live dates"].iter_rows(min_row=3, values_only=True)
    assert {row[0]: row[1].date() for row in rows} == dates
    calendar: Any = icalendar.Calendar.from_ical((folder / "portfolio.ics").read_bytes())
    entries = {str(one["SUMMARY"]): one["DTSTART"].dt for one in calendar.walk("VEVENT")}
    assert sorted(entries.values()) == sorted(dates.values())
    assert entries["Go-live: Hazel Court (EMIS Web)"] == dates["Hazel Court"]
    assert len({str(one["UID"]) for one in calendar.walk("VEVENT")}) == 12


def test_the_page_tells_every_practice_and_reason(folder: Path) -> None:
    page = (folder / "portfolio.html").read_text(encoding="utf-8")
    data = json.loads((folder / "portfolio.json").read_text(encoding="utf-8"))
    for one in data["practices"]:
        assert one["practice"] in page
        assert one["because"] in page


def test_a_second_spread_replaces_the_first_and_nothing_else(small: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    written(out, "ours", "notes.txt")
    assert try_small(small, "plan", "--out", out).code == 0
    assert try_small(small, "plan", "--out", out).code == 0
    assert (out / "notes.txt").read_text(encoding="utf-8") == "ours"


def test_a_file_is_no_folder(small: Path) -> None:
    assert try_small(small, "plan", "--out", small).error["rule"] == "portfolio.out"


# Clashes ------------------------------------------------------------------------------------------------------


def test_clashes_are_those_of_the_days_wanted_and_need_no_solver(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(portfolio_solver, "cp_model", None)
    outcome = board("clashes", "--json")
    assert outcome.code == 0
    found = outcome.answer
    assert all(one["go_live"] == one["wanted"] for one in found["practices"])
    crowd = next(one for one in found["clashes"] if one["of"] == "SystmOne")
    assert (crowd["week"], crowd["needed"], crowd["capacity"]) == ("2027-06-14", 3, 1)
    assert board("clashes", "--fail-on-clash").code == 1


def test_a_day_wanted_that_cannot_be_is_told(tmp_path: Path) -> None:
    path = written(tmp_path, SMALL.replace("wanted: 2027-06-18", "wanted: 2027-06-19", 1))
    (one,) = try_small(path, "clashes").answer["without_a_day"]
    assert one["because"] == "Sat 19 Jun 2027 would not do: nobody works on that day"
    assert "Oak Surgery: Sat 19 Jun 2027" in godwit("portfolio", "clashes", path, "--today", TODAY).out


def test_nothing_clashes_where_nothing_does(tmp_path: Path) -> None:
    path = written(tmp_path, SMALL.replace("SystmOne: 1", "SystmOne: 2"))
    assert "Nothing clashes." in godwit("portfolio", "clashes", path, "--today", TODAY).out


# What if ------------------------------------------------------------------------------------------------------


def test_one_slot_more_lets_both_go_on_the_day_they_want(small: Path) -> None:
    found = try_small(small, "what-if", "--slots", "SystmOne=2").answer
    assert found["after"]["cost"] < found["before"]["cost"]
    assert [one["now"] for one in found["moved"]] == ["2027-06-18"]


def test_a_move_holds_the_practice_on_that_day(small: Path) -> None:
    found = try_small(small, "what-if", "--move", "Yew Surgery=2027-06-22").answer
    moved = {one["practice"]: one["now"] for one in found["moved"]}
    assert moved.get("Yew Surgery", "2027-06-22") == "2027-06-22"


def test_a_blackout_moves_those_in_it_and_says_so(small: Path) -> None:
    said = godwit("portfolio", "what-if", small, "--today", TODAY, "--blackout", "2027-06-14..2027-06-18").out
    assert "blackout" in said
    assert "Nothing is written" in said


def test_changes_can_stand_in_a_file(small: Path, tmp_path: Path) -> None:
    changes = written(tmp_path, "leaves: [Yew Surgery]\n", "changes.yaml")
    (gone, *_) = try_small(small, "what-if", "--changes", changes).answer["moved"][::-1]
    assert (gone["practice"], gone["now"]) == ("Yew Surgery", None)


@pytest.mark.parametrize(
    ("arguments", "rule", "words"),
    [
        ((), "change.missing", "--changes"),
        (("--move", "Yew Surgery"), "usage", "write it like"),
        (("--move", "Yew Surgery=2027-02-30"), "usage", "is no day"),
        (("--move", "Ash Surgery=2027-06-22"), "change.refused", "Ash Surgery"),
        (("--blackout", "2027-06-18..2027-06-14"), "usage", "ends before it starts"),
        (("--blackout", "next week"), "usage", "is no day"),
        (("--slots", "SystmOne=-1"), "usage", "--slots SystmOne=2"),
        (("--slots", "Vision=1"), "change.refused", "no practice has 'Vision'"),
    ],
)
def test_a_change_that_cannot_be_is_refused(
    small: Path, arguments: tuple[str, ...], rule: str, words: str
) -> None:
    outcome = try_small(small, "what-if", *arguments)
    assert (outcome.code, outcome.error["rule"]) == (3, rule)
    assert words in outcome.error["because"]


# Mistakes and machines ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "line", "rule"),
    [
        ("wanted: 2027-06-18", "wanted: soon", 7, "definition.shape"),
        ("new_system: SystmOne}", "new_sistem: SystmOne}", 6, "definition.shape"),
        ("reach_weeks: 2", "reach_weeks: [2", 3, "yaml.syntax"),
        ("new_system: SystmOne}", "answers: {dispencing: true}, new_system: SystmOne}", 6, "answer.unknown"),
        ("new_system: SystmOne}", "people: {cook: {name: A}}, new_system: SystmOne}", 6, "people.unknown"),
        ("new_system: SystmOne}", "settings: {no_such: 3d}, new_system: SystmOne}", 6, "setting.unknown"),
        ("new_system: SystmOne}", "tasks: {T05-04: {because: x, responsible: []}}}", 6, "task.nobody"),
        ("reach_weeks: 2", "area: {area: A, settings: {no_such: 3d}}", 2, "setting.unknown"),
        ("reach_weeks: 2", "area: {area: A, settings: {extract_notice: 9999d}}", 2, "setting.value"),
        ("reach_weeks: 2", "area: {area: A, tasks: {T99-01: {because: x}}}", 2, "task.unknown"),
        (
            "wanted: 2027-06-18",
            "wanted: 2027-06-18\n    facts: {done: {T99-01: 2026-11-02}}",
            8,
            "task.unknown",
        ),
        ("wanted: 2027-06-18", "wanted: 2027-06-18\n    facts: {done: {T02-03: 2027-03-01}}", 8, "done.day"),
        (
            "wanted: 2027-06-18",
            "wanted: 2027-06-18\n    facts: {dates: {XX: {day: 2027-05-12}}}",
            8,
            "date.unknown",
        ),
    ],
)
def test_a_mistake_has_its_file_line_and_rule(
    tmp_path: Path, old: str, new: str, line: int, rule: str
) -> None:
    outcome = try_small(written(tmp_path, SMALL.replace(old, new, 1)), "plan")
    assert (outcome.code, outcome.error["rule"]) == (3, rule)
    assert outcome.error["place"] == f"two.yaml, line {line}"


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    assert try_small(tmp_path / "none.yaml", "plan").error["rule"] == "file.missing"


def test_without_the_solver_it_says_how_to_install_it(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(portfolio_solver, "cp_model", None)
    outcome = try_small(small, "plan")
    assert (outcome.code, outcome.error["rule"]) == (6, "solver.missing")
    assert "pip install godwit[portfolio]" in outcome.error["because"]


def test_a_search_that_finds_nothing_in_time_says_so(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def spent(*_: object) -> None:
        raise portfolio_solver.EffortSpent

    monkeypatch.setattr(portfolio_solver, "spread_out", spent)
    assert (try_small(small, "plan").code, try_small(small, "plan").error["rule"]) == (6, "solver.effort")


def test_the_effort_is_the_solvers_own() -> None:
    assert command.DEFAULT_EFFORT == portfolio_solver.DEFAULT_EFFORT
