"""What is written down by hand while neither system is the record, so that it can be entered again afterwards."""

from __future__ import annotations

from functools import lru_cache

from pydantic import Field

from godwit.definitions.guide.rows import Entry, Part, Rows, TaskId
from godwit.definitions.read import Definition, parse, resource

FILE = "capture_streams.yaml"


class CaptureStream(Entry):
    """One stream of work during cutover. No `applies` means every practice; several conditions mean any of them.

    `planned_by`, `caught_by` and `re_entered_by` are tasks. `fields` are what its log holds. `gap`: the guide
    says nothing of how it is caught.
    """

    id: str = Field(pattern=r"^CS-\d\d$")
    slug: str
    name: str
    how: str
    fields: tuple[Part, ...]
    planned_by: tuple[TaskId, ...]
    caught_by: tuple[TaskId, ...] = Field(min_length=1)
    re_entered_by: tuple[TaskId, ...] = Field(min_length=1)
    applies: tuple[str, ...] = ()
    gap: bool = False


class CaptureStreams(Definition):
    """The streams, and what each of them needs before cutover starts."""

    each_needs: tuple[str, ...]
    streams: Rows[CaptureStream]


@lru_cache(maxsize=1)
def read_capture_streams() -> CaptureStreams:
    """The shipped table. Raises `DefinitionError`."""
    return parse(CaptureStreams, resource(__package__, FILE))
