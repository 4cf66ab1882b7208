"""`godwit agreed`: from a sealed run to what two people stand for, and every way in which it may not be."""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from typer.testing import CliRunner

from godwit.cli.agreed import LIKELIHOODS, SEVERITIES, agreed_app
from godwit.cli.agreed_show import agreed_lines
from godwit.definitions.comparison.harm import read_harm
from godwit.records.agreed.applying import AgreedUse, Use, agreed_rows
from tests.support.agreeing import RUN, agreement, mark, sealed_run

TERM: dict[str, Any] = {"cause": "observation.code_term.changed", "entity": "observation", "outcome": "different",
        "field": "code_term", "reason": "changed"}  # fmt: skip
TERM |= {"traits": {"turn": "a"}}
LOST: dict[str, Any] = {"cause": "allergy.missing.no_counterpart", "entity": "allergy", "outcome": "missing",
                        "field": None, "reason": "no_counterpart", "severity": "critical",
                        "traits": {"code": "x", "patient": "p"}}  # fmt: skip
MISSING = LOST | {"cause": "allergy.other", "reason": "patient_not_paired"}
UNEXPECTED = MISSING | {"outcome": "unexpected"}
UNIT = TERM | {"cause": "observation.unit.changed", "field": "unit", "traits": {"patient": "p"}}
OTHERS = UNIT | {"traits": {"patient": "q"}}
VALUE = UNIT | {"field": "value"}
SITE = TERM | {"cause": "observation.code_term.site", "traits": {"turn": "b"}}
REST = TERM | {"cause": "observation.text.changed", "field": "text", "traits": {"measure": "m", "code": "c"}}
MORE = REST | {"traits": {"measure": "m", "code": "d"}}
FIRST = REST | {"cause": "observation.text.changed.code-1", "traits": {"measure": "m", "code": "e"}}
TWIN = TERM | {"cause": "observation.effective.changed", "field": "effective", "traits": {"code": "f"}}
LIKE_IT = TWIN | {"cause": "observation.effective.changed.file-1"}


def cause(of: dict[str, Any], severity: str, findings: int, **more: Any) -> dict[str, Any]:
    told = {name: of[name] for name in ("cause", "entity", "field")}
    return told | {"title": "Observations", "severity": severity, "findings": findings, "patients": 2} | more


@pytest.fixture
def run(tmp_path: Path) -> Path:
    causes = [
        cause(TERM, "low", 3),
        cause(LOST, "critical", 1),
        cause(UNIT, "high", 2),
        cause(MISSING, "high", 2, parts=[{"title": "x"}, {"title": "y"}]),
        cause(SITE, "low", 1),
        cause(REST, "low", 2),
        cause(TWIN, "low", 1),
    ]
    found = [LOST, UNIT, OTHERS, VALUE, MISSING, UNEXPECTED, SITE, FIRST, TWIN, LIKE_IT]
    found += [
        one | {"traits": one["traits"] | {"patient": who}} for one in (TERM, REST, MORE) for who in "abcde"
    ]
    return sealed_run(tmp_path / "run-1", causes, found)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "agreed.yaml"


def say(*arguments: object) -> tuple[int, dict[str, Any]]:
    done = CliRunner().invoke(agreed_app, [*map(str, arguments), "--today", "2026-11-21", "--json"])
    return done.exit_code, json.loads(done.stdout) if done.stdout else {}


def propose(run: Path, file: Path, **changes: str) -> tuple[int, dict[str, Any]]:
    options = {
        "why": "newer terms", "severity": "minor", "likelihood": "low", "hazard": "H07", "expires": "2027-06-30",
        "by": "Ann Lee", "role": "practice_manager", "cause": LOST["cause"],
    } | changes  # fmt: skip
    which = options.pop("cause")
    given = [part for name, value in options.items() for part in (f"--{name}", value)]
    return say("propose", run, which, "--file", file, *given)


def approve(file: Path, *more: str) -> tuple[int, dict[str, Any]]:
    return say("approve", file, "A1", *(more or ("--by", "Dr Sam Roe", "--role", "lead_gp")))


def rule(answer: tuple[int, dict[str, Any]]) -> tuple[int, str]:
    return answer[0], answer[1]["error"]["rule"]


