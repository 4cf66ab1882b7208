"""The file of a practice's agreed differences: read as a whole, only ever added to.

A decision is added as text at the end, so that what is there, comments of people included, stays letter for letter.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import yaml

from godwit.definitions.errors import DefinitionError
from godwit.definitions.read import Definition, parse_text
from godwit.records.agreed.agreement import Agreement, Entry
from godwit.records.agreed.deciding import agreements
from godwit.records.errors import InputRefused, MachineRefused

HEADER = """\
# Differences between two systems that named people have accepted. Kept by: godwit agreed propose, approve, withdraw.
# Every decision stands below in the order in which it was taken, and none is ever rewritten: to change one, withdraw
# it and propose it anew. Remarks of your own may stand behind a hash sign. No patient's details belong in here.
version: 1
entries:
"""
LONGEST = 5_000_000
"""A file with more characters than this is none of ours."""

_ITEM = re.compile(r"^( *)- ", re.MULTILINE)


class _File(Definition):
    version: Literal[1]
    entries: tuple[Entry, ...]


class _One(Definition):
    entry: Entry


@dataclass(frozen=True, slots=True)
class AgreedFile:
    """What a file says: its text, its entries, and the agreements they come to, by id."""

    path: Path
    text: str = ""
    entries: tuple[Any, ...] = ()
    agreements: Mapping[str, Agreement] = field(default_factory=dict)

    @property
    def next_id(self) -> str:
        """The first id that no proposal has yet."""
        return f"A{1 + max((int(one[1:]) for one in self.agreements), default=0)}"


def read_agreed(path: Path) -> AgreedFile:
    """The file at `path`. Raises `InputRefused` naming the file, the line or agreement, and the rule."""
    try:
        text = path.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError):
        because = "there is no such file, or it is not a text in UTF-8"
        raise InputRefused("agreed.unreadable", because, path.name) from None
    return _read(path, text)


def read_or_new(path: Path) -> AgreedFile:
    """The file at `path`; an empty one where there is none yet. Raises `InputRefused`."""
    return read_agreed(path) if path.exists() else AgreedFile(path)


def add(file: AgreedFile, entry: Mapping[str, object]) -> AgreedFile:
    """Add one decision and write the file, all or nothing; returns it as it is then.

    Raises `InputRefused` where the decision may not be taken or the file was changed meanwhile, and
    `MachineRefused` where the disk does not take it.
    """
    _require_sound(entry)
    text = file.text or HEADER
    said = yaml.safe_dump([dict(entry)], sort_keys=False, allow_unicode=True, width=110)
    first = _ITEM.search(text, text.find("entries:"))
    indented = re.sub(r"^(?=.)", first[1] if first else "", said, flags=re.MULTILINE)
    added = _read(file.path, f"{text.rstrip()}\n{indented}")
    if added.entries[:-1] != file.entries:
        raise InputRefused("agreed.layout", "the entries are not the last thing in it", file.path.name)
    _write(file, added.text)
    return added


def _require_sound(entry: Mapping[str, object]) -> None:
    """What is wrong with a decision in itself, said without the place it would have had in the file."""
    try:
        parse_text(_One, "decision", yaml.safe_dump({"entry": dict(entry)}, allow_unicode=True))
    except DefinitionError as error:
        _, inside, because = error.because.partition(f"{entry['did']}.")
        raise InputRefused(error.rule, because if inside else error.because) from None


def _read(path: Path, text: str) -> AgreedFile:
    if len(text) > LONGEST:
        raise InputRefused("agreed.unreadable", "it is far larger than such a file can be", path.name)
    try:
        entries = parse_text(_File, path.name, text).entries
    except DefinitionError as error:
        place = f"{path.name}, line {error.line}" if error.line else path.name
        raise InputRefused(error.rule, error.because, place) from None
    except RecursionError:
        raise InputRefused("agreed.unreadable", "it is nested too deep", path.name) from None
    return AgreedFile(path, text, entries, agreements(entries, path.name))


def _write(file: AgreedFile, text: str) -> None:
    """Write beside the file, then take its place; while the draft is there, nobody else may write."""
    place = file.path.resolve()
    draft = place.with_name(f".{place.name}.new")
    try:
        with draft.open("xb") as written:
            written.write(text.encode("utf-8"))
            written.flush()
            os.fsync(written.fileno())
    except FileExistsError:
        because = (
            "it is being changed at this moment; if nobody does, a command was stopped: remove this draft"
        )
        raise InputRefused("agreed.busy", because, draft.name) from None
    except OSError as error:
        draft.unlink(missing_ok=True)
        raise _not_written(place, error) from None
    try:
        if (place.read_bytes() if place.exists() else b"") != file.text.encode("utf-8"):
            raise InputRefused("agreed.busy", "somebody else has changed it meanwhile", place.name)
        if place.exists():
            shutil.copymode(place, draft)
        draft.replace(place)
    except OSError as error:
        raise _not_written(place, error) from None
    finally:
        draft.unlink(missing_ok=True)


def _not_written(place: Path, error: OSError) -> MachineRefused:
    return MachineRefused("agreed.write", f"it could not be written: {error.strerror}", place.name)
