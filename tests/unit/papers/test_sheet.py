"""Spreadsheets, read back by another library."""

from datetime import date, datetime
from io import BytesIO
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from openpyxl.workbook import Workbook as Opened

from godwit.papers.paper import PaperRefused
from godwit.papers.sheet import Cell, Sheet, SheetColumn, Workbook, xlsx_bytes

COLUMNS = (
    SheetColumn("No", 8),
    SheetColumn("Due", 16, "date"),
    SheetColumn("Days", 8, "number"),
    SheetColumn("Status", 12, looks={"late": "bad", "done": "good", 'the "rest"': "quiet"}),
)
ROWS: tuple[tuple[Cell, ...], ...] = (
    ("T05-04", date(2027, 5, 4), 3, "late"),
    ("=1+1", None, 2.5, "done"),
    ("+44 20", date(2027, 12, 27), None, None),
    ("-5", None, None, "x\x07"),
    ("@SUM(A1)", None, None, ""),
)


def workbook(note: str = "") -> Workbook:
    tasks = Sheet("Tasks", COLUMNS, ROWS, note)
    empty = Sheet("Nothing & none", COLUMNS[:1], (), note)
    return Workbook("2027 plan & dates", date(2026, 11, 21), (tasks, empty))


def read(book: Workbook) -> Opened:
    return load_workbook(BytesIO(xlsx_bytes(book)))


def one_cell(cell: Cell, column: SheetColumn) -> Sheet:
    return Sheet("S", (column,), ((cell,),))


def test_dates_are_dates_numbers_are_numbers_and_texts_are_texts() -> None:
    page = read(workbook())["Tasks"]
    assert [cell.value for cell in page[1]] == ["No", "Due", "Days", "Status"]
    assert [cell.value for cell in page[2]] == ["T05-04", datetime(2027, 5, 4), 3, "late"]
    assert page["B2"].is_date
    assert page["B2"].number_format == "ddd d mmm yyyy"
    assert [cell.value for cell in page[3]] == ["=1+1", None, 2.5, "done"]
    assert page["D5"].value == "x[U+0007]"


def test_no_text_becomes_a_formula_even_when_edited() -> None:
    page = read(workbook())["Tasks"]
    for row in (3, 4, 5, 6):
        assert page.cell(row, 1).data_type == "s"
        assert page.cell(row, 1).quotePrefix
    assert not page["A2"].quotePrefix
    assert b"<f>" not in ZipFile(BytesIO(xlsx_bytes(workbook()))).read("xl/worksheets/sheet1.xml")


def test_the_header_stays_filters_and_is_printed_on_every_page() -> None:
    page = read(workbook())["Tasks"]
    assert page.freeze_panes == "A2"
    assert page.auto_filter.ref == "A1:D6"
    assert page.print_title_rows == "$1:$1"
    assert page.page_setup.orientation == "landscape"
    assert int(page.page_setup.paperSize or 0) == 9
    assert page.sheet_properties.pageSetUpPr is not None
    assert page.sheet_properties.pageSetUpPr.fitToPage
    assert (page.page_setup.fitToWidth or 1, page.page_setup.fitToHeight) == (1, 0)
    assert page.column_dimensions["B"].width == pytest.approx(16, abs=1)
    assert page["A2"].alignment.wrap_text


def test_the_footer_names_the_sheet_and_the_page() -> None:
    xml = ZipFile(BytesIO(xlsx_bytes(workbook()))).read("xl/worksheets/sheet1.xml").decode()
    assert "&amp;L&amp;8 2027 plan &amp;&amp; dates: Tasks&amp;R&amp;8 Page &amp;P of &amp;N" in xml


def test_a_note_stands_above_the_header() -> None:
    book = read(workbook("Read this first.\nThen that."))
    page = book["Tasks"]
    assert page["A1"].value == "Read this first.\nThen that."
    assert page["A2"].value == "No"
    assert page.freeze_panes == "A3"
    assert page.auto_filter.ref == "A2:D7"
    assert page.print_title_rows == "$2:$2"
    assert book["Nothing & none"]["A1"].value == "Read this first.\nThen that."


def test_words_colour_their_cells() -> None:
    page = read(workbook())["Tasks"]
    rules = {rule.formula[0]: str(area.sqref) for area in page.conditional_formatting for rule in area.rules}
    assert rules == {'"late"': "D2:D6", '"done"': "D2:D6", '"the ""rest"""': "D2:D6"}


def test_the_same_workbook_gives_the_same_bytes() -> None:
    assert xlsx_bytes(workbook("x")) == xlsx_bytes(workbook("x"))
    properties = read(workbook()).properties
    assert properties.created == datetime(2026, 11, 21)
    assert properties.creator == "Godwit"
    assert properties.title == "2027 plan & dates"


@pytest.mark.parametrize(
    ("cell", "column", "because"),
    [
        ("soon", SheetColumn("Due", 9, "date"), "row 1, Due: not a date"),
        (datetime(2027, 1, 1), SheetColumn("Due", 9, "date"), "not a date"),
        (date(1900, 1, 1), SheetColumn("Due", 9, "date"), "cannot hold"),
        (True, SheetColumn("Days", 9, "number"), "not a number"),
        (float("nan"), SheetColumn("Days", 9, "number"), "not a finite number"),
        (5, SheetColumn("No", 9), "not a text"),
        ("x" * 32_768, SheetColumn("No", 9), "longer than"),
    ],
)
def test_a_cell_that_cannot_stand_there_is_refused(cell: Cell, column: SheetColumn, because: str) -> None:
    with pytest.raises(PaperRefused, match=because):
        one_cell(cell, column)


@pytest.mark.parametrize("name", ["", "x" * 32, "a/b", "'a", "History"])
def test_a_name_that_excel_refuses_is_refused_here(name: str) -> None:
    with pytest.raises(PaperRefused):
        Sheet(name, COLUMNS[:1], ())


def test_a_ragged_row_a_name_twice_and_an_endless_title_are_refused() -> None:
    with pytest.raises(PaperRefused, match="row 1"):
        Sheet("S", COLUMNS, (("a",),))
    one, two = Sheet("Tasks", COLUMNS, ()), Sheet("TASKS", COLUMNS, ())
    with pytest.raises(PaperRefused, match="name of its own"):
        Workbook("t", date(2026, 1, 1), (one, two))
    with pytest.raises(PaperRefused, match="title"):
        Workbook("t" * 151, date(2026, 1, 1), (one,))


def test_a_row_is_as_high_as_its_longest_text_in_programs_that_do_not_grow_rows() -> None:
    column = SheetColumn("Why", 10)
    sheet = Sheet("S", (column,), (("one word after another",), ("short",), ("long " * 1000,)))
    rows = read(Workbook("T", date(2026, 11, 21), (sheet,)))["S"].row_dimensions
    assert [rows[number].height for number in (2, 3, 4)] == [45, None, 405]
