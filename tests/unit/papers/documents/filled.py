"""One made-up practice's plan with all its documents, and ways to look into them."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache
from io import BytesIO

from docx import Document
from pypdf import PdfReader

from godwit.definitions.calendars import read_bank_holidays
from godwit.definitions.guide.documents import DocumentTemplate, read_documents
from godwit.definitions.guide.guide import read_guide
from godwit.definitions.seasons import read_seasons
from godwit.papers import paper as model
from godwit.papers.documents.documents import papers_of, plan_documents
from godwit.papers.paper import Paper
from godwit.plan.case import Party, Person, Practice
from godwit.plan.making import Plan, PlanMaker
from godwit.plan.scheduler import Case

MADE_ON = date(2026, 11, 23)
GO_LIVE = date(2027, 6, 18)
EVERYTHING = {
    one.slug: True for one in read_guide().conditions.conditions if not one.slug.startswith("route_")
}

BARE = Practice(practice="Wader Lane Surgery")
FULL = Practice(
    practice="Wader Lane Surgery",
    ods_code="X99999",
    list_size=9120,
    commissioner="Marsh and Shore ICB",
    current_system="Heron",
    new_system="Plover",
    answers=EVERYTHING,
    people={
        "practice_manager": Person(name="Mina Example", contact="01632 960001"),
        "lead_gp": Person(name="Dr Sam Sample"),
    },
)
CHOSEN = FULL.model_copy(
    update={"third_parties": {"docman": Party(contact="desk@example.org"), "pcse": Party()}}
)

FORTY_TEN_DIGITS = re.compile(r"(?<!\d)\d{3} ?\d{3} ?\d{4}(?!\d)")
"""What an NHS number looks like."""


@lru_cache(maxsize=1)
def maker() -> PlanMaker:
    return PlanMaker(read_guide(), read_bank_holidays(), read_seasons())


@lru_cache(maxsize=8)
def _plan(key: str, go_live: date) -> Plan:
    practice = {"bare": BARE, "full": FULL, "chosen": CHOSEN}[key]
    return maker().make(Case(practice, go_live, MADE_ON))


def plan(key: str = "full", go_live: date = GO_LIVE) -> Plan:
    return _plan(key, go_live)


@lru_cache(maxsize=2)
def files(key: str = "full") -> Mapping[str, bytes]:
    return dict(plan_documents(plan(key), MADE_ON))


@lru_cache(maxsize=3)
def papers(key: str = "full") -> tuple[tuple[DocumentTemplate, str, Paper], ...]:
    return tuple(
        (template, path, paper)
        for template in read_documents()
        for path, paper in papers_of(template, plan(key), MADE_ON)
    )


def paper(path: str, key: str = "full") -> Paper:
    return next(one for _, at, one in papers(key) if at == f"documents/{path}")


def texts(one: Paper) -> Iterator[str]:
    """Every text of a paper."""
    yield from (one.title, one.subtitle, one.footer)
    for block in one.blocks:
        yield from block_texts(block)


def block_texts(block: model.Block) -> Iterator[str]:
    match block:
        case model.Heading(text=text) | model.Text(text=text) | model.Note(text=text):
            yield text
        case model.Bullets(items=items):
            yield from items
        case model.TickList(items=ticks):
            yield from (tick.text for tick in ticks)
        case model.Table(columns=columns, rows=rows):
            yield from (column.title for column in columns)
            yield from (cell for row in rows for cell in row)
        case model.Fields(entries=entries):
            yield from (text for entry in entries for text in (entry.label, entry.value or ""))
        case model.Signature(role=role, statement=statement):
            yield from (role, statement, *(line.label for line in model.SIGNING_LINES))


def names(one: Paper) -> set[str]:
    """What a paper has a place for: its headings, columns, labels, ticks and the first cells of its rows."""
    found: list[str] = []
    for block in one.blocks:
        match block:
            case model.Table(columns=columns, rows=rows):
                found.extend(column.title for column in columns)
                found.extend(row[0] for row in rows)
            case model.Signature() | model.Fields() | model.Heading() | model.TickList():
                found.extend(block_texts(block))
    return {re.sub(r"^\d+ ", "", text).partition(":")[0].strip(" ?").casefold() for text in found}


def text_of(path: str, content: bytes) -> str:
    """The text of a file, read back."""
    if path.endswith(".pdf"):
        return "\n".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)
    document = Document(BytesIO(content))
    cells = (cell.text for table in document.tables for row in table.rows for cell in row.cells)
    return "\n".join((*(one.text for one in document.paragraphs), *cells))
