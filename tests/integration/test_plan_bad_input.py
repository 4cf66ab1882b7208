"""What people get wrong in their files and on the command line: one clear line, never a trace, nothing written."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.support.commands import Outcome, json_of, names_in
from tests.support.plan_commands import GO_LIVE, ONE_LINE, bytes_of, made, plan, without_letters

NHS_NUMBER = "9434765919"
AWAY = "{name: away, kind: closed, starts: %s, ends: %s}"

PRACTICE_FILES: dict[str, tuple[str, int | None, str, str]] = {
    "an impossible date": ("calendar:\n  - " + AWAY % ("2027-02-30", "2027-03-01"), 3, "yaml.syntax", "2027-02-30"),
    "an unknown key": ("colour: red", 2, "definition.shape", "colour"),
    "a circle by an own dependency": (
        "tasks:\n  T03-01: {because: x, after: [T13-05]}", 3, "task.circle", "T13-05 → ",
    ),
    "a circle by an own timing": (
        "tasks:\n  T03-01: {because: x, when: [from GL]}", 3, "timing.circle", "T03-01 → ",
    ),
    "two tasks that wait for each other's end": (
        "tasks:\n  T05-04: {because: x, when: [from T05-07.finish + 1wd]}", 3, "timing.circle", "T05-07",
    ),
    "a task that waits for itself": ("tasks:\n  T05-04: {because: x, after: [T05-04]}", 3, "task.circle", "T05-04"),
    "a time zone where a date belongs": (
        "calendar:\n  - " + AWAY % ("2027-05-12T00:00:00+01:00", "2027-05-13"), 3, "definition.shape", "time zone",
    ),
    "a time where a date belongs": (
        "calendar:\n  - " + AWAY % ("2027-05-12 09:00:00", "2027-05-13"), 3, "definition.shape", "without a time",
    ),
    "a date written the English way": (
        "calendar:\n  - " + AWAY % ("12/05/2027", "2027-05-13"), 3, "definition.shape", "2027-03-01",
    ),
    "a holiday that ends before it starts": (
        "calendar:\n  - " + AWAY % ("2027-05-12", "2027-05-11"), 3, "definition.shape", "ends before",
    ),
    "a closure for two thousand years": (
        "calendar:\n  - " + AWAY % ("2027-05-12", "4027-05-12"), 3, "calendar.day", "years right",
    ),
    "a closure on the day of go-live": ("calendar:\n  - " + AWAY % (GO_LIVE, GO_LIVE), 3, "calendar.day", "go-live"),
    "an unknown kind of event": (
        "calendar:\n  - {name: a, kind: party, starts: 2027-05-12, ends: 2027-05-12}", 3, "definition.shape", "leave",
    ),
    "an unknown setting": ("settings:\n  extract_notise: 20wd", 3, "setting.unknown", "did you mean extract_notice"),
    "a setting that is no length": ("settings:\n  extract_notice: soon", 3, "setting.value", "15wd"),
    "a setting without its unit": ("settings:\n  extract_notice: 20", 3, "setting.value", "15wd"),
    "a setting that is none of its choices": (
        "settings:\n  extract_requester: nobody", 3, "setting.value", "commissioner_sends",
    ),
    "a setting below nought": ("settings:\n  trained_people: -1", 3, "setting.value", "whole number"),
    "a setting that is a list": ("settings:\n  trained_people: [1]", 3, "definition.shape", "trained_people"),
    "a setting of a hundred years": ("settings:\n  extract_notice: 99999wd", 3, "setting.value", "two years"),
    "a cutover too short for what is in it": ("settings:\n  cutover: 1d", 3, "timing.circle", "T11-07 → T11-09"),
    "an unknown role": ("people:\n  practise_manager: {name: A}", 3, "people.unknown", "did you mean practice_manager"),
    "a person who is only a name": ("people:\n  lead_gp: Dr Knot", 3, "definition.shape", "behind a colon"),
    "an unknown third party": ("third_parties:\n  docmann:", 3, "third_parties.unknown", "did you mean docman"),
    "a third party twice": ("third_parties:\n  docman:\n  DocMan:", 4, "third_parties.twice", "twice"),
    "a notice that is no length": ("third_parties:\n  docman: {notice: soon}", 3, "definition.shape", "15wd"),
    "an unknown question": ("answers:\n  dispencing: true", 3, "answer.unknown", "did you mean dispensing"),
    "an answer that is neither yes nor no": ("answers:\n  dispensing: maybe", 3, "definition.shape", "true or false"),
    "the route among the answers": ("answers:\n  route_2020: true", 3, "answer.route", "route: 2020"),
    "an unknown route": ("route: 2031", 2, "definition.shape", "2026"),
    "a key that stands twice": ('route: "2026"\nroute: "2020"', 3, "yaml.syntax", "twice"),
    "a tab": ("answers:\n\tdispensing: true", 3, "yaml.syntax", "token"),
    "a list size of nought": ("list_size: 0", 2, "definition.shape", "list_size"),
    "an unknown task": ("tasks:\n  T99-99: {because: x}", 3, "task.unknown", "T99-99"),
    "a task by another name": ("tasks:\n  kick-off: {because: x}", 3, "definition.shape", "kick-off"),
    "a changed task without its reason": ("tasks:\n  T05-04: {aim: late}", 3, "definition.shape", "because"),
    "a dependency on no task": ("tasks:\n  T05-04: {because: x, after: [T99-99]}", 3, "task.unknown", "T99-99"),
    "go-live left out": ("tasks:\n  T13-05: {because: x, condition: [dispensing]}", 3, "task.needed", "go-live"),
    "the order left out": ("tasks:\n  T02-03: {because: x, condition: [dispensing]}", 3, "task.needed", "the order"),
    "a condition that is no question": (
        "tasks:\n  T05-04: {because: x, condition: [nonsense]}", 3, "answer.unknown", "nonsense",
    ),
    "a timing in other words": ("tasks:\n  T05-04: {because: x, when: [sometime]}", 3, "definition.shape", "sometime"),
    "a timing against no date": ("tasks:\n  T05-04: {because: x, when: [by XYZ]}", 3, "timing.unknown", "XYZ"),
    "a timing by no setting": (
        'tasks:\n  T05-04: {because: x, when: ["by GL - {nonsense}"]}', 3, "setting.unknown", "nonsense",
    ),
    "a length by no setting": ('tasks:\n  T05-04: {because: x, lasts: "{nonsense}"}', 3, "setting.unknown", "nonsense"),
    "lengths in the wrong order": ("tasks:\n  T05-04: {because: x, lasts: [9wd, 2wd, 1wd]}", 3, "task.lasts", "least"),
    "a task without any timing": (
        "tasks:\n  T05-04: {because: x, when: [], after: []}", 3, "task.timing", "T05-04",
    ),
    "a task for nobody": ("tasks:\n  T05-04: {because: x, responsible: []}", 3, "task.nobody", "responsible"),
    "a task for an unknown role": ("tasks:\n  T05-04: {because: x, responsible: [boss]}", 3, "role.unknown", "boss"),
}  # fmt: skip

FACT_FILES: dict[str, tuple[str, int, str, str]] = {
    "an unknown fact": ("answers:\n  slots_in_cutovre: 3", 2, "fact.unknown", "did you mean slots_in_cutover"),
    "words for a number": ("answers:\n  slots_in_cutover: many", 2, "fact.count", "whole number"),
    "a number below nought": ("answers:\n  slots_in_cutover: -1", 2, "fact.range", "zero or more"),
    "a time for a day": ("answers:\n  terms_read: 2027-01-01T09:00:00Z", 2, "fact.moment", "time zone"),
    "a day in quotes": ('answers:\n  terms_read: "2027-01-01"', 2, "fact.date", "without quotes"),
    "a column nobody knows": (
        "answers:\n  own_databases:\n    - {database: x}\n    - {datbase: y}", 4, "fact.columns", "row 2",
    ),
    "an unknown task done": ("done: {T99-99: 2027-01-04}", 1, "task.unknown", "T99-99"),
    "a task that this practice does not have": ("done: {T01-08: 2027-01-04}", 1, "task.unneeded", "T01-08"),
    "a task done tomorrow": ("done: {T01-02: 2027-01-12}", 1, "done.day", "has not come yet"),
    "a task done in another century": ("done: {T01-02: 1927-01-04}", 1, "done.day", "year right"),
    "a task started tomorrow": ("started: {T01-02: 2027-01-12}", 1, "started.day", "has not come yet"),
    "a task done at an hour": ("done: {T01-02: 2027-01-04 10:00:00}", 1, "definition.shape", "without a time"),
    "a date for nothing": ("dates: {XYZ: {day: 2027-03-04}}", 1, "date.unknown", "XYZ"),
    "a date for a milestone of many tasks": ("dates: {MS-11: {day: 2027-03-04}}", 1, "date.several", "T05-03"),
    "a date under two names": (
        "dates:\n  IDP: {day: 2027-05-04}\n  MS-13: {day: 2027-05-04}", 3, "date.twice", "IDP",
    ),
    "a date on a Saturday": ("dates: {IDP: {day: 2027-05-08}}", 1, "date.rest_day", "2027-05-07 and 2027-05-10"),
    "a date in another century": ("dates: {IDP: {day: 2127-05-07}}", 1, "date.year", "year right"),
    "another go-live than the plan's": ("dates: {GL: {day: 2027-06-25}}", 1, "date.go_live", GO_LIVE),
}  # fmt: skip


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    without_letters(monkeypatch)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    assert made(tmp_path).code == 0
    return tmp_path / "plan"


def refused(outcome: Outcome, place: str, rule: str, said: str, code: int = 3) -> None:
    assert outcome.code == code, outcome.err
    assert "Traceback" not in outcome.out + outcome.err
    assert outcome.err.startswith(f"godwit: {place}: "), outcome.err
    assert outcome.err.rstrip().endswith(f"[{rule}]"), outcome.err
    assert said in outcome.err


# What people write into their files ---------------------------------------------------------------------------


@pytest.mark.parametrize("what", PRACTICE_FILES)
def test_a_practice_file_is_refused_by_name_line_and_rule(tmp_path: Path, what: str) -> None:
    text, line, rule, said = PRACTICE_FILES[what]
    refused(made(tmp_path, f"{ONE_LINE}{text}\n"), f"practice.yaml, line {line}", rule, said)
    assert names_in(tmp_path) == ["practice.yaml"]


@pytest.mark.parametrize("what", FACT_FILES)
def test_a_facts_file_is_refused_by_name_line_and_rule(tmp_path: Path, what: str) -> None:
    text, line, rule, said = FACT_FILES[what]
    refused(made(tmp_path, facts=f"{text}\n"), f"facts.yaml, line {line}", rule, said)
    assert names_in(tmp_path) == ["facts.yaml", "practice.yaml"]


@pytest.mark.parametrize(
    "text",
    [
        f"  unverified_emails: {NHS_NUMBER}",
        f'  own_databases: [{{database: "of {NHS_NUMBER}"}}]',
        f'  own_databases: [{{database: "of {NHS_NUMBER[:3]} {NHS_NUMBER[3:6]} {NHS_NUMBER[6:]}"}}]',
        f"  patient_{NHS_NUMBER}: true",
    ],
)
def test_a_patients_number_is_refused_and_never_shown(tmp_path: Path, text: str) -> None:
    outcome = made(tmp_path, facts=f"answers:\n{text}\n")
    assert outcome.code == 3
    assert "facts.yaml, line 2" in outcome.err
    assert NHS_NUMBER not in (outcome.out + outcome.err).replace(" ", "")


@pytest.mark.parametrize(
    ("text", "line", "rule"),
    [
        ("area: Midshire\ncolour: red\n", 2, "definition.shape"),
        ("area: Midshire\nsettings:\n  nonsense: 3d\n", 3, "setting.unknown"),
        ("area: Midshire\ntasks:\n  T03-01: {because: x, after: [T13-05]}\n", 3, "task.circle"),
        ("area: Midshire\ntasks:\n  T03-01: {because: x, when: [from GL]}\n", 3, "timing.circle"),
        ("area: Midshire\ntasks:\n  T13-05: {because: x, condition: [dispensing]}\n", 3, "task.needed"),
    ],
)
def test_an_areas_file_is_refused_by_its_own_name(tmp_path: Path, text: str, line: int, rule: str) -> None:
    refused(made(tmp_path, area=text), f"area.yaml, line {line}", rule, "")


@pytest.mark.parametrize("command", ["make", "paces", "days"])
def test_a_task_too_long_for_the_slower_paces_is_refused_with_its_line(tmp_path: Path, command: str) -> None:
    own = "tasks:\n  T11-04: {because: x, when: [from FDP - 20d], after: [], lasts: [2d, %s, 40d]}\n"
    folder, file = tmp_path / "plan", tmp_path / "practice.yaml"
    making = ("make", "--go-live", "2027-08-18", "--pace", "fastest", "--practice", file, "--out", folder)
    file.write_text(ONE_LINE + own % "3d", encoding="utf-8")
    if command != "make":
        assert plan(*making).code == 0
        file = folder / "practice.yaml"
    file.write_text(ONE_LINE + own % "30d", encoding="utf-8")
    outcome = plan(*making) if command == "make" else plan(command, folder)
    refused(outcome, "practice.yaml, line 3", "timing.circle", "T11-04 → T11-07")


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        (b"", "definition.shape"),
        (b"# nothing but a comment\n", "definition.shape"),
        (b"- a\n- b\n", "definition.shape"),
        (b"hello\n", "definition.shape"),
        (b"ods_code: Y99901\n", "definition.shape"),
        (b"\xff\xfe\x00\x01", "file.text"),
        (b"practice: a\x00b\n", "yaml.syntax"),
    ],
)
def test_a_file_that_is_no_practice_is_refused(tmp_path: Path, content: bytes, rule: str) -> None:
    (tmp_path / "my.yaml").write_bytes(content)
    words = ("--go-live", GO_LIVE, "--practice", tmp_path / "my.yaml", "--out", tmp_path / "plan")
    refused(plan("make", *words), "my.yaml", rule, "")
    assert names_in(tmp_path) == ["my.yaml"]


@pytest.mark.parametrize(("name", "rule"), [("absent.yaml", "file.missing"), ("folder", "file.text")])
def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path, name: str, rule: str) -> None:
    (tmp_path / "folder").mkdir()
    for option in ("--practice", "--area", "--facts"):
        words = ("--go-live", GO_LIVE, option, tmp_path / name, "--out", tmp_path / "plan")
        refused(plan("make", *words), name, rule, "")


# What people ask for ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "rule", "said"),
    [
        ("2027-06-19", "go_live.weekend", "2027-06-18 and 2027-06-21"),
        ("2027-05-31", "go_live.bank_holiday", "Spring bank holiday"),
        ("2031-06-18", "calendar.exhausted", "2028-12-31"),
        ("2028-12-15", "calendar.exhausted", "2028-12-31"),
        ("1990-06-18", "calendar.exhausted", "2012-01-01"),
        ("2027-01-08", "date.past", "has gone by"),
    ],
)
def test_a_go_live_that_cannot_be_is_refused(tmp_path: Path, day: str, rule: str, said: str) -> None:
    refused(plan("make", "--go-live", day, "--out", tmp_path / "plan"), "go-live", rule, said)
    assert names_in(tmp_path) == []


@pytest.mark.parametrize(
    "words",
    [
        ["make", "--go-live", "2027-02-30", "--out", "x"],
        ["make", "--go-live", "18/06/2027", "--out", "x"],
        ["make", "--go-live", "2027-06-18T09:00:00Z", "--out", "x"],
        ["make", "--go-live", GO_LIVE],
        ["make", "--go-live", GO_LIVE, "--out", "x", "--pace", "slow"],
        ["check", "x", "--fail-on", "sometimes"],
        ["show", "x", "--weeks", "0"],
        ["risk", "x", "--runs", "1"],
        ["move", "x", "GL"],
    ],
)
def test_wrong_usage_is_exit_two_and_silent_on_standard_output(words: list[str]) -> None:
    outcome = plan(words[0], *words[1:])
    assert (outcome.code, outcome.out) == (2, "")
    assert "Traceback" not in outcome.err


@pytest.mark.parametrize(
    ("words", "place", "rule"),
    [
        (["GL", "2027-06-19"], "go-live", "go_live.weekend"),
        (["GL", "2027-05-31"], "go-live", "go_live.bank_holiday"),
        (["GL", "2027-01-08"], "GL", "date.past"),
        (["GL", "2031-06-18"], "go-live", "calendar.exhausted"),
        (["IDP", "2027-05-08"], "IDP", "move.rest_day"),
        (["IDP", "2027-01-08"], "IDP", "date.past"),
        (["IDP", "2030-05-10"], "IDP", "calendar.exhausted"),
        (["MS-99", "2027-05-10"], "MS-99", "move.unknown"),
        (["T99-99", "2027-05-10"], "T99-99", "move.unknown"),
        (["T01-08", "2027-05-10"], "T01-08", "move.unknown"),
        (["T01-02", "2027-02-01"], "T01-02", "move.done"),
    ],
)
def test_a_move_that_cannot_be_is_refused(folder: Path, words: list[str], place: str, rule: str) -> None:
    assert plan("done", folder, "T01-02").code == 0
    before = bytes_of(folder)
    refused(plan("move", folder, *words, "--write", "--reason", "why not"), place, rule, "")
    assert bytes_of(folder) == before


def test_a_move_that_is_kept_needs_its_reason(folder: Path) -> None:
    for words in ([], ["--reason", "  "]):
        outcome = plan("move", folder, "GL", "2027-06-25", "--write", *words)
        refused(outcome, "--reason", "move.reason", "needs its reason", code=2)


@pytest.mark.parametrize(
    ("words", "place", "rule"),
    [
        (["done", "T99-99"], "TASK", "task.unknown"),
        (["done", "IDP"], "TASK", "task.unknown"),
        (["done", "T01-02", "--on", "2027-01-12"], "--on", "done.day"),
        (["done", "T01-02", "--on", "1927-01-12"], "--on", "done.day"),
        (["done", "T01-02", "--undo"], "TASK", "done.undo"),
        (["done", "T13-05", "--on", "2027-01-09"], "go-live", "go_live.weekend"),
        (["undo"], "record.json", "plan.undo"),
        (["show", "--role", "boss"], "--role", "role.unknown"),
        (["show", "--phase", "P99"], "--phase", "phase.unknown"),
        (["show", "MS-99"], "MS-99", "move.unknown"),
        (["days", "--from", "2028-08-01", "--to", "2029-07-01"], "--to", "calendar.exhausted"),
    ],
)
def test_what_a_plan_does_not_have_is_refused(folder: Path, words: list[str], place: str, rule: str) -> None:
    before = bytes_of(folder)
    refused(plan(words[0], folder, *words[1:]), place, rule, "")
    assert bytes_of(folder) == before


def test_days_from_the_end_to_the_start_are_wrong_usage(folder: Path) -> None:
    words = ("--from", "2027-08-02", "--to", "2027-07-01")
    refused(plan("days", folder, *words), "--to", "days.none", "2027-08-02", code=2)


# What people do to a folder -----------------------------------------------------------------------------------


def test_an_error_is_one_object_and_one_line(tmp_path: Path) -> None:
    words = ("--go-live", "2027-06-19", "--out", tmp_path / "plan")
    plain, data = plan("make", *words), plan("make", *words, "--json")
    assert (plain.code, plain.out, len(plain.err.splitlines())) == (3, "", 1)
    assert data.err == plain.err
    assert set(data.answer) == {"error"}
    assert (data.error["exit"], data.error["place"], data.error["rule"]) == (3, "go-live", "go_live.weekend")


@pytest.mark.parametrize(
    "content", ["", "{", "[]", "null", '{"go_live": "soon"}', '{"go_live": "2027-06-18", "a": 1}']
)
def test_a_broken_record_is_refused(folder: Path, content: str) -> None:
    (folder / "record.json").write_text(content, encoding="utf-8")
    for command in ("check", "show", "update", "undo"):
        refused(plan(command, folder), "record.json", "plan.record", "by hand")


def test_a_plan_that_was_changed_by_hand_is_refused(folder: Path) -> None:
    file = folder / "plan.json"
    whole = json_of(file)
    whole["milestones"][0]["date"] = "2027-01-01"
    file.write_text(json.dumps(whole), encoding="utf-8")
    refused(plan("check", file), "plan.json", "plan.changed", "by hand")
    assert plan("check", folder).code == 0
    assert plan("update", folder).code == 0
    assert plan("check", file).code == 0


def test_a_plan_that_is_laid_out_anew_is_the_same_plan(folder: Path) -> None:
    file = folder / "plan.json"
    file.write_text(json.dumps(json_of(file), indent=4, sort_keys=True), encoding="utf-8")
    assert plan("check", file).code == 0


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        ("", "json.syntax"), ("{", "json.syntax"), ("[]", "plan.inputs"), ("{}", "plan.inputs"),
        ('{"inputs": []}', "plan.inputs"), ('{"inputs": {"record": {}}}', "plan.inputs"),
        ('{"inputs": {"practice": 5, "area": null, "facts": null, "record": {"go_live": "2027-06-18"}}}',
         "plan.inputs"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_plan_is_refused(tmp_path: Path, content: str, rule: str) -> None:
    file = tmp_path / "other.json"
    file.write_text(content, encoding="utf-8")
    outcome = plan("check", file)
    assert (outcome.code, rule in outcome.err, "other.json" in outcome.err) == (3, True, True), outcome.err


def test_a_folder_that_is_no_plan_is_refused(tmp_path: Path) -> None:
    for command in ("check", "show", "update", "undo"):
        refused(plan(command, tmp_path), tmp_path.name, "plan.folder", "godwit plan make")
        refused(plan(command, tmp_path / "absent"), "absent", "plan.folder", "godwit plan make")
    assert names_in(tmp_path) == []


def test_a_file_in_the_folder_is_not_the_folder(folder: Path) -> None:
    outcome = plan("move", folder / "plan.json", "GL", "2027-06-25")
    refused(outcome, "plan.json", "plan.folder", "not a file")


def test_what_is_there_already_is_not_made_again(folder: Path) -> None:
    before = bytes_of(folder)
    refused(plan("make", "--go-live", GO_LIVE, "--out", folder), "plan", "plan.out", "godwit plan update")
    file = folder.parent / "practice.yaml"
    refused(plan("make", "--go-live", GO_LIVE, "--out", file), "practice.yaml", "plan.out", "there already")
    assert bytes_of(folder) == before


def test_a_mistake_in_the_folders_own_file_leaves_the_plan_as_it_was(folder: Path) -> None:
    (folder / "practice.yaml").write_text(f"{ONE_LINE}colour: red\n", encoding="utf-8")
    before = bytes_of(folder)
    for command in ("update", "check", "show", "paces"):
        refused(plan(command, folder), "practice.yaml, line 2", "definition.shape", "colour")
    assert bytes_of(folder) == before
