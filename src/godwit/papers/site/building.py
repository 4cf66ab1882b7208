"""The site as files: every page drawn from the guide, a style, a search and its index. Nothing is written here."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from importlib import resources
from typing import Final

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from godwit.definitions.guide.guide import Guide
from godwit.papers.site.names import Era, Names
from godwit.papers.site.pages import Page, all_pages
from godwit.papers.site.places import Entry, entries, place_of, words_of
from godwit.papers.site.relations import Relations
from godwit.papers.site.telling import STATUS, Teller
from godwit.papers.site.timeline import bars
from godwit.plan.wording import day_words

_ID: Final = re.compile(r"\b(?:T\d\d-\d\d|[A-Z]{1,3}-\d{2,3}|DMI\d\d|[GP]\d{1,2})\b")
_AS_THEY_ARE: Final = ("style.css", "search.js")


def site_files(guide: Guide, made_on: date, words: Era) -> Iterator[tuple[str, bytes]]:
    """Every file of the site with its relative path; `words` chooses the names of bodies. Same input, same bytes."""
    names, rows = Names(guide, words), entries(guide)
    pages = tuple(all_pages(guide, names))
    environment = _environment(guide, names, rows)
    environment.globals |= {"pages": pages, "made_on": day_words(made_on)}
    titles = {one.path: one.title for one in pages}
    for page in pages:
        template = environment.get_template(f"{page.template}.html.jinja")
        drawn = template.render(page=page, above=titles.get(page.above, ""), **page.about)
        yield page.path, drawn.encode()
    yield "search-index.js", _search_index(names, pages, rows).encode()
    for name in _AS_THEY_ARE:
        yield name, resources.files(__package__).joinpath(name).read_bytes()


@dataclass(frozen=True)
class Links:
    """Turns keys of rows, and ids inside sentences, into links. All that is not a link is escaped."""

    entries: dict[str, Entry]
    names: Names

    def link(self, key: str, text: str | None = None) -> Markup:
        """A link to the row of that key, under its title unless told otherwise. Raises `KeyError`."""
        entry = self.entries[key]
        title = self.names.told(entry.title) if text is None else text
        return Markup('<a href="{}">{}</a>').format(entry.href, title)

    def linked(self, text: str) -> Markup:
        """A sentence in which every id of a row leads to it."""
        parts, at = [Markup()], 0
        for found in _ID.finditer(text):
            if found[0] in self.entries:
                parts += [escape(text[at : found.start()]), self.link(found[0], found[0])]
                at = found.end()
        return Markup().join([*parts, escape(text[at:])])

    def told(self, text: str) -> Markup:
        """`linked`, with the bodies named as in the chosen edition."""
        return self.linked(self.names.told(text))

    def known(self, key: str) -> bool:
        """Whether there is a row of that key."""
        return key in self.entries


def _environment(guide: Guide, names: Names, rows: tuple[Entry, ...]) -> Environment:
    environment = Environment(
        loader=PackageLoader("godwit.papers.site", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    links = Links({one.key: one for one in rows}, names)
    environment.globals |= {
        "guide": guide,
        "names": names,
        "links": links,
        "link": links.link,
        "relations": Relations(guide),
        "tell": Teller(guide),
        "bars": tuple(bars(guide.phases)),
        "STATUS": STATUS,
    }
    environment.filters |= {
        "linked": links.linked,
        "told": links.told,
        "place": place_of,
        "sentence": _sentence,
    }
    return environment


def _sentence(text: str) -> str:
    """With a capital at the start and a stop at the end. Raises `TypeError` once there is mark-up in it."""
    if isinstance(text, Markup):
        raise TypeError("make it a sentence first, then add links")
    return f"{text[:1].upper()}{text[1:]}{'' if text.endswith(('.', '?', '!')) else '.'}"


def _search_index(names: Names, pages: tuple[Page, ...], rows: tuple[Entry, ...]) -> str:
    """What can be found: title, kind, address, key and words of every page and row. Keys of ids only are shown."""
    whole = {one.href: one.kind for one in rows}
    found = [
        (one.title, "Page", one.path, "", words_of(one.title, one.blurb))
        for one in pages
        if one.path not in whole
    ]
    for row in rows:
        shown = row.key if _ID.fullmatch(row.key) else ""
        words = f"{row.words} {names.also(row.words)}".strip()
        found.append((names.told(row.title), row.kind, row.href, shown, words))
    lines = ",\n".join(json.dumps(one, ensure_ascii=False) for one in found)
    return f"const GUIDE_ENTRIES = [\n{lines}\n];\n"
