"""The plan's commands as people and programs use them: what they make, say, keep, take back and leave alone."""

from __future__ import annotations

import errno
import json
import os
import re
import shutil
import stat
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import icalendar
import pytest
import yaml

from godwit.cli import plan_files
from godwit.cli.progress import Bars
from godwit.definitions.guide.guide import read_guide
from tests.support.commands import Outcome, godwit, godwit_program, json_of, names_in
from tests.support.plan_commands import (
    GO_LIVE,
    ONE_LINE,
    PRACTICES,
    TODAY,
    bytes_of,
    made,
    plan,
    without_letters,
)

MADE = {"plan.json", "plan.xlsx", "plan.ics", "plan.html", "documents", "wall"}
OWN = {"practice.yaml", "facts.yaml", "record.json"}
UNDER_WAY = "2027-05-10"


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example practice with everything that is made of it."""
    folder = tmp_path_factory.mktemp("whole") / "plan"
    outcome = plan("make", "--go-live", GO_LIVE, "--practice", PRACTICES / "tern_lane.yaml", "--out", folder)
    assert outcome.code == 0, outcome.err
    assert "Open next:" in outcome.out
    return folder


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    without_letters(monkeypatch)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    without_letters(monkeypatch)
    assert made(tmp_path).code == 0
    return tmp_path / "plan"


def the_plan(folder: Path) -> dict[str, Any]:
    """plan.json without what counts its makings, and what a move notes so that no other date follows it."""
    found = json_of(folder / "plan.json")
    for name in ("revision", "fingerprint"):
        found.pop(name)
    for name in ("revision", "moves", "undone", "pace", "order_on"):
        found["inputs"]["record"].pop(name)
    return found


def entries(folder: Path) -> dict[str, Any]:
    calendar = icalendar.Calendar.from_ical((folder / "plan.ics").read_bytes())
    found = list(calendar.walk("VEVENT"))
    by_uid = {str(one["uid"]): one for one in found}
    assert len(by_uid) == len(found)
    return by_uid


# What is made -------------------------------------------------------------------------------------------------


def test_a_plan_folder_holds_what_was_promised(whole: Path) -> None:
    assert set(names_in(whole)) == MADE | OWN
    assert names_in(whole.parent) == ["plan"]
    assert len(names_in(whole / "documents")) > 50
    assert "practice-manager.html" in names_in(whole / "wall")
    assert all(content for content in bytes_of(whole).values())


def test_colleagues_can_read_the_folder_as_any_other(whole: Path) -> None:
    mask = os.umask(0)
    os.umask(mask)
    assert stat.S_IMODE(whole.stat().st_mode) == 0o777 & ~mask


def test_plan_json_is_as_the_contract_says(whole: Path) -> None:
    found = json_of(whole / "plan.json")
    assert {
        "practice", "go_live", "today", "edition", "settings", "milestones", "tasks", "windows", "rules", "gates",
        "slas", "feasible", "earliest_go_live",
    } <= set(found)  # fmt: skip
    wanted = {
        "settings": {"name", "value", "rivals", "source"},
        "milestones": {"id", "name", "date", "earliest", "latest", "status", "because"},
        "windows": {"name", "from", "to", "kind"},
        "rules": {"id", "result", "because"},
        "gates": {"id", "name", "open", "missing"},
        "slas": {"id", "starts", "due", "state", "because"},
        "tasks": {
            "id", "phase", "name", "applies", "condition", "responsible", "consulted", "start", "due", "depends_on",
            "critical", "slack_days", "evidence", "because", "source", "setting",
        },
    }  # fmt: skip
    for name, keys in wanted.items():
        assert found[name], name
        assert [one for one in found[name] if not keys <= set(one)] == [], name
    assert {one["result"] for one in found["rules"]} <= {"pass", "fail", "cannot_tell"}
    assert isinstance(found["feasible"], bool)
    assert (found["practice"], found["go_live"], found["today"]) == ("Tern Lane Surgery", GO_LIVE, TODAY)


def test_the_ids_of_plan_json_are_those_of_the_catalogue(whole: Path) -> None:
    found, guide = json_of(whole / "plan.json"), read_guide()
    patterns = {
        "tasks": r"T\d\d-\d\d",
        "milestones": r"MS-\d\d",
        "rules": r"R-\d\d",
        "gates": r"G\d",
        "slas": r"SLA-\d\d",
    }
    for name, pattern in patterns.items():
        ids = [one["id"] for one in found[name]]
        assert len(set(ids)) == len(ids) or name == "slas"  # a service level may be measured for each extract
        assert [one for one in ids if re.fullmatch(pattern, one) is None] == []
    tasks = {one.id for one in guide.tasks}
    assert {one["id"] for one in found["tasks"]} == tasks
    assert {one["id"] for one in found["rules"]} == {one.id for one in guide.rules}
    assert {after for one in found["tasks"] for after in one["depends_on"]} <= tasks
    roles = {one.slug for one in guide.roles.roles}
    assert {who for one in found["tasks"] for who in (*one["responsible"], *one["consulted"])} <= roles
    assert {one for task in found["tasks"] for one in task["evidence"]} <= {one.id for one in guide.artefacts}
    assert {one["phase"] for one in found["tasks"]} == {one.id for one in guide.phases}


def test_every_day_of_plan_json_is_an_iso_day(whole: Path) -> None:
    keys = {
        "date",
        "earliest",
        "latest",
        "start",
        "due",
        "from",
        "to",
        "starts",
        "go_live",
        "today",
        "deadline",
    }
    days: list[str] = []

    def walk(value: Any) -> None:
        if isinstance(value, dict):
            days.extend(one for key, one in value.items() if key in keys and isinstance(one, str))
            for one in value.values():
                walk(one)
        elif isinstance(value, list):
            for one in value:
                walk(one)

    walk(
        {
            name: one
            for name, one in json_of(whole / "plan.json").items()
            if name not in ("settings", "inputs")
        }
    )
    assert len(days) > 1000
    assert [one for one in days if date.fromisoformat(one).isoformat() != one] == []


def test_a_task_that_does_not_apply_is_listed_and_says_why(whole: Path) -> None:
    left_out = [one for one in json_of(whole / "plan.json")["tasks"] if not one["applies"]]
    assert left_out
    assert all(one["start"] is None and "does not apply" in one["because"] for one in left_out)


def test_what_is_printed_is_what_is_kept(folder: Path) -> None:
    printed = plan("update", folder, "--json").answer
    kept = json_of(folder / "plan.json")
    assert printed == {name: kept[name] for name in printed}
    assert plan("show", folder, "--json").answer == printed


@pytest.mark.usefixtures("quick")
def test_the_same_inputs_give_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        assert made(tmp_path / name).code == 0
    assert bytes_of(tmp_path / "one" / "plan") == bytes_of(tmp_path / "two" / "plan")


@pytest.mark.usefixtures("quick")
def test_the_starter_files_plan_as_they_stand_and_with_every_line_in_use(tmp_path: Path) -> None:
    assert made(tmp_path, practice=None).code == 0
    text = (tmp_path / "plan" / "practice.yaml").read_text(encoding="utf-8")
    assert made_again_with_all_lines(tmp_path / "plan", text).code == 0


def made_again_with_all_lines(folder: Path, text: str) -> Outcome:
    head, body = text.split("practice: Our practice\n")
    lines = (re.sub(r"^# ?(?=[a-z_]+:|  )", "", line) for line in body.splitlines())
    used = "\n".join(("practice: Our practice", *lines))
    assert "\npeople:" in used
    assert "\n  docman:" in used
    (folder / "practice.yaml").write_text(head + used, encoding="utf-8")
    return plan("update", folder)


# The examples -------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("quick")
def test_one_line_is_enough(tmp_path: Path) -> None:
    assert len((PRACTICES / "small_practice.yaml").read_text(encoding="utf-8").splitlines()) == 1
    words = (
        "--go-live",
        GO_LIVE,
        "--practice",
        PRACTICES / "small_practice.yaml",
        "--out",
        tmp_path / "plan",
    )
    assert plan("make", *words).code == 0


@pytest.mark.usefixtures("quick")
def test_the_example_under_way_and_its_area(tmp_path: Path) -> None:
    words = (
        "--go-live", GO_LIVE, "--practice", PRACTICES / "tern_lane.yaml",
        "--facts", PRACTICES / "tern_lane_facts.yaml", "--area", PRACTICES / "midshire_area.yaml",
    )  # fmt: skip
    assert plan("make", *words, "--out", tmp_path / "plan", today=UNDER_WAY).code == 0
    found = json_of(tmp_path / "plan" / "plan.json")
    tasks = {one["id"]: one for one in found["tasks"]}
    done = yaml.safe_load((PRACTICES / "tern_lane_facts.yaml").read_text(encoding="utf-8"))["done"]
    assert {name: tasks[name]["due"] for name in done} == {
        name: day.isoformat() for name, day in done.items()
    }
    assert tasks["T11-07"]["status"] == tasks["T13-05"]["status"] == "confirmed"
    assert tasks["T01-12"]["responsible"] == tasks["T01-11"]["responsible"] == ["commissioner"]
    settings = {one["name"]: (one["value"], one["chosen_by"]) for one in found["settings"]}
    assert settings["extract_notice"] == ("20wd", "the area")
    assert settings["legacy_access"] == ("90d", "the practice")
    assert [one for one in found["clashes"] if "T08-05" in one] == found["clashes"] != []
    assert {one["id"] for one in found["rules"] if one["result"] == "fail"} >= {"R-10", "R-31"}


# What is said -------------------------------------------------------------------------------------------------

READ = [
    ["check"], ["show"], ["show", "FDP"], ["show", "ms-13"], ["show", "T05-04"], ["show", "--role", "Lead GP"],
    ["show", "--phase", "p05"], ["move", "GL", "2027-06-25"], ["days", "--top", "3"], ["risk", "--runs", "50"],
    ["paces"],
]  # fmt: skip


@pytest.mark.parametrize("words", READ, ids=" ".join)
def test_reading_a_plan_changes_no_byte_and_fits_the_terminal(
    whole: Path, monkeypatch: pytest.MonkeyPatch, words: list[str]
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    before = bytes_of(whole)
    people = plan(words[0], whole, *words[1:])
    assert people.code == 0, people.err
    lines = [line for line in people.out.splitlines() if not line.startswith("Tern Lane Surgery: go-live")]
    assert [line for line in lines if len(line.rstrip()) > 80] == []  # the headline alone is never broken
    assert re.search(r"\banchor|\bslug|\bpin(ned)?\b|\bNone\b|\[bold|\[/", people.out) is None
    programs = plan(words[0], whole, *words[1:], "--json")
    assert (programs.code, programs.err) == (0, "")
    assert programs.answer
    assert bytes_of(whole) == before


def test_history_and_the_guides_check_answer_both_ways(whole: Path) -> None:
    assert godwit("plan", "history", whole).out == "Nothing has been moved.\n"
    assert godwit("plan", "history", whole, "--json").answer == {"moves": [], "undone": []}
    assert godwit("plan", "check-guide").code == 0
    assert godwit("plan", "check-guide", "--json").code == 0


def test_a_date_is_shown_with_its_because_and_source(whole: Path) -> None:
    shown = plan("show", whole, "T02-16").out
    task = plan("show", whole, "T02-16", "--json").answer
    assert task["id"] == "T02-16"
    assert " ".join(task["because"].split()) in " ".join(shown.split())
    assert all(source in shown for source in task["source"])


def test_the_file_alone_is_checked_like_its_folder(whole: Path, tmp_path: Path) -> None:
    shutil.copy(whole / "plan.json", tmp_path / "alone.json")
    one, other = plan("check", tmp_path / "alone.json", "--json"), plan("check", whole, "--json")
    assert one.answer == other.answer
    assert one.answer["counts"]["fail"] == sum(rule["result"] == "fail" for rule in one.answer["rules"])


@pytest.mark.parametrize(("fail_on", "code"), [("never", 0), ("block", 1), ("warn", 1)])
@pytest.mark.usefixtures("quick")
def test_broken_rules_fail_only_if_asked(tmp_path: Path, fail_on: str, code: int) -> None:
    facts = "answers:\n  data_rich_clinics: 3\n  kickoff_people: [{role: lead_gp, present: false}]\n"
    assert made(tmp_path, facts=facts).code == 0
    outcome = plan("check", tmp_path / "plan", "--fail-on", fail_on, "--json", today="2027-05-10")
    broken = {rule["severity"] for rule in outcome.answer["rules"] if rule["result"] == "fail"}
    assert {"B", "W"} <= broken
    assert outcome.code == code


# Moves --------------------------------------------------------------------------------------------------------


def test_a_move_that_is_only_looked_at_says_what_a_written_one_does(folder: Path) -> None:
    before = bytes_of(folder)
    looked = plan("move", folder, "GL", "2027-06-25", "--json").answer
    assert bytes_of(folder) == before
    written = plan(
        "move", folder, "GL", "2027-06-25", "--write", "--reason", "the trainer is ill", "--json"
    ).answer
    assert {**looked, "written": True} == written
    assert any(one["id"] == "MS-23" and one["days"] == 7 for one in written["milestones"])
    assert json_of(folder / "plan.json")["go_live"] == "2027-06-25"


def test_a_move_and_its_undo_restore_the_plan(folder: Path) -> None:
    before, plan_before = bytes_of(folder), the_plan(folder)
    for name, day in (("GL", "2027-06-25"), ("IDP", "2027-05-14"), ("MS-16", "2027-06-04")):
        assert plan("move", folder, name, day, "--write", "--reason", f"why {name}").code == 0
    found = godwit("plan", "history", folder, "--json").answer
    assert [(one["name"], one["moved_to"], one["reason"]) for one in found["moves"]] == [
        ("GL", "2027-06-25", "why GL"), ("IDP", "2027-05-14", "why IDP"), ("MS-16", "2027-06-04", "why MS-16"),
    ]  # fmt: skip
    assert "why IDP" in godwit("plan", "history", folder).out
    for _ in range(3):
        assert plan("undo", folder).code == 0
    assert the_plan(folder) == plan_before
    found = godwit("plan", "history", folder, "--json").answer
    assert (found["moves"], len(found["undone"])) == ([], 3)
    after = bytes_of(folder)
    for name in ("practice.yaml", "facts.yaml", "plan.xlsx"):
        assert after[name] == before[name], name


def test_a_date_moved_back_is_free_again(folder: Path) -> None:
    plan_before = the_plan(folder)
    day = next(one["date"] for one in plan_before["milestones"] if one["id"] == "MS-13")
    assert plan("move", folder, "IDP", "2027-05-14", "--write", "--reason", "late").code == 0
    assert json_of(folder / "record.json")["dates"]
    assert plan("move", folder, "IDP", day, "--write", "--reason", "in time after all").code == 0
    assert json_of(folder / "record.json")["dates"] == {}
    assert the_plan(folder) == plan_before


@pytest.mark.usefixtures("quick")
def test_a_move_stands_above_the_facts_file(tmp_path: Path) -> None:
    facts = "dates:\n  MS-13: {day: 2027-05-06, status: confirmed, because: the schedule}\n"
    assert made(tmp_path, facts=facts).code == 0
    folder = tmp_path / "plan"
    effect = plan("move", folder, "IDP", "2027-05-12", "--write", "--reason", "late", "--json").answer
    assert [one["task"] for one in effect["confirm_again"]] == ["T06-01"]
    dates = {one["id"]: one["date"] for one in json_of(folder / "plan.json")["milestones"]}
    assert dates["MS-13"] == "2027-05-12"
    assert (folder / "facts.yaml").read_text(encoding="utf-8") == facts


def test_a_confirmed_go_live_says_so(folder: Path) -> None:
    words = ("GL", "2027-06-25", "--confirmed", "--write", "--reason", "the supplier wrote")
    assert plan("move", folder, *words).code == 0
    status = {one["id"]: one["status"] for one in json_of(folder / "plan.json")["milestones"]}
    assert status["MS-23"] == "confirmed"


# What is done, what was edited --------------------------------------------------------------------------------


def test_a_task_is_done_and_open_again(folder: Path) -> None:
    plan_before = the_plan(folder)
    outcome = plan("done", folder, "t01-02", "--on", "2027-01-08")
    assert outcome.code == 0
    assert "T01-02 is noted as done on Fri 8 Jan 2027" in outcome.out
    task = next(one for one in json_of(folder / "plan.json")["tasks"] if one["id"] == "T01-02")
    assert (task["status"], task["due"]) == ("done", "2027-01-08")
    assert plan("done", folder, "T01-02", "--undo").code == 0
    plan_after = the_plan(folder)
    assert plan_after == plan_before


def test_going_live_on_another_day_moves_go_live(folder: Path) -> None:
    assert plan("done", folder, "T13-05", "--on", "2027-06-21", today="2027-06-22").code == 0
    found = json_of(folder / "plan.json")
    assert (found["go_live"], found["forecast"]) == ("2027-06-21", None)


def test_an_update_follows_what_was_edited(folder: Path) -> None:
    (folder / "practice.yaml").write_text(ONE_LINE + "answers: {dispensing: true}\n", encoding="utf-8")
    (folder / "facts.yaml").write_text("done: {T01-02: 2027-01-08}\n", encoding="utf-8")
    before = {one["id"]: one for one in json_of(folder / "plan.json")["tasks"]}
    assert plan("update", folder).code == 0
    after = {one["id"]: one for one in json_of(folder / "plan.json")["tasks"]}
    assert [one for one in after if after[one]["applies"] and not before[one]["applies"]]
    assert after["T01-02"]["status"] == "done"
    assert (folder / "facts.yaml").read_text(encoding="utf-8") == "done: {T01-02: 2027-01-08}\n"


def test_peoples_own_files_are_never_written(folder: Path) -> None:
    odd = b"\xef\xbb\xbfpractice: Dabchick House\r\n# ours\r\n"
    (folder / "practice.yaml").write_bytes(odd)
    (folder / "minutes").mkdir()
    (folder / "minutes" / "kickoff.txt").write_text("ours", encoding="utf-8")
    for words in (
        ["update"],
        ["done", "T01-02"],
        ["move", "GL", "2027-06-25", "--write", "--reason", "x"],
        ["undo"],
    ):
        assert plan(words[0], folder, *words[1:]).code == 0
    assert (folder / "practice.yaml").read_bytes() == odd
    assert (folder / "minutes" / "kickoff.txt").read_text(encoding="utf-8") == "ours"


def test_a_paper_that_was_filled_in_is_kept_and_one_of_no_use_goes(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    papers = {"documents/hazards.docx": b"one", "documents/notices/docman.docx": b"one"}
    monkeypatch.setattr(plan_files, "plan_documents", lambda *_: iter(papers.items()))
    assert plan("update", folder).code == 0
    (folder / "documents/hazards.docx").write_bytes(b"filled in by hand")
    papers.pop("documents/notices/docman.docx")
    papers["documents/hazards.docx"] = b"two"
    outcome = plan("update", folder)
    assert outcome.code == 0
    assert "documents/hazards-yours-2.docx" in outcome.err
    found = {name: content for name, content in bytes_of(folder).items() if name.startswith("documents")}
    assert found == {"documents/hazards.docx": b"two", "documents/hazards-yours-2.docx": b"filled in by hand"}


def test_calendars_keep_their_entries(folder: Path) -> None:
    first = entries(folder)
    assert plan("move", folder, "GL", "2027-06-25", "--write", "--reason", "x").code == 0
    second = entries(folder)
    assert set(first) == set(second)
    assert {int(one["sequence"]) for one in first.values()} == {1}
    assert {int(one["sequence"]) for one in second.values()} == {2}


def test_calendars_strike_out_what_is_no_longer_planned(folder: Path) -> None:
    first = entries(folder)
    (folder / "practice.yaml").write_text(ONE_LINE + "answers: {remote_staff: false}\n", encoding="utf-8")
    assert plan("update", folder).code == 0
    second = entries(folder)
    assert set(first) <= set(second)
    struck = {uid for uid, one in second.items() if str(one["status"]) == "CANCELLED"}
    assert struck
    assert all(uid in first for uid in struck)


# Stopped, and full disks --------------------------------------------------------------------------------------

MAKE_OR_CHANGE: list[list[Any]] = [["make"], ["update"], ["done", "T01-02"]]


@pytest.fixture(params=MAKE_OR_CHANGE, ids=lambda words: words[0])
def writing(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[[], Outcome]:
    """Something that writes a plan folder into `tmp_path`."""
    without_letters(monkeypatch)
    words = request.param
    if words[0] == "make":
        return lambda: plan("make", "--go-live", GO_LIVE, "--out", tmp_path / "plan")
    assert made(tmp_path).code == 0
    return lambda: plan(words[0], tmp_path / "plan", *words[1:])


@pytest.mark.parametrize("step", ["Writing the plan", "Writing the wall sheets", "Writing the documents"])
def test_a_command_stopped_while_it_writes_leaves_nothing(
    writing: Callable[[], Outcome], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    before = bytes_of(tmp_path)

    def begin(_: Bars, title: str, *__: object) -> None:
        if title == step:
            raise KeyboardInterrupt

    monkeypatch.setattr(Bars, "begin", begin)
    outcome = writing()
    assert (outcome.code, "nothing was kept" in outcome.err) == (130, True)
    assert bytes_of(tmp_path) == before


@pytest.mark.parametrize("room", [0, 1, 3])
def test_a_full_disk_leaves_nothing(
    writing: Callable[[], Outcome], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, room: int
) -> None:
    before, write, written = bytes_of(tmp_path), Path.write_bytes, iter(range(room))

    def full(path: Path, data: bytes) -> int:
        if next(written, None) is None:
            raise OSError(errno.ENOSPC, "No space left on device")
        return write(path, data)

    monkeypatch.setattr(Path, "write_bytes", full)
    outcome = writing()
    assert (outcome.code, "No space left" in outcome.err) == (6, True), outcome.err
    assert "plan.write" in outcome.err
    assert bytes_of(tmp_path) == before


def test_an_update_stopped_while_files_move_in_is_noticed_and_mended(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said, replace = the_plan(folder), Path.replace
    moved: Iterator[int] = iter(range(1))

    def stopped(path: Path, target: Path) -> Path:
        if next(moved, None) is None:
            raise KeyboardInterrupt
        return replace(path, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", stopped)
        assert plan("done", folder, "T01-02").code == 130
    assert names_in(folder.parent) == ["plan", "practice.yaml"]
    shown = plan("check", folder)
    assert (shown.code, "godwit plan update" in shown.err) == (0, True)
    assert plan("update", folder).code == 0
    assert plan("check", folder).err == ""
    assert the_plan(folder) == said


@pytest.mark.skipif(
    os.name != "posix" or os.geteuid() == 0, reason="needs a folder that this user may not write"
)
@pytest.mark.usefixtures("quick")
def test_a_folder_that_may_not_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "closed").mkdir(mode=0o500)
    outcome = plan("make", "--go-live", GO_LIVE, "--out", tmp_path / "closed" / "plan")
    assert (outcome.code, "plan.write" in outcome.err) == (6, True)


@pytest.mark.usefixtures("quick")
def test_an_empty_folder_will_do_and_so_will_the_one_we_are_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    assert plan("make", "--go-live", GO_LIVE, "--out", ".").code == 0
    assert plan("done", ".", "T01-02").code == 0
    assert names_in(tmp_path) == ["here"]
    assert {"plan.json", *OWN} <= set(names_in(tmp_path / "here"))
    assert not [one for one in names_in(tmp_path / "here") if one.startswith(".")]


# As a program -------------------------------------------------------------------------------------------------


def test_json_is_all_there_is_on_standard_output(tmp_path: Path) -> None:
    """As a program of its own, in the narrowest encoding."""
    words = ["plan", "make", "--go-live", GO_LIVE, "--today", TODAY, "--out", tmp_path / "plan", "--json"]
    outcome = godwit_program(*words, env={**os.environ, "PYTHONIOENCODING": "ascii"})
    assert (outcome.code, outcome.err) == (0, "")
    assert json.loads(outcome.out)["go_live"] == GO_LIVE


def test_from_the_readme_to_a_plan(tmp_path: Path) -> None:
    """The line of the README, as a program of its own, prints the lines that the README shows."""
    readme = (PRACTICES.parents[1] / "README.md").read_text(encoding="utf-8")
    found = re.search(r"\$ python3 dev.py run (plan make [^\n]+)\n((?:[^`][^\n]*\n)+)", readme)
    assert found is not None
    outcome = godwit_program(*found[1].split(), "--today", TODAY, cwd=tmp_path)
    assert outcome.code == 0, outcome.err
    printed = " ".join(outcome.out.split())
    assert [line for line in found[2].splitlines() if " ".join(line.split()) not in printed] == []
    assert (tmp_path / "godwit-plan" / "wall" / "practice-manager.html").is_file()
