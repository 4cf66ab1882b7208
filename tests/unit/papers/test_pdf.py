"""PDF papers, read back."""

from dataclasses import replace
from io import BytesIO

import pytest
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from godwit.papers.paper import Column, Paper, Table, Text
from godwit.papers.pdf import pdf_bytes
from tests.unit.papers.sample import MADE_ON, sample


def read(paper: Paper) -> PdfReader:
    return PdfReader(BytesIO(pdf_bytes(paper)))


def words(reader: PdfReader) -> str:
    return "\n".join(page.extract_text() for page in reader.pages)


def test_every_block_is_there_and_nothing_is_markup() -> None:
    text = words(read(sample()))
    for piece in (
        "Running order of the go-live day",
        "Before you begin",
        "Read all of it -> then start, Llyr.",
        "Warning: Enter nothing into the old system.",
        "Advice: Have a pen ready.",
        "Second bold point",
        "Print the list & <check> it",
        "Remarks",
        "Phones are on divert",
        "I have checked the data.",
        "Signature",
        "Sources: A:01, H:123",
        "Characters that this PDF cannot show: 1 printed without their accent.",
    ):
        assert piece in text


def test_every_row_of_a_table_is_printed_once_and_the_header_on_each_of_its_pages() -> None:
    reader = read(sample())
    text = words(reader)
    assert [text.count(f"X{n:03}") for n in range(60)] == [1] * 60
    with_rows = [page.extract_text() for page in reader.pages if "X0" in page.extract_text()]
    assert len(with_rows) > 1
    assert all("Who" in page for page in with_rows)


def test_every_page_says_which_it_is_of_how_many_and_when_it_was_made() -> None:
    pages = read(sample()).pages
    for number, page in enumerate(pages, start=1):
        text = page.extract_text()
        assert f"Made on 21 November 2026 · Page {number} of {len(pages)}" in text
        assert "Example Surgery, clinical system migration" in text


def test_the_file_names_itself_and_no_machine() -> None:
    reader = read(sample())
    assert reader.metadata is not None
    assert reader.metadata.title == "Running order of the go-live day"
    assert reader.metadata.author == reader.metadata.creator == "Godwit"
    assert reader.metadata.creation_date_raw == reader.metadata.modification_date_raw == "D:20261121000000Z"
    root = reader.trailer["/Root"].get_object()
    assert isinstance(root, DictionaryObject)
    assert str(root["/Lang"]) == "en-GB"
    assert [str(entry["/Title"]) for entry in reader.outline if not isinstance(entry, list)] == [
        "Before you begin",
        "Tasks",
    ]


@pytest.mark.parametrize("landscape", [False, True])
def test_pages_are_a4(landscape: bool) -> None:
    box = read(sample(landscape=landscape)).pages[0].mediabox
    sides = (round(float(box.width)), round(float(box.height)))
    assert sides == ((842, 595) if landscape else (595, 842))


def test_the_same_paper_gives_the_same_bytes() -> None:
    assert pdf_bytes(sample()) == pdf_bytes(sample())


def test_a_row_taller_than_a_page_goes_on_over_the_next() -> None:
    tall = " ".join(f"word{n:04}" for n in range(2500))
    table = Table((Column("A"), Column("B")), (("before", "it"), ("x", tall), ("after", "it")))
    text = words(read(Paper("Tall", MADE_ON, (table,)))).replace("\n", " ")
    assert all(f"word{n:04}" in text for n in range(2500))
    assert "after" in text


def test_a_long_footer_and_a_word_wider_than_its_column_are_printed_whole() -> None:
    paper = Paper(
        "Wide",
        MADE_ON,
        (Text("x" * 300), Table((Column("A"), Column("B", 20)), (("y" * 90, "z"),))),
        footer=" ".join(f"foot{n}" for n in range(60)),
    )
    text = words(read(paper))
    assert text.count("x") >= 300
    assert text.count("y") >= 90
    assert "foot59" in text


def test_a_paper_without_blocks_is_still_a_page() -> None:
    assert len(read(replace(sample(), blocks=())).pages) == 1
