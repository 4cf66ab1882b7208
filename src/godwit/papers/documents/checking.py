"""Whether a template can be filled in: whether every name, list, role, artefact and source it uses is known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

from godwit.definitions.guide.documents import DocumentBlock, DocumentTemplate, Each, FormTable, NoticeAsks
from godwit.definitions.guide.guide import Guide
from godwit.papers.documents.rows import LISTS, ONLY_FOR
from godwit.papers.documents.words import PLACE, is_known
from godwit.papers.documents.writing import STREAM

NOT_TEXT: Final = frozenset({"each", "table", "page_break"})


def complaints(template: DocumentTemplate, guide: Guide) -> tuple[str, ...]:
    """What is wrong with a template, in words; nothing if it can be filled in."""
    return tuple(f"{template.slug}: {one}" for one in _complaints(template, guide))


def complaints_about_asks(asks: NoticeAsks, guide: Guide) -> tuple[str, ...]:
    """What is wrong with what the notices ask for."""
    slugs = {one.slug for one in guide.third_parties}
    texts = (*asks.everybody, *(one for own in asks.parties.values() for one in own))
    strangers = (f"no third party is called {one}" for one in asks.parties if one not in slugs)
    return (*strangers, *_unknown_names(texts, guide, "notices"))


def _complaints(template: DocumentTemplate, guide: Guide) -> Iterator[str]:
    yield from _unknown_names(_texts(template), guide, template.each)
    known = {one.id for one in guide.artefacts}
    yield from (f"no artefact {one}" for one in template.artefacts if one not in known)
    roles = {one.slug for one in guide.roles.roles}
    signers = (block.sign.role for block in template.blocks if block.sign)
    yield from (f"no role {one}" for one in (template.for_role, *signers) if one not in roles)
    yield from (f"no source {one}" for one in template.source if guide.sources.explain(one) is None)
    for block in template.blocks:
        yield from _block(block, template, known)


def _block(block: DocumentBlock, template: DocumentTemplate, artefacts: set[str]) -> Iterator[str]:
    if block.table:
        yield from _table(block.table, template, artefacts)
    if block.each:
        yield from _each(block.each, template)
    if block.fields_of and block.fields_of.artefact not in artefacts:
        yield f"no artefact {block.fields_of.artefact}"


def _table(table: FormTable, template: DocumentTemplate, artefacts: set[str]) -> Iterator[str]:
    if table.columns_of and table.columns_of not in {*artefacts, STREAM}:
        yield f"no artefact {table.columns_of}"
    if isinstance(table.rows, str):
        shown = (*(one.show for one in table.columns), *table.shows.values(), *table.only)
        yield from _list(table.rows, shown, template)
    elif not table.columns_of:
        yield from (f"a row of {len(one)} cells" for one in table.rows if len(one) != len(table.columns))


def _each(each: Each, template: DocumentTemplate) -> Iterator[str]:
    yield from _list(each.of, (*PLACE.findall(each.say), *each.only), template)


def _list(name: str, shown: Iterable[str], template: DocumentTemplate) -> Iterator[str]:
    if name not in LISTS:
        yield f"no list is called {name}"
        return
    if template.each not in ONLY_FOR.get(name, (template.each,)):
        yield f"the list {name} needs a notice at hand"
    yield from (
        f"{name} has nothing called {one}" for one in shown if one not in (*LISTS[name].names, "tick", "")
    )


def _unknown_names(texts: Iterable[str], guide: Guide, each: str) -> Iterator[str]:
    for text in texts:
        names = PLACE.findall(text)
        yield from (f"nothing is called {{{one}}}" for one in names if not is_known(one, guide, each))
        if "{" in PLACE.sub("", text) or "}" in PLACE.sub("", text):
            yield f"a brace is left over in “{text}”"


def _texts(template: DocumentTemplate) -> Iterator[str]:
    yield from (template.title, template.subtitle)
    for block in template.blocks:
        if block.table and not isinstance(block.table.rows, str):
            yield from (cell for row in block.table.rows for cell in row)
        elif block.kind not in NOT_TEXT:
            yield from _strings(getattr(block, block.kind))


def _strings(value: Any) -> Iterator[str]:
    """Every text inside a piece of a template."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from (one for part in value.values() for one in _strings(part))
    elif isinstance(value, tuple):
        yield from (one for part in value for one in _strings(part))
    elif hasattr(value, "model_fields_set"):
        yield from (one for name in value.model_fields_set for one in _strings(getattr(value, name)))