def test_proposed_then_approved_then_withdrawn(run: Path, file: Path) -> None:
    code, one = propose(run, file)
    assert (code, one["id"], one["state"]) == (0, "A1", "proposed")
    assert one["proposed"]["counted"]["run"] == RUN
    assert (one["proposed"]["counted"]["findings"], one["proposed"]["counted"]["patients"]) == (1, 2)
    assert one["proposed"]["harm"]["result"] == 1
    assert approve(file)[1]["state"] == "approved"
    assert say("list", file)[1]["agreed"][0]["approved"]["by"] == "Dr Sam Roe"
    code, one = say(
        "withdraw", file, "a1", "--why", "mended", "--by", "Ann Lee", "--role", "practice_manager"
    )
    assert (code, one["state"]) == (0, "withdrawn")
    assert "newer terms" in file.read_text("utf-8")


def scope_of(run: Path, file: Path, of: dict[str, Any]) -> dict[str, Any]:
    """What is proposed for a cause, marks and all."""
    code, _ = propose(run, file, cause=of["cause"])
    assert code == 0
    (entry,) = yaml.safe_load(file.read_text("utf-8"))["entries"]
    assert isinstance(entry["scope"], dict)
    return entry["scope"]


def test_the_scope_is_what_the_findings_have_in_common(run: Path, file: Path) -> None:
    assert scope_of(run, file, LOST) == {
        "systems": ["emis", "tpp"],
        "cause": "allergy.missing.no_counterpart",
        "changes": [
            {"entity": "allergy", "outcome": "missing", "reason": "no_counterpart", "how": "", "severity": "critical",
             "alike": ["code", "patient"], "marks": [mark("x", "p")]}
        ],
    }  # fmt: skip


def test_a_fault_that_can_be_told_is_not_held_to_its_patients(run: Path, file: Path) -> None:
    (one,) = scope_of(run, file, TERM)["changes"]
    assert (one["alike"], one["marks"]) == (["turn"], [mark("a")])


def test_one_that_cannot_is_held_to_its_patients(run: Path, file: Path) -> None:
    unit, value = scope_of(run, file, UNIT)["changes"]
    assert (unit["field"], unit["alike"], unit["marks"]) == (
        "unit",
        ["patient"],
        sorted([mark("p"), mark("q")]),
    )
    assert (value["field"], value["alike"], value["marks"]) == ("value", ["patient"], [mark("p")])


def test_what_is_left_of_a_kind_is_told_by_what_the_rest_has(run: Path, file: Path) -> None:
    (one,) = scope_of(run, file, REST)["changes"]
    assert (one["alike"], one["marks"]) == (["measure", "code"], sorted([mark("m", "c"), mark("m", "d")]))


def test_what_nothing_tells_from_others_cannot_be_agreed(run: Path, file: Path) -> None:
    assert rule(propose(run, file, cause=TWIN["cause"])) == (3, "agreed.no_pattern")
    assert not file.exists()


def test_private_values_and_marks_are_not_shown(run: Path, file: Path) -> None:
    assert "marks" not in propose(run, file)[1]["proposed"]["scope"]["changes"][0]


def test_a_run_that_was_touched_is_refused_first(run: Path, file: Path) -> None:
    (run / "summary.json").write_text((run / "summary.json").read_text() + " ")
    assert rule(propose(run, file)) == (3, "seal.file_changed")
    assert not file.exists()


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"cause": "nothing.like.it"}, (3, "agreed.no_such_cause")),
        ({"cause": "allergy.other"}, (3, "agreed.several_kinds")),
        ({"severity": "dreadful"}, (2, "agreed.word")),
        ({"likelihood": "never"}, (2, "agreed.word")),
        ({"expires": "2026-11-20"}, (3, "agreed.past_expiry")),
        ({"hazard": "H99"}, (3, "definition.shape")),
        ({"role": "king"}, (3, "definition.shape")),
        ({"by": " "}, (3, "definition.shape")),
        ({"tolerance": "90"}, (3, "definition.shape")),
        ({"why": "it is 943 476 5919"}, (3, "definition.shape")),
    ],
)
def test_a_proposal_that_cannot_be(
    run: Path, file: Path, changes: dict[str, str], expected: tuple[int, str]
) -> None:
    assert rule(propose(run, file, **changes)) == expected
    assert not file.exists()


