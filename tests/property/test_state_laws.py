"""A supplier's world goes its way; its bulk extracts and deltas are told from it, and our state must follow.

The supplier tells tables one by one: removing a patient sends no word of the patient's records, and a patient who
returns does not bring them again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from random import Random
from typing import TypeVar

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from godwit.records.errors import InputRefused
from tests.support.series import RULES, File, Row, batch, settled

few = settings(max_examples=10, deadline=None, phases=[Phase.explicit, Phase.reuse, Phase.generate])
"""Each example settles whole sides; shrinking one would take minutes, and the worlds are small as they are."""

Key = tuple[str, str]
K = TypeVar("K")
PATIENTS = ("p1", "p2", "p3")
ENTRIES = tuple((pat, ident) for pat in PATIENTS for ident in ("e1", "e2"))


@dataclass(frozen=True)
class World:
    """Patients who are there, with their names; every entry the supplier keeps, with its text."""

    patients: dict[str, str] = field(default_factory=dict)
    entries: dict[Key, str] = field(default_factory=dict)
    sessions: dict[str, str] = field(default_factory=dict)

    def bulk(self) -> dict[str, list[Row]]:
        """What a bulk extract shows: nothing of a patient who is not there."""
        seen = {key: text for key, text in self.entries.items() if key[0] in self.patients}
        return {
            "Patient": [_patient(pat, name) for pat, name in self.patients.items()],
            "Entry": [_entry(key, text) for key, text in seen.items()],
            "Session": [_session(key, place) for key, place in self.sessions.items()],
        }

    def delta(self, before: World) -> dict[str, list[Row]]:
        """What became of each table since `before`."""
        return {
            "Patient": list(_changes(before.patients, self.patients, _patient)),
            "Entry": list(_changes(before.entries, self.entries, _entry)),
            "Session": list(_changes(before.sessions, self.sessions, _session)),
        }


def _patient(pat: str, name: str | None) -> Row:
    return {"Pat": pat, "Org": "A", "Name": name, "Gone": name is None, "Turn": 1}


def _entry(key: Key, text: str | None) -> Row:
    return {"Pat": key[0], "Id": key[1], "Org": "A", "Text": text, "Gone": text is None, "Turn": 1}


def _session(key: str, place: str | None) -> Row:
    return {"Id": key, "Org": "A", "Place": place, "Gone": place is None, "Turn": 1}


def _changes(
    before: Mapping[K, str], after: Mapping[K, str], row: Callable[[K, str | None], Row]
) -> Iterator[Row]:
    for key in {**before, **after}:
        if before.get(key) != after.get(key):
            yield row(key, after.get(key))


texts = st.sampled_from(["a", "b", "c"])
worlds = st.builds(
    World,
    st.dictionaries(st.sampled_from(PATIENTS), texts),
    st.dictionaries(st.sampled_from(ENTRIES), texts),
    st.dictionaries(st.sampled_from(["s1", "s2"]), texts),
)
histories = st.lists(worlds, min_size=2, max_size=5)


def told(history: Sequence[World]) -> list[World]:
    """The worlds as the supplier can tell them: it holds no record of somebody who has never been a patient."""
    seen: set[str] = set()
    found = []
    for world in history:
        seen |= world.patients.keys()
        entries = {key: text for key, text in world.entries.items() if key[0] in seen}
        found.append(World(world.patients, entries, world.sessions))
    return found


def series(history: Sequence[World]) -> list[File]:
    """A bulk of the first world and a delta for every later one."""
    worlds = told(history)
    files = batch(1, worlds[0].bulk())
    for number, (before, after) in enumerate(pairwise(worlds), start=2):
        files += batch(number, after.delta(before))
    return files


def state_of(files: Sequence[File]) -> dict[str, list[tuple[object, ...]]]:
    with settled(files) as one:
        assert one.balanced()
        return {name: list(one.rows(name)) for name in ("Patient", "Entry", "Session")}


@given(histories)
@few
def test_a_bulk_and_its_deltas_give_the_later_bulk(history: list[World]) -> None:
    assert state_of(series(history)) == state_of(batch(1, history[-1].bulk()))


@given(histories, st.randoms(use_true_random=False))
@few
def test_any_order_of_the_files_gives_the_same_state(history: list[World], random: Random) -> None:
    files = series(history)
    shuffled = random.sample(files, len(files))
    assert state_of(shuffled) == state_of(files)


@given(histories)
@few
def test_a_delta_applied_twice_changes_nothing(history: list[World]) -> None:
    files = series(history)
    last = len(history)
    again = [File(one.name.replace(f"{last}_", f"{last + 1}_", 1).replace(f"{last:02d}0000", f"{last + 1:02d}0000"),
                  one.table, one.rows) for one in files if one.name.startswith(f"{last}_")]  # fmt: skip
    assert state_of([*files, *again]) == state_of(files)


@given(st.lists(worlds, min_size=3, max_size=5), st.data())
@few
def test_a_gap_stops(history: list[World], data: st.DataObject) -> None:
    lost = data.draw(st.integers(2, len(history) - 1))
    files = [one for one in series(history) if not one.name.startswith(f"{lost}_")]
    never_a_bulk = RULES.model_copy(update={"rebulk_patients": 1000})
    """Three patients all changed look like a new bulk extract, which needs nothing before it."""
    with pytest.raises(InputRefused, match=r"delta\.gap"), settled(files, never_a_bulk):
        pass


@given(histories, st.sampled_from(PATIENTS))
@few
def test_a_removal_withholds_and_a_return_frees(history: list[World], pat: str) -> None:
    files, last = series(history), told(history)[-1]
    there = World({**last.patients, pat: "a"}, last.entries, last.sessions)
    away = World(
        {key: name for key, name in there.patients.items() if key != pat}, last.entries, last.sessions
    )
    at = len(history)
    files += batch(at + 1, there.delta(last))
    before = state_of(files)
    files += batch(at + 2, away.delta(there))
    with settled(files) as one:
        assert one.balanced()
        assert all(row[0] != pat for row in one.rows("Entry", "Pat"))
        held = sum(row[0] == pat for row in before["Entry"])
        assert one.fates().get(("Entry", "withheld_with_patient"), 0) >= held
    assert state_of([*files, *batch(at + 3, there.delta(away))]) == before
