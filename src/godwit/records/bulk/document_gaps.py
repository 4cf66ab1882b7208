"""What a document leaves unsaid: headings, keys, units, and the questions a reader has of every column."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from godwit.records.bulk.document import Described, Document, Item, said

HEADINGS = {
    "physical_items": "1. every item in the files",
    "logical_model": "2. the logical model: tables, keys and links",
    "logical_to_physical": "3. how the logical model and the files belong together",
    "units": "4. units of numbers",
    "coded_values": "5. the meaning of every coded value",
    "business_rules": "6. rules needed to import the data rightly",
    "exceptional_handling": "7. exceptional handling, such as data treated differently by date",
    "derived_not_sent": "8. values the source works out and does not send",
    "left_out": "9. what is left out",
    "integrity_checks": "10. checks the receiver should make",
    "rebuilding": "11. what is needed to build a usable system from the extract",
    "format": "12. the format of the files",
}
"""Headings of a documented data extract (DMI02), in our words. Source: standards notes 4.1."""

_NUMERIC = ("int", "number")
_DATED = ("date", "time", "moment")


@dataclass(frozen=True, slots=True)
class Finding:
    """Something the document does not say or the files do not keep. `about` names columns or a heading, never a value;
    `count` is rows, or columns where the document itself is at fault. `breaks`: a promise is broken or a duty unmet."""

    rule: str
    table: str | None
    about: str
    count: int = 0
    breaks: bool = True


@dataclass(frozen=True, slots=True)
class _Question:
    """A question to every column for which `asked` holds."""

    name: str
    asked: Callable[[Item], bool]
    answered: Callable[[Item], bool]


def _any(_: Item) -> bool:
    return True


_QUESTIONS = (
    _Question("meaning", _any, lambda item: said(item.meaning)),
    _Question("type", _any, lambda item: item.type is not None),
    _Question("whether it may be empty", _any, lambda item: item.may_be_empty is not None),
    _Question("length", lambda item: item.type in ("text", "code"), lambda item: item.length is not None),
    _Question("precision", lambda item: item.type in _DATED, lambda item: said(item.precision)),
    _Question("derivation", _any, lambda item: said(item.derivation)),
    _Question("sensitivity", _any, lambda item: said(item.sensitivity)),
    _Question("example", _any, lambda item: said(item.example)),
    _Question("history of changes", _any, lambda item: said(item.changes)),
)


def gaps(document: Document) -> Iterator[Finding]:
    """Everything a document leaves out, judged without any file."""
    yield from _headings(document)
    if not said(document.files.time_zone):
        yield Finding("document.unanswered", None, "time zone of the files", breaks=False)
    for name, table in document.tables.items():
        yield from _table(name, table)


def _headings(document: Document) -> Iterator[Finding]:
    told = {
        "physical_items": True,  # a document without tables is refused when it is read
        "units": all(
            said(item.unit) for table in document.tables.values() for item in _measured(table).values()
        ),
        "coded_values": bool(document.code_lists),
    }
    for heading, words in HEADINGS.items():
        if not (told.get(heading) or said(getattr(document.headings, heading, None))):
            yield Finding("document.heading_missing", None, words)


def _table(name: str, table: Described) -> Iterator[Finding]:
    if not table.key:
        yield Finding("document.key_missing", name, "no key is named", breaks=False)
    for column, item in _measured(table).items():
        if not said(item.unit):
            yield Finding("document.unit_missing", name, column)
        elif not _unit_is_sound(item, table):
            yield Finding("document.unit_elsewhere", name, column)
    for column, item in _free(table).items():
        if item.type == "code" and not (item.codes or said(item.code_system)):
            yield Finding("document.codes_missing", name, column)
    for question in _QUESTIONS:
        silent = [
            one for one, item in table.columns.items() if question.asked(item) and not question.answered(item)
        ]
        if silent:
            yield Finding(
                "document.unanswered", name, f"{question.name}: {_some(silent)}", len(silent), breaks=False
            )


def _free(table: Described) -> dict[str, Item]:
    """Columns that are no part of the key and no link."""
    linked = {*table.key, *(one.column for one in table.references)}
    return {column: item for column, item in table.columns.items() if column not in linked}


def _measured(table: Described) -> dict[str, Item]:
    """Columns whose numbers need a unit."""
    return {column: item for column, item in _free(table).items() if item.type in _NUMERIC}


def _unit_is_sound(item: Item, table: Described) -> bool:
    """Whether a unit said to stand in another column stands in one that is described."""
    unit = item.unit or ""
    return not unit.startswith("in ") or unit.removeprefix("in ").strip() in table.columns


def _some(columns: list[str]) -> str:
    shown = ", ".join(columns[:5])
    return f"{shown} and {len(columns) - 5} more" if len(columns) > 5 else shown