def test_a_refusal_repeats_nothing_of_what_was_written(run: Path, file: Path) -> None:
    code, answer = propose(run, file, why="it is 943 476 5919")
    assert code == 3
    assert "943" not in json.dumps(answer)


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        (("--by", "ann lee", "--role", "lead_gp"), "agreed.same_person"),
        (("--by", "Sam Roe", "--role", "practice_manager"), "agreed.same_role"),
        (("--by", "Sam Roe", "--role", "current_supplier"), "agreed.not_a_deciding_role"),
        (("--by", "Sam Roe", "--role", "prescribing_lead"), "agreed.no_clinician"),
    ],
)
def test_an_approval_that_cannot_be(run: Path, file: Path, who: tuple[str, ...], expected: str) -> None:
    propose(run, file)
    before = file.read_bytes()
    assert rule(approve(file, *who)) == (3, expected)
    assert file.read_bytes() == before


def test_what_was_never_proposed_cannot_be_approved(run: Path, file: Path) -> None:
    propose(run, file)
    assert rule(say("approve", file, "A7", "--by", "X", "--role", "lead_gp")) == (3, "agreed.unknown")


def test_a_file_that_is_not_there(file: Path) -> None:
    assert rule(say("list", file)) == (3, "agreed.unreadable")


def test_great_harm_can_be_proposed_and_never_approved(run: Path, file: Path) -> None:
    assert propose(run, file, severity="major", likelihood="high")[1]["proposed"]["harm"]["result"] == 4
    assert rule(approve(file)) == (3, "agreed.harm_too_great")


def test_people_read_what_comes_next(run: Path, file: Path) -> None:
    propose(run, file)
    shown = CliRunner().invoke(agreed_app, ["list", str(file), "--today", "2026-11-21"])
    assert "Allergies: missing in the target" in " ".join(shown.stdout.split())
    done = CliRunner().invoke(
        agreed_app,
        ["approve", str(file), "A1", "--by", "Sam [b]Roe", "--role", "lead_gp", "--today", "2026-11-21"],
    )
    assert done.exit_code == 0
    assert "A1 approved" in done.stdout


def told(run: Path, file: Path, **changes: str) -> str:
    """What a person reads after a proposal."""
    options = {
        "why": "newer terms", "severity": "minor", "likelihood": "low", "hazard": "H07", "expires": "2027-06-30",
        "by": "Ann Lee", "role": "practice_manager", "today": "2026-11-21",
    } | changes  # fmt: skip
    which = options.pop("cause")
    given = [part for name, value in options.items() for part in (f"--{name}", value)]
    done = CliRunner().invoke(agreed_app, ["propose", str(run), which, "--file", str(file), *given])
    assert done.exit_code == 0
    return " ".join(done.stdout.split())


def test_a_proposal_says_who_has_to_approve_it(run: Path, file: Path) -> None:
    critical = told(run, file, cause=LOST["cause"])
    assert "Cause allergy.missing.no_counterpart; always the same: the code, the patient." in critical
    assert "another role (lead_gp or clinical_safety_officer)" in critical
    assert "another role: godwit agreed approve" in told(run, file, cause=TERM["cause"])
    assert "another role: godwit agreed approve" in told(run, file, cause=LOST["cause"], role="lead_gp")


def test_a_proposal_that_nobody_can_approve_says_so(run: Path, file: Path) -> None:
    said = told(run, file, cause=TERM["cause"], severity="major", likelihood="high")
    assert "Nobody can approve it: harm of 4 out of 5" in said
    assert "godwit agreed withdraw agreed.yaml A1" in said


def test_a_comparison_says_what_became_of_agreements() -> None:
    def one(use: Use, findings: int) -> AgreedUse:
        return AgreedUse(agreement(), use, findings, 2)

    uses = [
        one("holds", 3),
        one("outside", 9),
        one("expired", 2),
        one("expired", 0),
        one("proposed", 1),
        one("not_met", 0),
    ]
    assert [said for said, _ in agreed_lines(agreed_rows(uses))] == [
        "1 agreed difference in force, for 3 findings.",
        "A1 holds for none: 9 findings on 2 patients, 3 on 2 patients were approved.",
        "A1 ended on 2027-06-30: 2 findings still there.",
        "A1 is only proposed: 1 finding would be agreed.",
    ]


def test_help_names_the_words_of_the_matrix() -> None:
    harm = read_harm()
    assert SEVERITIES.replace(" or ", ", ").split(", ") == list(harm.severities)
    assert LIKELIHOODS.replace(" or ", ", ").split(", ") == list(harm.likelihoods)


@pytest.mark.parametrize("command", ["propose", "approve", "withdraw", "list"])
def test_every_command_has_an_example(command: str) -> None:
    shown = CliRunner().invoke(agreed_app, [command, "--help"])
    assert "Example: godwit agreed" in shown.stdout
