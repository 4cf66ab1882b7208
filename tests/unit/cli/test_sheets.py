"""Lists of a run become a spreadsheet file whose cells are what their columns say."""

from datetime import date
from io import BytesIO

import openpyxl
import pytest

from godwit.cli.sheets import write_sheets
from godwit.papers.paper import PaperRefused
from godwit.records.evidence.list_sheets import ListColumn, ListSheet

COLUMNS = (
    ListColumn("Harm", 10, looks={"High": "bad"}),
    ListColumn("Records", 12, "number"),
    ListColumn("Due", 16, "date"),
)
DAY = date(2027, 3, 2)


def written(*sheets: ListSheet) -> openpyxl.Workbook:
    return openpyxl.load_workbook(BytesIO(write_sheets("A list", DAY, sheets)))


def test_every_sheet_with_its_note_its_header_and_its_rows() -> None:
    book = written(
        ListSheet("One", "What it is.", COLUMNS, (("High", 3, None), ("Low", 10, None))),
        ListSheet("Two", "Empty.", COLUMNS, ()),
    )
    assert book.sheetnames == ["One", "Two"]
    rows = list(book["One"].iter_rows(values_only=True))
    assert rows[0][0] == "What it is."
    assert rows[-3:] == [("Harm", "Records", "Due"), ("High", 3, None), ("Low", 10, None)]
    assert (book.properties.title, book.properties.created.date()) == ("A list", DAY)


def test_words_colour_their_cell_where_the_column_says_so() -> None:
    book = written(
        ListSheet("One", "Note.", (*COLUMNS, ListColumn("Title", 10)), (("High", 1, None, "High"),))
    )
    assert {str(cells.sqref)[0] for cells in book["One"].conditional_formatting} == {"A"}


def test_a_number_that_is_a_text_is_refused() -> None:
    with pytest.raises(PaperRefused, match="not a number"):
        written(ListSheet("One", "Note.", COLUMNS, (("High", "3", None),)))
