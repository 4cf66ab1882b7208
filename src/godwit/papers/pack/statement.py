"""The statement of a pack as one paper: the page and the PDF are prints of it and say the same."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import chain
from typing import Final

from godwit.papers.pack import answer, checked, closing, filed, found, limits, matrix
from godwit.papers.pack.told import Told
from godwit.papers.paper import Block, Paper
from godwit.records.evidence.wording import ENGLAND, system

Chapter = Callable[[Told], Iterator[Block]]

CHAPTERS: Final[tuple[Chapter, ...]] = (
    answer.opening,
    answer.answer,
    answer.compared,
    found.causes,
    found.agreed,
    found.degradation,
    found.rounds,
    checked.reconciliations,
    checked.registers,
    checked.registration_list,
    filed.document_files,
    checked.sample,
    checked.control,
    limits.limits,
    closing.sign_off,
    answer.the_books,
    limits.details,
    matrix.hazards,
    matrix.requirements,
    checked.differing,
    closing.made_with,
    closing.how_to_check,
)
"""In the order in which they are read. A part that was not made has no chapter: `limits` names it."""


def statement(told: Told) -> Paper:
    """The whole statement. Pure: the same index and runs give the same paper."""
    source, target = (system(told.summary[side]) for side in ("source", "target"))
    made = datetime.fromisoformat(told.index.made_at).astimezone(ENGLAND).date()
    return Paper(
        title="Did every record arrive?",
        subtitle=f"Evidence for a sign-off: {source} (source) compared with {target} (target)",
        made_on=made,
        blocks=tuple(chain.from_iterable(chapter(told) for chapter in CHAPTERS)),
        footer=f"Holds no patient data. Seal of this pack:\n{told.index.seal}",
    )
