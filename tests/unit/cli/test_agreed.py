"""`godwit agreed`: from a sealed run to what two people stand for, and every way in which it may not be."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from godwit.cli.agreed import LIKELIHOODS, SEVERITIES, agreed_app
from godwit.definitions.comparison.harm import read_harm
from tests.support.agreeing import RUN, sealed_run

TERM = {"cause": "observation.code_term.changed", "entity": "observation", "outcome": "different",
        "field": "code_term", "reason": "changed"}  # fmt: skip
LOST = {"cause": "allergy.missing.no_counterpart", "entity": "allergy", "outcome": "missing", "field": None,
        "reason": "no_counterpart"}  # fmt: skip
MISSING = LOST | {"cause": "allergy.other", "reason": "patient_not_paired"}
UNEXPECTED = MISSING | {"outcome": "unexpected"}
UNIT = TERM | {"cause": "observation.unit.changed", "field": "unit"}
VALUE = UNIT | {"field": "value"}
SITE = TERM | {"cause": "observation.code_term.site"}


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
    ]
    return sealed_run(
        tmp_path / "run-1", causes, [TERM, TERM, TERM, LOST, UNIT, VALUE, MISSING, UNEXPECTED, SITE]
    )


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


def test_the_scope_is_what_the_findings_have_in_common(run: Path, file: Path) -> None:
    assert propose(run, file)[1]["proposed"]["scope"] == {
        "systems": ["emis", "tpp"],
        "changes": [{"entity": "allergy", "outcome": "missing", "field": None, "reason": "no_counterpart"}],
        "cause": None,
    }


def test_one_of_several_causes_with_the_same_difference_keeps_its_id(run: Path, file: Path) -> None:
    assert propose(run, file, cause=TERM["cause"] or "")[1]["proposed"]["scope"]["cause"] == TERM["cause"]


def test_changes_that_stand_in_one_line_are_agreed_together(run: Path, file: Path) -> None:
    scope = propose(run, file, cause=UNIT["cause"] or "")[1]["proposed"]["scope"]
    assert [one["field"] for one in scope["changes"]] == ["unit", "value"]
    assert scope["cause"] is None


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


def test_help_names_the_words_of_the_matrix() -> None:
    harm = read_harm()
    assert SEVERITIES.replace(" or ", ", ").split(", ") == list(harm.severities)
    assert LIKELIHOODS.replace(" or ", ", ").split(", ") == list(harm.likelihoods)


@pytest.mark.parametrize("command", ["propose", "approve", "withdraw", "list"])
def test_every_command_has_an_example(command: str) -> None:
    shown = CliRunner().invoke(agreed_app, [command, "--help"])
    assert "Example: godwit agreed" in shown.stdout
