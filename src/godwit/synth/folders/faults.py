"""Faults of document folders: what may happen to a file on its way, and which checks should then find it under whom."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from godwit.synth.folders.contents import content_of
from godwit.synth.folders.writing import Entry, Owner

Made = tuple[list[Entry], dict[str, Owner | None]]
"""What stands in the target instead of an entry, and what should be found: check -> under whom (None: nobody)."""


@dataclass(frozen=True, slots=True)
class FolderAnswer:
    """What a comparison of the folders should find: a fault, the checks that tell of it, and each check's patient."""

    fault: str
    document: str
    found: Mapping[str, int | None]


def _lost(one: Entry, _: Owner) -> Made:
    return [], {"missing": one.owner, "record_without_file": one.owner}


def _of_another(one: Entry, other: Owner) -> Made:
    return [replace(one, owner=other)], {
        "moved": one.owner, "record_without_file": one.owner, "row_without_record": other,
    }  # fmt: skip


def _copied(one: Entry, other: Owner) -> Made:
    copy = replace(one, owner=other, document=f"{one.document}-copy", path=f"copies/{_name(one)}")
    return [one, copy], {"copy_of_another": other, "row_without_record": other}


def _cut(one: Entry, _: Owner) -> Made:
    return [replace(one, content=_half(one))], {"changed": one.owner, "unopenable": one.owner}


def _cut_later(one: Entry, _: Owner) -> Made:
    cut = replace(one, content=_half(one), stated=one.content)
    return [cut], dict.fromkeys(("changed", "unopenable", "other_hash", "other_size"), one.owner)


def _emptied(one: Entry, _: Owner) -> Made:
    return [replace(one, content=b"")], dict.fromkeys(("changed", "empty"), one.owner)


def _twice(one: Entry, _: Owner) -> Made:
    copy = replace(one, document=f"{one.document}-copy", path=f"copies/{_name(one)}")
    return [one, copy], {"more": one.owner, "row_without_record": one.owner}


def _no_file(one: Entry, _: Owner) -> Made:
    return [replace(one, there=False)], dict.fromkeys(("missing", "row_without_file"), one.owner)


def _no_line(one: Entry, _: Owner) -> Made:
    return [replace(one, listed=False)], {
        "missing": one.owner, "record_without_file": one.owner, "file_without_row": None,
    }  # fmt: skip


def _stranger(one: Entry, _: Owner) -> Made:
    nobody = Owner(0, "9990000018", "01/01/1900", "0")
    return [replace(one, owner=nobody)], {
        "missing": one.owner, "record_without_file": one.owner, "patient_unknown": None,
    }  # fmt: skip


def _converted(one: Entry, _: Owner) -> Made:
    return [replace(one, path=f"{one.path}.txt", content=content_of("txt", one.title))], {
        "changed": one.owner
    }


def _misnamed(one: Entry, _: Owner) -> Made:
    return [replace(one, path=f"{one.path}.doc")], {"misnamed": one.owner}


def _name(one: Entry) -> str:
    folder, _, name = one.path.rpartition("/")
    return f"{folder}-{name}"


def _half(one: Entry) -> bytes:
    return one.content[: len(one.content) // 3]


FOLDER_FAULTS: Mapping[str, Callable[[Entry, Owner], Made]] = {
    "file_lost": _lost,
    "file_of_another": _of_another,
    "file_copied_to_another": _copied,
    "file_cut": _cut,
    "file_cut_later": _cut_later,
    "file_emptied": _emptied,
    "file_twice": _twice,
    "file_not_delivered": _no_file,
    "file_not_listed": _no_line,
    "file_of_a_stranger": _stranger,
    "file_converted": _converted,
    "file_misnamed": _misnamed,
}
"""Every fault of folders by its name."""


def plant_in_folder(
    entries: Sequence[Entry], wanted: Mapping[str, int]
) -> tuple[list[Entry], list[FolderAnswer]]:
    """The entries with faults in PDF files, evenly spread and one to a document at most, and what should be found."""
    order = [fault for fault, count in wanted.items() for _ in range(count)]
    able = [place for place, one in enumerate(entries) if one.path.endswith(".pdf")]
    step = max(1, len(able) // max(1, len(order)))
    chosen = dict(zip(able[::step], order, strict=False))
    made: list[Entry] = []
    answers = []
    for place, one in enumerate(entries):
        if place not in chosen:
            made.append(one)
            continue
        instead, found = FOLDER_FAULTS[chosen[place]](one, _other(entries, place))
        made += instead
        whom = {check: owner.patient if owner else None for check, owner in found.items()}
        answers.append(FolderAnswer(chosen[place], one.document, whom))
    return made, answers


def _other(entries: Sequence[Entry], place: int) -> Owner:
    """The owner of the nearest document of somebody else."""
    mine = entries[place].owner.patient
    return next(_around(entries, place, mine), entries[place].owner)


def _around(entries: Sequence[Entry], place: int, mine: int) -> Iterator[Owner]:
    for distance in range(1, len(entries)):
        for at in (place + distance, place - distance):
            if 0 <= at < len(entries) and entries[at].owner.patient != mine:
                yield entries[at].owner
