"""A run with all that proves it: rounds, agreements, maps, code lists, the sample, the control, the pack."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from godwit.records.evidence.report_parts import SECTIONS
from tests.support import messages as made
from tests.support.commands import Outcome, Row, godwit, json_of, rows_of
from tests.support.messages import write_folder
from tests.support.twins import SEED, make_twin

pytestmark = pytest.mark.timeout(300)  # the first test waits for three runs

PAIR = ("emis", "tpp")
SIZE = (12, 0.03)
BEFORE, DAY = "2027-03-01", "2027-03-02"
FAULTS = (1, 0, 2)
"""Faults of each kind in the target of every round: some, then all put right, then more than before."""

STEADY, ENDS = "observation.unexpected.no_place", "appointment.unexpected.no_place"
"""Causes that people agree to after the first round, both for what a format cannot hold: one agreement still holds in
the last round, the other has ended."""


@dataclass(frozen=True)
class Rounds:
    """Three runs of one practice and what they were made of."""

    folder: Path
    summaries: tuple[dict[str, Any], ...]

    def run(self, number: int) -> Path:
        """The folder of a round, from 1."""
        return self.folder / f"run-{number}"


def compared(*arguments: object) -> Outcome:
    outcome = godwit("compare", *arguments, "--today", DAY, "--json")
    assert outcome.code == 0, outcome.err
    return outcome


def by(name: str, role: str) -> tuple[str, ...]:
    return "--by", name, "--role", role


def agree(run: Path, file: Path, cause: str, number: str, until: str) -> None:
    """One person proposes, another approves, both on the day before."""
    harm = ("--severity", "minor", "--likelihood", "low", "--hazard", "H07", "--expires", until)
    words = (
        ("propose", run, cause, "--file", file, "--why", "known", *harm, *by("Ann Lee", "practice_manager")),
        ("approve", file, number, *by("Dr Sam Roe", "lead_gp")),
    )  # fmt: skip
    for one in words:
        outcome = godwit("agreed", *one, "--today", BEFORE)
        assert outcome.code == 0, outcome.err


@pytest.fixture(scope="module")
def rounds(tmp_path_factory: pytest.TempPathFactory) -> Rounds:
    folder = tmp_path_factory.mktemp("rounds")
    agreed, clusters = folder / "agreed.yaml", folder / "lists.csv"
    clusters.write_text("cluster,code\nAST_COD,195967001\n", encoding="utf-8")
    found = []
    for number, faults in enumerate(FAULTS, start=1):
        twin = make_twin(PAIR, folder / f"twin-{number}", SIZE, SEED, faults)
        words: list[object] = [twin.folder / "source", twin.folder / "target", "--sample", 3, "--seed", 7]
        words += ["--out", folder / f"run-{number}"]
        words += ["--previous", folder / f"run-{number - 1}"] if number > 1 else []
        words += ["--agreed", agreed, "--clusters", clusters] if number == len(FAULTS) else []
        found.append(compared(*words).answer)
        if number == 1:
            agree(folder / "run-1", agreed, STEADY, "A1", "2027-06-30")
            agree(folder / "run-1", agreed, ENDS, "A2", BEFORE)
    return Rounds(folder, tuple(found))


def causes(summary: Row) -> dict[str, Row]:
    return {one["cause"]: one for one in summary["causes"]}


def test_the_rounds_tell_fixed_still_there_new_and_back_again(rounds: Rounds) -> None:
    told = [one["rounds"] for one in rounds.summaries]
    assert [one["round"] for one in told] == [1, 2, 3]
    open_at = [sum(cause["findings"] for cause in one["causes"]) for one in rounds.summaries[:2]]
    assert told[0]["counts"] == {"new": open_at[0], "still": 0, "regressed": 0, "fixed": 0, "gone": 0}
    assert told[1]["counts"] == {
        "new": 0, "still": open_at[1], "regressed": 0, "fixed": open_at[0] - open_at[1], "gone": 0,
    }  # fmt: skip
    third = told[2]["counts"]
    assert third["still"] == open_at[1]
    assert min(third["regressed"], third["new"]) > 0
    assert [one["rules_changed"] for one in told] == [False, False, True]  # other code lists


def test_an_agreement_holds_until_its_day_and_is_a_finding_beyond(rounds: Rounds) -> None:
    first, _, third = map(causes, rounds.summaries)
    uses = {one["agreement"]: one["use"] for one in rounds.summaries[2]["agreed"]}
    assert uses == {"A1": "holds", "A2": "expired"}
    assert STEADY in first
    assert STEADY not in third
    assert third["agreed.A2"]["severity"] == "high"
    assert third["agreed.A2"]["findings"] == third[ENDS]["findings"] == first[ENDS]["findings"]
    findings = rows_of(rounds.run(3) / "findings.parquet")
    assert sum(one["agreement"] == "A1" for one in findings) == first[STEADY]["findings"]
    assert {one["agreement"] for one in findings} == {"A1", None}


def test_every_planted_fault_is_found_and_nothing_else(rounds: Rounds) -> None:
    for one in rounds.summaries:
        control = one["control"]
        assert control["found"] == control["planted"] > 100
        assert (control["others"], control["missed"]) == (0, [])
        assert control["at_field"] > 0.9 * control["planted"]


def test_no_count_is_left_without_a_finding_behind_it(rounds: Rounds) -> None:
    assert [one["reconciliations"]["unexplained"] for one in rounds.summaries] == [0, 0, 0]
    assert all(one["unexplained"] == 0 for told in rounds.summaries for one in told["registers"])
    clean = rounds.summaries[1]
    assert {one["joins"] + one["leaves"] for one in clean["registers"]} == {0}


def test_code_lists_that_were_brought_are_used_and_named(rounds: Rounds) -> None:
    states = [
        {
            part["state"]
            for one in told["registers"]
            for part in one["clusters"]
            if part["cluster"] == "AST_COD"
        }
        for told in rounds.summaries
    ]
    assert states == [{"starter"}, {"starter"}, {"loaded"}]
    names = [one["name"] for one in json_of(rounds.run(3) / "manifest.json")["definitions"]]
    assert names[-2:] == ["code lists of registers 1", "agreed differences 2"]


def test_the_same_seed_draws_the_same_patients(rounds: Rounds) -> None:
    samples = [one["sample"] for one in rounds.summaries]
    assert [(one["seed"], one["size"]) for one in samples] == [(7, 3)] * 3
    assert samples[0]["patients"] == samples[1]["patients"] == samples[2]["patients"]


def test_the_report_of_such_a_run_has_every_section(rounds: Rounds) -> None:
    page = (rounds.run(3) / "report.html").read_text("utf-8")
    absent = [one.id for one in SECTIONS if f'<h2 id="{one.id}">' not in page]
    assert absent == ["documents"], "no files of documents were given"


def test_a_pack_of_a_real_run_proves_itself(rounds: Rounds) -> None:
    pack, private = rounds.folder / "pack.zip", rounds.folder / "private.zip"
    more = ("--agreed", rounds.folder / "agreed.yaml", "--with-private", private)
    assert godwit("pack", rounds.run(3), "--out", pack, *more).code == 0
    proved = godwit("run", "verify", pack, "--private", private, "--json").answer
    assert proved["private_checked"]
    assert proved["statement_made_again"] == ["statement.html", "statement.pdf"]


# What is told of a run that cannot see -------------------------------------------------------------------------


def test_a_rule_that_accepts_everything_makes_the_control_fail_and_the_report_say_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    twin = make_twin(PAIR, tmp_path / "twin", SIZE, SEED)
    monkeypatch.setattr("godwit.records.compare.rules.accepts", lambda *_: True)
    summary = compared(twin.folder / "source", twin.folder / "target", "--out", tmp_path / "run").answer
    assert 0 < summary["control"]["found"] < summary["control"]["planted"]
    assert summary["control"]["missed"]
    page = (tmp_path / "run" / "report.html").read_text("utf-8")
    assert "This run overlooks faults. Do not rely on it." in page
    assert "Sign nothing on the strength of this run." in page
    assert "Every record is accounted for." not in page
    assert "Do not rely on this run" in godwit("run", "show", tmp_path / "run").out


# Maps ----------------------------------------------------------------------------------------------------------

READ, SNOMED = "22A..", "27113001"
MAP = f"from_system,from_code,to_system,to_code,quality\nread2,{READ},snomed,{SNOMED},exact\n"


def test_a_map_makes_two_codes_one_concept(tmp_path: Path) -> None:
    read = made.good_message().replace(
        f'code="{SNOMED}" codeSystem="2.16.840.1.113883.2.1.3.2.4.15"'.encode(),
        f'code="{READ}" codeSystem="2.16.840.1.113883.2.1.6.2"'.encode(),
    )
    assert READ.encode() in read
    source = write_folder(tmp_path / "source", {"one.xml": read})
    target = write_folder(tmp_path / "target", {"one.json": made.good_bundle()})
    mapped = tmp_path / "map.csv"
    mapped.write_text(MAP, encoding="utf-8")
    without = compared(source, target, "--out", tmp_path / "without").answer
    with_map = compared(source, target, "--map", mapped, "--out", tmp_path / "with").answer
    assert "observation.code.changed" in causes(without)
    assert "observation.code.changed" not in causes(with_map)
    names = [one["name"] for one in json_of(tmp_path / "with" / "manifest.json")["definitions"]]
    assert names[-1] == "code map 1"
