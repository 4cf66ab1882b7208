"""The parts of the report about agreed differences and rounds say what the summary says, and nothing of people."""

import re
from pathlib import Path
from typing import Any

import pytest

from godwit.records.agreed.applying import AgreedUse, Use, agreed_rows
from godwit.records.evidence.agreed_tables import agreed_section
from godwit.records.evidence.pages import template
from godwit.records.evidence.rounds_tables import rounds_section
from tests.support.agreeing import agreement
from tests.support.rounds_of import Entry, Series, Trial, Wrong

TRIAL = Trial((Entry(1, "a"), Entry(2, "b")), (Wrong(0), Wrong(1)))


def words(html: str) -> str:
    said = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))
    return said.replace(" .", ".").replace(" ,", ",")


def agreed_html(*uses: AgreedUse) -> str:
    return template("agreed.html.jinja").render(part=agreed_section({"agreed": agreed_rows(uses)}))


def rounds_html(row: dict[str, Any]) -> str:
    return template("rounds.html.jinja").render(part=rounds_section({"rounds": row}))


def test_without_agreements_or_rounds_there_is_no_section() -> None:
    assert agreed_section({}) is None
    assert agreed_section({"agreed": []}) is None
    assert rounds_section({}) is None


@pytest.mark.parametrize(
    "use", ["holds", "not_met", "outside", "expired", "proposed", "withdrawn", "other_systems"]
)
def test_every_use_can_be_shown(use: Use) -> None:
    assert "A1" in agreed_html(AgreedUse(agreement(), use, 4, 2))


def test_an_agreement_that_holds() -> None:
    said = words(agreed_html(AgreedUse(agreement(), "holds", 3, 2)))
    assert "1 agreement holds in this run, for 3 findings." in said
    assert "Lead GP approved on 21 November 2026" in said
    assert "30 June 2027" in said
    assert "not what was agreed" not in said
    assert not [one for one in ("Ann Lee", "Sam Roe", "newer term") if one in said]


def test_a_run_beyond_what_was_agreed_says_so_first() -> None:
    html = agreed_html(
        AgreedUse(agreement(), "holds", 3, 2), AgreedUse(agreement(id="A2"), "outside", 812, 400)
    )
    said = words(html)
    assert "A2: 812 findings on 400 patients, and 3 on 2 were approved." in said
    assert said.index(" A2 ") < said.index(" A1 ")


def test_the_first_round_says_how_to_go_on(tmp_path: Path) -> None:
    series = Series(tmp_path)
    series.go(TRIAL)
    said = words(rounds_html(series.row))
    assert "Round 1 of at most 5." in said
    assert "--previous RUN" in said


def test_the_second_round(tmp_path: Path) -> None:
    series = Series(tmp_path)
    series.go(TRIAL)
    series.go(TRIAL.but(wrong=(Wrong(0),), target="t2", rules="r2"))
    html = rounds_html(series.row)
    said = words(html)
    assert "Round 2 of at most 5." in said
    assert "1 finding was fixed, 1 is still there, 0 are new." in said
    assert "the same extract as in round 1" in said
    assert "rules have changed" in said
    assert "come back" not in said
    ids = re.findall(r'\bid="([^"]+)"', html)
    assert len(ids) == len(set(ids))


def test_what_came_back_and_what_nobody_can_tell(tmp_path: Path) -> None:
    series = Series(tmp_path)
    series.go(TRIAL)
    series.go(TRIAL.but(wrong=(Wrong(0),), target="t2"))
    series.go(TRIAL.but(entries=TRIAL.entries[1:], wrong=(Wrong(0),), source="s2", target="t3"))
    said = words(rounds_html(series.row))
    assert "1 had been fixed and has come back" in said
    assert "Of 1 finding it cannot be told" in said


def test_what_is_open_stands_first_and_what_is_wholly_fixed_is_folded(tmp_path: Path) -> None:
    series = Series(tmp_path)
    series.go(TRIAL)
    series.go(TRIAL.but(wrong=(Wrong(0),), target="t2"))
    none = {"regressed": 0, "still": 0, "new": 0, "fixed": 0, "gone": 0}
    about = {"entity": "allergy", "outcome": "missing", "severity": "low", "first_round": 1}
    states = {
        "Fixed": {"fixed": 9},
        "Kept": {"still": 2},
        "Mixed": {"still": 1, "fixed": 1},
        "Lost": {"gone": 1},
    }
    causes = [{**about, **none, **counts, "cause": title, "title": title} for title, counts in states.items()]
    part = rounds_section({"rounds": {**series.row, "causes": causes}})
    assert part is not None
    table = part["table"]
    assert [row[1].text for row in table.open_rows] == ["Mixed", "Lost", "Kept"]
    assert [row[1].text for row in table.folded_rows] == ["Fixed"]


def test_beyond_the_limit_somebody_has_to_be_told(tmp_path: Path) -> None:
    series = Series(tmp_path)
    for number in range(6):
        series.go(TRIAL.but(target=f"t{number}"))
        if series.row["round"] == 4:
            assert "One round is left" in words(rounds_html(series.row))
    assert "Escalate" in words(rounds_html(series.row))


def test_no_patient_is_in_what_is_open(tmp_path: Path) -> None:
    series = Series(tmp_path)
    series.go(TRIAL)
    assert any("9000000001" in one["patient"] for one in series.memory)
    assert "900000000" not in rounds_html(series.row)
