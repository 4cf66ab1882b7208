"""However a supplier packs, names, orders and writes the files of an extract, what is in it is the same."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pysequoia
import pytest

from godwit.synth.faults import read_plan
from tests.support import bulk_deliveries as made
from tests.support.archives import split, zipped
from tests.support.bulk_deliveries import (
    LOOSE,
    PLAIN,
    Sheets,
    Style,
    compared,
    files_of,
    sheets_of,
    write,
    zip_of,
)
from tests.support.commands import godwit, rows_of

pytestmark = pytest.mark.usefixtures("no_control")

SYSTEMS = ("emis", "tpp", "vision")
KEY = pysequoia.Tsk.generate("A practice <practice@example.org>")


@pytest.fixture(scope="module")
def delivered(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """One made-up practice of each system, as a folder."""
    room = tmp_path_factory.mktemp("delivered")
    return {system: made.practice(system, room / system) for system in SYSTEMS}


@pytest.fixture
def key(tmp_path: Path) -> Path:
    path = tmp_path / "key.asc"
    path.write_bytes(bytes(KEY))
    return path


def encrypted(files: dict[str, bytes]) -> dict[str, bytes]:
    """Every file encrypted for the practice."""
    to = [KEY.extract_certificate()]
    return {f"{name}.gpg": pysequoia.encrypt(data, recipients=to) for name, data in files.items()}


# One content, many forms --------------------------------------------------------------------------------------


def emis_written_loosely(sheets: Sheets, room: Path) -> Path:
    """A zip; lines end with LF; a byte order mark; bare GUIDs; quotes where needed; columns and rows anyhow."""
    changed = made.rows_shuffled(made.columns_shuffled(made.bare_guids(sheets)))
    return zip_of(files_of(changed, LOOSE), room / "a.zip")


def emis_zips_in_a_zip(sheets: Sheets, room: Path) -> Path:
    """A zip for every file, in a zip; Windows-1252; names of columns in small letters."""
    style = Style(encoding="cp1252", quoting=csv.QUOTE_MINIMAL)
    files = files_of(made.small_headers(sheets), style)
    return zip_of({f"in/{name}.zip": zipped({name: data}) for name, data in files.items()}, room / "b.zip")


def emis_zip_in_parts(sheets: Sheets, room: Path) -> Path:
    """A zip in parts, its files of other processing numbers."""
    room.mkdir()
    split(zipped(files_of(made.renumbered(sheets))), 20_000, room, "delivery")
    return room


def emis_nameless(sheets: Sheets, room: Path) -> Path:
    """Files whose names say nothing."""
    return write(files_of(made.nameless(sheets)), room)


def emis_encrypted(sheets: Sheets, room: Path) -> Path:
    """Every file encrypted."""
    return write(encrypted(files_of(sheets)), room)


def tpp_zip_in_parts(sheets: Sheets, room: Path) -> Path:
    """A zip in parts, in a folder of the run; UTF-8; lines end with LF; columns in another order."""
    (room / "20270301_0100").mkdir(parents=True)
    files = files_of(made.columns_shuffled(sheets), LOOSE)
    split(zipped(files), 20_000, room / "20270301_0100", "SRExtract")
    return room


def tpp_zip_encrypted(sheets: Sheets, room: Path) -> Path:
    """A zip, encrypted whole."""
    return write(encrypted({"SRExtract.zip": zipped(files_of(sheets, Style("cp1252")))}), room)


def vision_zips(sheets: Sheets, room: Path) -> Path:
    """A zip for each group of files, all quoted."""
    group = {"patient": "PATIENT", "journal": "CLINICAL", "encounter": "CLINICAL", "referral": "CLINICAL"}
    zips: dict[str, dict[str, bytes]] = {}
    for name, data in files_of(sheets, PLAIN).items():
        kind = next((zip_ for part, zip_ in group.items() if part in name), "ADMIN")
        zips.setdefault(f"FULL_{kind}_Z99999-(V)-V1.0.0_2027-03-01-010000.zip", {})[name] = data
    return write({name: zipped(files) for name, files in zips.items()}, room)


FORMS: list[tuple[str, Callable[[Sheets, Path], Path]]] = [
    ("emis", emis_written_loosely),
    ("emis", emis_zips_in_a_zip),
    ("emis", emis_zip_in_parts),
    ("emis", emis_nameless),
    ("emis", emis_encrypted),
    ("tpp", tpp_zip_in_parts),
    ("tpp", tpp_zip_encrypted),
    ("vision", vision_zips),
]


@pytest.mark.parametrize(("system", "form"), FORMS, ids=[form.__name__ for _, form in FORMS])
def test_the_form_of_a_delivery_changes_nothing(
    delivered: dict[str, Path],
    tmp_path: Path,
    key: Path,
    system: str,
    form: Callable[[Sheets, Path], Path],
) -> None:
    other = form(sheets_of(delivered[system], system), tmp_path / "other")
    outcome = godwit("delta", delivered[system], other, "--out", tmp_path / "run", "--key", key, "--json")
    assert outcome.code == 0, outcome.err
    told = outcome.answer
    assert told["totals"]["same"] == told["totals"]["before"] == told["totals"]["after"] > 500
    assert [told["totals"][name] for name in ("changed", "added", "deleted")] == [0, 0, 0]
    assert told["after"]["warnings"] == told["before"]["warnings"] == []
    assert told["rejected"] == []


def test_shuffled_files_rows_and_columns_give_the_same_findings_and_books(tmp_path: Path) -> None:
    plan = read_plan("faults: {all: 1}")
    twin = made.practice("emis", tmp_path / "twin", twin="tpp", faults=plan)
    source, target = (
        sheets_of(twin / side, system) for side, system in (("source", "emis"), ("target", "tpp"))
    )
    source = made.bare_guids(made.nameless(made.rows_shuffled(made.columns_shuffled(source))))
    write(files_of(source, LOOSE), tmp_path / "source")
    target = made.rows_shuffled(made.columns_shuffled(target))
    zip_of(files_of(target, LOOSE), tmp_path / "target.zip")
    plain = compared(twin / "source", twin / "target", tmp_path / "plain")
    other = compared(tmp_path / "source", tmp_path / "target.zip", tmp_path / "other")
    for name in ("entities", "issues", "losses", "not_compared", "patients", "rejected", "set_aside"):
        assert plain[name] == other[name], name
    assert _causes(plain) == _causes(other)
    rows = [rows_of(tmp_path / run / "findings.parquet") for run in ("plain", "other")]
    assert len(rows[0]) > 20
    assert made.without_numbers(rows[0]) == made.without_numbers(rows[1])


def _causes(summary: dict[str, Any]) -> list[str]:
    return sorted(
        str({name: value for name, value in one.items() if name not in ("cause", "example")})
        for one in summary["causes"]
    )
