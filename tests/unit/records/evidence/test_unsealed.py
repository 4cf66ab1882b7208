"""A run from its first moment to its seal, whatever its kind; and nothing of it where it is stopped."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from godwit.records.errors import WrongUse
from godwit.records.evidence.run_folder import Keeper
from godwit.records.evidence.seal import MANIFEST, OUTPUTS, verify
from godwit.records.evidence.unsealed import UnsealedRun, unsealed_run
from godwit.records.facts import FileFacts
from godwit.records.watch import Watch
from tests.support.commands import names_in

START, END = datetime(2027, 3, 2, 12, tzinfo=UTC), datetime(2027, 3, 2, 13, tzinfo=UTC)
KEEPER = Keeper("A. Manager", "2027-12-31")


class Silent:
    """Shows nothing."""

    def begin(self, title: str, parts: int | None = None) -> None:
        """Nothing to show."""

    def advance(self) -> None:
        """Nothing to show."""


def watch() -> Watch:
    moments = iter((START, END))
    return Watch(lambda: next(moments), Silent())


def render(summary: Any, manifest: Any) -> str:
    return f"{summary['run']} ended {manifest['ended_at']}, {'seal' in manifest}\r\n"


def listed(run: UnsealedRun) -> None:
    """What a list is made of, all but what every run has."""
    run.duck.run("rooms", "CREATE SCHEMA ledger")
    run.name_files([FileFacts("source", 1, "one.csv", "one.csv", 3, "ab", "emis", "1", None, 1, 1, 0, 0, 1)])
    run.keep_rows("list.parquet", "SELECT * FROM ledger.file")
    run.keep_sheets("list.xlsx", "A list", [], lambda title, day, _: f"{title} of {day}".encode())
    run.keep_text("columns.yaml", ["a: 1\n", "b: 2\n"])


def made(out: Path) -> Path:
    with unsealed_run("list", out, [], watch(), KEEPER) as run:
        listed(run)
        number = run.id_of(["ab", "cd"])
        run.close({"run": number}, run.manifest(number, [{"name": "one.csv"}], [{"name": "a.yaml"}]), render)
    return out


def test_a_run_is_told_and_sealed(tmp_path: Path) -> None:
    out = made(tmp_path / "run")
    manifest = verify(out)
    assert names_in(out) == sorted((*OUTPUTS["list"], MANIFEST))
    assert (manifest["run"], manifest["kind"]) == ("list-20270302T120000Z-88d4266f", "list")
    assert (manifest["started_at"], manifest["ended_at"]) == (
        "2027-03-02T12:00:00+00:00", "2027-03-02T13:00:00+00:00"
    )  # fmt: skip
    assert manifest["private_part"] == {"owner": "A. Manager", "keep_until": "2027-12-31"}
    assert (manifest["inputs"], manifest["definitions"]) == ([{"name": "one.csv"}], [{"name": "a.yaml"}])


def test_its_files_are_as_they_were_handed_over(tmp_path: Path) -> None:
    out = made(tmp_path / "run")
    assert json.loads((out / "summary.json").read_text(encoding="utf-8")) == {"run": out_id(out)}
    assert (
        out / "report.html"
    ).read_bytes() == f"{out_id(out)} ended 2027-03-02T13:00:00+00:00, False\r\n".encode()
    assert (out / "columns.yaml").read_bytes() == b"a: 1\nb: 2\n"
    assert (out / "list.xlsx").read_bytes() == b"A list of 2027-03-02"


def out_id(out: Path) -> str:
    return str(verify(out)["run"])


@pytest.mark.parametrize("error", [KeyboardInterrupt, ValueError, WrongUse("a.b", "c")])
def test_a_run_that_is_stopped_leaves_nothing(tmp_path: Path, error: Any) -> None:
    def stopped() -> None:
        with unsealed_run("list", tmp_path / "run", [], watch(), KEEPER) as run:
            listed(run)
            raise error

    with pytest.raises(error if isinstance(error, type) else type(error)):
        stopped()
    assert names_in(tmp_path) == []


def test_a_run_is_not_made_in_what_it_reads(tmp_path: Path) -> None:
    """Neither in a delivery nor in the run of the round before, whose seal would break."""
    earlier = made(tmp_path / "run-1")
    with pytest.raises(WrongUse, match=r"run\.inside_delivery"), unsealed_run(
        "compare", earlier / "run-2", [earlier], watch(), KEEPER
    ):  # fmt: skip
        pytest.fail("it was opened")
    assert verify(earlier)
