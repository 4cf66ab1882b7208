"""Which documents there are, and all of them for one plan as files."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache, partial
from typing import Final

from godwit.definitions.guide.documents import DocumentTemplate, Format, read_documents
from godwit.papers.documents.desk import Desk, Item
from godwit.papers.documents.rows_of_cutover import streams_in_use
from godwit.papers.documents.rows_of_people import holds_data
from godwit.papers.documents.writing import written
from godwit.papers.paper import Paper
from godwit.papers.pdf import pdf_bytes
from godwit.papers.word import word_bytes
from godwit.plan.making import Plan

FOLDER: Final = "documents"

BYTES: Final[Mapping[Format, Callable[[Paper], bytes]]] = {"docx": word_bytes, "pdf": pdf_bytes}

NamedPapers = Iterator[tuple[str, Paper]]


@dataclass(frozen=True, slots=True)
class DocumentKind:
    """One kind of document. `made_by` gives its papers for a plan and a day, each with its path but for the ending."""

    slug: str
    name: str
    artefacts: tuple[str, ...]
    formats: tuple[Format, ...]
    made_by: Callable[[Plan, date], NamedPapers]
    for_role: str
    phase: str


@lru_cache(maxsize=1)
def document_kinds() -> tuple[DocumentKind, ...]:
    """Every kind of document, in the order of its phase. Raises `DefinitionError`."""
    kinds = (
        DocumentKind(
            slug=one.slug,
            name=one.name,
            artefacts=one.artefacts,
            formats=one.formats,
            made_by=partial(papers_of, one),
            for_role=one.for_role,
            phase=one.phase,
        )
        for one in read_documents()
    )
    return tuple(sorted(kinds, key=lambda one: one.phase))


def papers_of(template: DocumentTemplate, plan: Plan, made_on: date) -> NamedPapers:
    """The papers of one template: none where it does not apply, one, or one for each notice or stream."""
    desk = Desk(plan, made_on)
    if not desk.applies(template.applies):
        return
    folder = "/".join(filter(None, (FOLDER, template.folder)))
    if not template.each:
        yield f"{folder}/{template.slug}", written(template, desk)
        return
    for slug, item in _items(template, desk):
        yield f"{folder}/{slug.replace('_', '-')}", written(template, desk.about(item))


def plan_documents(plan: Plan, made_on: date) -> Iterator[tuple[str, bytes]]:
    """Every document of a plan: its path, such as ``documents/notices/pcse.docx``, and the file itself."""
    for kind in document_kinds():
        for path, paper in kind.made_by(plan, made_on):
            for ending in kind.formats:
                yield f"{path}.{ending}", BYTES[ending](paper)


def _items(template: DocumentTemplate, desk: Desk) -> Iterator[tuple[str, Item]]:
    if template.each == "streams":
        # What is not kept needs no form.
        yield from ((one.slug, one) for one in streams_in_use(desk) if one.fields)
        return
    for one in desk.plan.notices:
        if template.each == "notices" or holds_data(one):
            yield one.party.slug, one
