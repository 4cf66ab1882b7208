"""No value of a bulk extract gets out: the canary of `test_canary.py`, for EMIS, TPP and Vision.

Nearly every cell about a patient is a token. Commands succeed and fail over them, and no token may show for everyone;
the private files of a run must show them.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from itertools import chain
from pathlib import Path
from zipfile import ZipFile

import duckdb
import pytest

from tests.house.test_canary import broken, engine, silent, told, wounds
from tests.support import bulk_deliveries as made
from tests.support.bulk_canaries import Mask, words_of_codes
from tests.support.bulk_deliveries import ENCODINGS, Sheets, Style, files_of, sheets_of, write, zip_of
from tests.support.canaries import Tokens, inside
from tests.support.commands import godwit, names_in, rows_of

SYSTEMS = ("emis", "tpp", "vision")
EVERYONES = ("manifest.json", "summary.json", "report.html")


@pytest.fixture(scope="module")
def masked(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], tuple[Sheets, Sheets]]:
    """For a system: both sides of a practice, masked; what belongs to its entries differs."""
    room = tmp_path_factory.mktemp("plain")
    done: dict[str, tuple[Sheets, Sheets]] = {}

    def of(system: str) -> tuple[Sheets, Sheets]:
        if system not in done:
            sheets = sheets_of(made.practice(system, room / system, 4, density=0.02), system)
            mask = Mask(system, Tokens())
            done[system] = (mask.masked(sheets), mask.masked(sheets))
        return done[system]

    return of


@pytest.fixture(scope="module")
def place(
    masked: Callable[[str], tuple[Sheets, Sheets]], tmp_path_factory: pytest.TempPathFactory
) -> Callable[[str], Path]:
    """For a system: `source`, `target` and their `run`. Folders, a lost file and a bad line have tokens too."""
    room = tmp_path_factory.mktemp("canary")

    def of(system: str) -> Path:
        folder = room / system
        if not folder.exists():
            for side, sheets in zip(("source", "target"), masked(system), strict=True):
                files = files_of(sheets, Style(ENCODINGS[system]))
                write(files, folder / side / "zq7qz")
                write({"zq8qz/9990000018.csv": b'"zq9qz"\r\n"zq10qz"\r\n'}, folder / side)
                with next((folder / side / "zq7qz").glob("*[!t]*Code*.csv"), _journal(folder / side)).open(
                    "ab"
                ) as file:
                    file.write(b'"zq11qz","zq12qz"\r\n"zq13qz" zq14qz\r\n')
            silent("compare", folder / "source", folder / "target", "--out", folder / "run", code=0)
        return folder

    return of


def _journal(folder: Path) -> Path:
    return next(iter(sorted((folder / "zq7qz").glob("*journal*"))), folder)


@pytest.mark.parametrize("system", SYSTEMS)
def test_the_extracts_are_full_of_tokens_and_the_private_files_show_them(
    place: Callable[[str], Path], masked: Callable[[str], tuple[Sheets, Sheets]], system: str
) -> None:
    cells = [cell for one in masked(system)[0] for line in one.lines for cell in line if inside(cell)]
    assert len(set(cells)) > 200
    run = place(system) / "run"
    tokens = inside((run / "records.html").read_text("utf-8"))
    for name in ("findings", "rejects"):
        tokens += [token for row in rows_of(run / f"{name}.parquet") for token in inside(str(row))]
    assert len(set(tokens)) > 100
    assert rows_of(run / "rejects.parquet")


@pytest.mark.parametrize("system", SYSTEMS)
def test_the_files_and_names_for_everyone_show_none(place: Callable[[str], Path], system: str) -> None:
    run = place(system) / "run"
    for name in EVERYONES:
        assert inside((run / name).read_text("utf-8")) == [], name
    assert [name for name in names_in(run) if inside(name)] == []


@pytest.mark.parametrize("system", SYSTEMS)
def test_no_other_command_shows_one(place: Callable[[str], Path], tmp_path: Path, system: str) -> None:
    folder = place(system)
    source, target = folder / "source", folder / "target"
    silent("run", "show", folder / "run", code=0)
    silent("run", "verify", folder / "run", code=0)
    silent("extract", "inspect", source, code=0)
    silent("delta", source, target, "--out", tmp_path / "delta", code=0)
    for name in EVERYONES:
        assert inside((tmp_path / "delta" / name).read_text("utf-8")) == [], name
    document = tmp_path / "document.yaml"
    assert told(godwit("extract", "describe", source, "--out", document)) == []
    assert inside(document.read_text("utf-8")) == []
    silent("extract", "lint", source, "--document", document)


@pytest.mark.parametrize("system", SYSTEMS)
def test_a_profile_shows_the_words_of_codes_and_nothing_else(
    place: Callable[[str], Path], masked: Callable[[str], tuple[Sheets, Sheets]], tmp_path: Path, system: str
) -> None:
    words = words_of_codes(masked(system)[0], system)
    source, run = place(system) / "source", tmp_path / "profile"
    outcome = godwit("extract", "profile", source, "--out", run, "--json")
    assert outcome.code == 0
    with ZipFile(run / "cleanup.xlsx") as book:
        sheets = "".join(book.read(name).decode() for name in book.namelist())
    texts = [outcome.out, outcome.err, sheets, *((run / name).read_text("utf-8") for name in EVERYONES)]
    for text in texts:
        assert {token.lower() for token in inside(text)} <= words
    private = [token for row in rows_of(run / "records.parquet") for token in inside(str(row))]
    assert set(private) - words


# Files that cannot be read ------------------------------------------------------------------------------------

WOUNDED = {"emis": "CareRecord_Observation", "tpp": "SRCode", "vision": "journal"}


@pytest.mark.parametrize("system", SYSTEMS)
def test_no_wound_tells(masked: Callable[[str], tuple[Sheets, Sheets]], tmp_path: Path, system: str) -> None:
    sheets = [one for one in masked(system)[0] if WOUNDED[system] in one.name or "atient" in one.name]
    files = files_of(sheets, Style(ENCODINGS[system]))
    (name,) = (
        one for one in files if WOUNDED[system] in one and "Referral" not in one and "CodeD" not in one
    )
    codes = set()
    for data in [*wounds(files[name])][::17]:
        bad = write({**files, name: data}, tmp_path / "zq1qz")
        outcome = godwit("extract", "inspect", bad, "--json")
        assert told(outcome) == []
        codes.add(outcome.code)
    assert codes <= {0, 3}


@pytest.mark.parametrize("system", SYSTEMS)
def test_no_wounded_zip_tells(
    masked: Callable[[str], tuple[Sheets, Sheets]], tmp_path: Path, system: str
) -> None:
    files = files_of(masked(system)[0], Style(ENCODINGS[system]))
    whole = zip_of({f"zq1qz/{name}": data for name, data in files.items()}, tmp_path / "zq2qz.zip")
    data = whole.read_bytes()
    for wound in chain([*wounds(data)][::41], [data[:-1]]):
        whole.write_bytes(wound)
        assert told(godwit("extract", "inspect", whole, "--json")) == []


@pytest.mark.parametrize("system", ["emis", "tpp"])
@pytest.mark.parametrize(
    "header", [b'"zq1qz","zq2qz"\r\n', b"", b"zq1qz", b'"zq1qz', b"\xff\xfez\x00q\x001\x00"]
)
def test_no_header_tells(
    masked: Callable[[str], tuple[Sheets, Sheets]], tmp_path: Path, system: str, header: bytes
) -> None:
    files = files_of(masked(system)[0], Style(ENCODINGS[system]))
    name = next(one for one in files if WOUNDED[system] in one)
    bad = write({**files, name: header + files[name].split(b"\r\n", 1)[1]}, tmp_path / "zq3qz")
    silent("extract", "inspect", bad)
    silent("compare", bad, bad, "--out", tmp_path / "run", code=3)
    assert names_in(tmp_path) == ["zq3qz"]


# Everything that can fail on the way --------------------------------------------------------------------------

ROOM = "godwit.records.bulk"
FAILURES: dict[str, tuple[Callable[[pytest.MonkeyPatch], None], int]] = {
    "the engine while staging": (engine("stage ", duckdb.ConversionException), 5),
    "the engine while listing issues": (engine("issues of", duckdb.InvalidInputException), 5),
    "the engine while settling": (engine("state of", duckdb.IOException), 6),
    "the engine while converting": (engine("made_source.observation", duckdb.BinderException), 5),
    "the engine while writing rows": (engine("canonical_source", duckdb.IOException), 6),
    "the engine out of memory": (engine("canonical.observation", duckdb.OutOfMemoryException), 6),
    "the second witness": (broken(f"{ROOM}.staging.witness", OSError(5, "Input/output error", "zq1qz")), 6),
    "a codec": (broken(f"{ROOM}.staging.readable", UnicodeDecodeError("utf-8", b"zq1qz", 0, 1, "zq1qz")), 5),
    "the opening of a file": (broken(f"{ROOM}.recognise.opening_of", OSError(2, "gone", "zq1qz")), 6),
    "a layout": (broken(f"{ROOM}.loading.recognise", KeyError("zq1qz")), 5),
    "unpacking": (broken(f"{ROOM}.loading.unpacked", RuntimeError("zq1qz")), 5),
    "the order of deltas": (broken(f"{ROOM}.state.in_order", ValueError("zq1qz")), 5),
    "no memory": (broken(f"{ROOM}.loading.convert", MemoryError("zq1qz")), 6),
    "a person": (broken(f"{ROOM}.loading.choose_practice", KeyboardInterrupt("zq1qz")), 130),
}  # fmt: skip


@pytest.mark.parametrize(("patch", "code"), FAILURES.values(), ids=FAILURES)
def test_no_failure_tells(
    place: Callable[[str], Path],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    patch: Callable[[pytest.MonkeyPatch], None],
    code: int,
) -> None:
    folder = place("vision")
    patch(monkeypatch)
    outcome = godwit("compare", folder / "source", folder / "target", "--out", tmp_path / "run", "--json")
    assert told(outcome) == []
    assert outcome.code == code, outcome.err
    assert json.loads(outcome.out)["error"]["because"] in outcome.err
    assert names_in(tmp_path) == []
