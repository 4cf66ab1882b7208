"""Whatever happens to the bytes and names of an extract's files: no trace, no unbalanced run, no value in an error.

Every mutation goes through the command, the extract against itself unharmed; a target for each reader. Time is bounded
by the number of examples: some three seconds each. GODWIT_FUZZ=200 goes on for half an hour.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.support import bulk_deliveries as made
from tests.support.books import faults
from tests.support.commands import Outcome, godwit
from tests.support.no_control import without_control

SYSTEMS = ("emis", "tpp", "vision", "gp2gp", "gpconnect")
EXAMPLES = int(os.environ.get("GODWIT_FUZZ", "4"))
BOUNDED = settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=True,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=list(HealthCheck),
)
NASTY = (
    b'"', b'""', b"\n", b"\r", b"\r\n", b",", b"\0", b"\xff", b"\x81", b"\xef\xbb\xbf", b"\xff\xfe", b"-1", b"\\",
    b"{", b"'", b"; DROP TABLE raw;--", b"9" * 40, b"9999-12-31", b"00000000", b"NaN", b"x" * 70_000, b"\xf0\x9f",
)  # fmt: skip
MARK = "Sandpiper"
"""A made-up patient's name; it is put into mutations too, and must never be told."""


@dataclass(frozen=True)
class Mutation:
    """What is done to a file: at a place (a part of its length), over a stretch of it, with some bytes."""

    how: str
    place: float
    stretch: float
    text: bytes

    def of(self, data: bytes) -> bytes:
        """The file's bytes afterwards."""
        at = int(self.place * len(data))
        end = min(len(data), at + max(1, int(self.stretch * 400)))
        if self.how == "put":
            return data[:at] + self.text + data[at:]
        if self.how == "replace":
            return data[:at] + self.text + data[end:]
        if self.how == "cut":
            return data[:at] + data[end:]
        if self.how == "again":
            return data[:end] + data[at:end] + data[end:]
        if self.how == "end":
            return data[:at]
        return data[:at] + bytes(reversed(data[at:end])) + data[end:]


MUTATION = st.builds(
    Mutation,
    st.sampled_from(["put", "replace", "cut", "again", "end", "reverse"]),
    st.floats(0, 1),
    st.floats(0, 1),
    st.sampled_from(NASTY) | st.just(MARK.encode()) | st.binary(max_size=6),
)
NAMES = st.text(st.characters(codec="utf-8", exclude_characters="/\0"), min_size=1, max_size=40)
HARM = st.lists(st.tuples(st.floats(0, 0.999), MUTATION), min_size=1, max_size=4)


@dataclass(frozen=True)
class Scene:
    """An extract unharmed, words of its patients, and a room for the harmed one and its runs."""

    good: Path
    private: frozenset[str]
    room: Path

    def harmed(self, harm: list[tuple[float, Mutation]]) -> Path:
        """The extract with some of its files changed; the larger ones more often."""
        folder = self.room / "harmed"
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(self.good, folder)
        paths = sorted(folder.rglob("*.*"), key=lambda one: (-one.stat().st_size, one.name))
        for which, mutation in harm:
            path = paths[int(which * which * len(paths))]
            path.write_bytes(mutation.of(path.read_bytes()))
        return folder

    def compared(self, folder: Path) -> tuple[Outcome, Path]:
        """What the command says of a folder against the extract unharmed, and where its run would be."""
        run = self.room / "run"
        shutil.rmtree(run, ignore_errors=True)
        return godwit("compare", folder, self.good, "--out", run, "--json"), run


@pytest.fixture(scope="module", params=SYSTEMS)
def scene(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Scene:
    room = tmp_path_factory.mktemp(request.param)
    good = made.practice(request.param, room / "good", patients=2)
    return Scene(good, frozenset(private(good)) | {MARK}, room)


def private(folder: Path) -> Iterator[str]:
    """The patients' NHS numbers."""
    for path in folder.rglob("*.*"):
        yield from (one.decode() for one in re.findall(rb"(?<!\d)9\d{9}(?!\d)", path.read_bytes()))


@BOUNDED
@given(harm=HARM)
def test_a_harmed_extract_is_refused_or_read_to_the_last_record(
    scene: Scene, harm: list[tuple[float, Mutation]]
) -> None:
    outcome, run = scene.compared(scene.harmed(harm))
    assert outcome.code in (0, 1, 3), outcome.err[-500:]
    assert "Traceback" not in outcome.out + outcome.err
    assert [one for one in scene.private if one in outcome.err] == []
    if outcome.code == 3:
        assert [one for one in scene.private if one in outcome.out] == []
        assert not run.exists()
    else:
        assert faults(run) == []


@settings(BOUNDED, max_examples=max(2, EXAMPLES // 4))
@given(
    name=st.text(st.characters(codec="utf-8", exclude_characters="/\0"), max_size=30), kept=st.floats(0, 1)
)
def test_a_file_of_any_name_is_refused_or_taken(scene: Scene, name: str, kept: float) -> None:
    """A name may hold anything, a patient's too; it never reaches a person, nor SQL."""
    folder = scene.harmed([])
    path = max(folder.rglob("*.*"), key=lambda one: one.stat().st_size)
    path.rename(path.with_name(f"{MARK} {path.name[: int(kept * len(path.name))]}{name}{path.suffix}"))
    with without_control():  # which never sees a name
        outcome, run = scene.compared(folder)
    assert outcome.code in (0, 1, 3), outcome.err[-500:]
    assert MARK not in outcome.err
    assert faults(run) == [] if outcome.code != 3 else not run.exists()
