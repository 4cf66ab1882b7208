"""What the cells of a list say in our words: days, sexes, marks. A cell that says nothing readable keeps its text."""

from __future__ import annotations

from collections.abc import Mapping

from godwit.records.listing.column_map import ColumnMap
from godwit.records.listing.fields import Kind, read_fields
from godwit.records.listing.folding import fold
from godwit.records.model import UNREADABLE
from godwit.values.written_day import read_day

RULES: Mapping[Kind, str] = {
    "number": "list.nhs_number",
    "date": "list.date",
    "sex": "list.sex",
}
"""Kinds of value that may be unreadable, and the rule that is then broken."""


def said(field: str, text: str, told: ColumnMap) -> str:
    """A cell in our words; `unreadable:` before its text where it cannot be one of them."""
    kind = read_fields().of(field).kind
    if kind == "date":
        return read_day(text, told.dates) or f"{UNREADABLE}{text}"
    if kind == "sex":
        return told.sexes.get(text.casefold()) or f"{UNREADABLE}{text}"
    if kind == "flag":
        return "yes" if fold(text) in {fold(one) for one in told.yes} else "no"
    if field == "registration":
        return told.kinds.get(text.casefold(), text)
    return text
