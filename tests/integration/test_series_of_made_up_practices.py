"""A made-up practice's bulk extract and deltas, in every supplier's shape, give the state of its later bulk extract."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from godwit.cli.delta import make_delta
from godwit.records.bulk.loading import Opening
from godwit.records.evidence.run_folder import Keeper
from tests.support.commands import godwit

# A slot whose patient was taken out of it stays an empty slot; the made-up later extract leaves such slots out.
EMPTIED = {"emis": "Appointment_Slot"}


@pytest.mark.parametrize("system", ["emis", "tpp", "vision"])
def test_the_series_gives_the_later_bulk(system: str, tmp_path: Path) -> None:
    order = ("--patients", 30, "--seed", 3, "--density", 0.05, "--deltas", 2)
    made = godwit("synth", "--system", system, *order, "--out", tmp_path / "made")
    assert made.code == 0, made.err
    series = tmp_path / "series"
    for one in sorted((tmp_path / "made").iterdir()):
        if one.is_dir() and one.name != "later":
            shutil.copytree(one, series / one.name)
    keeper, now = Keeper("somebody", "2026-12-31"), datetime(2026, 2, 1, tzinfo=UTC)
    paths = (series, tmp_path / "made" / "later")
    summary = make_delta(paths, None, tmp_path / "run", keeper, Opening(), quiet=True, now=lambda: now)
    differing = {
        name for name, one in summary["tables"].items() if one["same"] != one["before"] or one["added"]
    }
    assert differing <= {EMPTIED.get(system)}
    assert summary["before"]["extracts"][1]["bulk"] is False
    assert summary["totals"]["same"] > 500
    reasons = {one["reason"] for one in summary["set_aside"]}
    assert "superseded" in reasons
