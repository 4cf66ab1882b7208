"""Word papers, read back."""

from datetime import datetime
from io import BytesIO
from zipfile import ZipFile

import pytest
from docx import Document
from docx.document import Document as WordDocument
from docx.oxml.ns import qn

from godwit.papers.paper import Paper, Text
from godwit.papers.word import word_bytes
from tests.unit.papers.sample import MADE_ON, sample


def read(paper: Paper) -> WordDocument:
    return Document(BytesIO(word_bytes(paper)))


def part(paper: Paper, name: str) -> str:
    return ZipFile(BytesIO(word_bytes(paper))).read(name).decode()


def test_headings_are_headings_and_text_is_text() -> None:
    found = [(one.style.name if one.style else "", one.text) for one in read(sample()).paragraphs]
    assert ("Title", "Running order of the go-live day") in found
    assert ("Subtitle", "Example Surgery") in found
    assert ("Heading 1", "Before you begin") in found
    assert ("Heading 2", "Tasks") in found
    assert ("List Bullet", "Second bold point") in found
    texts = [text for _, text in found]
    assert "Read all of it → then start, Llŷr." in texts
    assert "☐\tPhones are on divert" in texts
    assert "☑\tKit is there" in texts
    assert "I have checked the data." in texts
    assert "Sources: A:01, H:123" in texts


def test_bold_pieces_are_bold() -> None:
    paragraph = next(one for one in read(sample()).paragraphs if one.text.startswith("Read all"))
    assert [run.text for run in paragraph.runs if run.bold] == ["all"]


def test_tables_hold_every_cell_and_mark_their_header() -> None:
    paper = sample()
    table = next(one for one in read(paper).tables if one.cell(0, 0).text == "No")
    assert len(table.rows) == 61
    assert [cell.text for cell in table.rows[1].cells] == [
        "X000",
        "Print the list & <check> it",
        "Practice manager",
        "☐",
    ]
    assert table.rows[0]._tr.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None
    assert table.rows[1]._tr.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is None


@pytest.mark.parametrize("landscape", [False, True])
def test_pages_are_a4_and_tables_fit(landscape: bool) -> None:
    document = read(sample(landscape=landscape))
    section = document.sections[0]
    assert section.page_width is not None
    assert section.page_height is not None
    sides = (round(section.page_width.mm), round(section.page_height.mm))
    assert sides == ((297, 210) if landscape else (210, 297))
    room = section.page_width.mm - 40
    for table in document.tables:
        assert sum(cell.width.mm for cell in table.rows[0].cells if cell.width) == pytest.approx(room, abs=1)


def test_the_file_names_itself_and_no_machine() -> None:
    core = read(sample()).core_properties
    assert core.title == "Running order of the go-live day"
    assert core.author == core.last_modified_by == "Godwit"
    assert core.language == "en-GB"
    assert core.created is not None
    assert core.created.replace(tzinfo=None) == datetime(2026, 11, 21)
    assert 'w:val="en-GB"' in part(sample(), "word/styles.xml")
    assert "en-US" not in part(sample(), "word/styles.xml").replace('eastAsia="en-US"', "")


def test_the_footer_counts_pages_and_gives_the_date() -> None:
    xml = next(
        part(sample(), name)
        for name in ZipFile(BytesIO(word_bytes(sample()))).namelist()
        if name.startswith("word/footer")
    )
    assert "Example Surgery, clinical system migration · Made on 21 November 2026 · Page " in xml
    assert 'w:instr="PAGE"' in xml
    assert 'w:instr="NUMPAGES"' in xml


def test_the_same_paper_gives_the_same_bytes_and_no_time_of_day() -> None:
    assert word_bytes(sample()) == word_bytes(sample())
    assert {entry.date_time[0] for entry in ZipFile(BytesIO(word_bytes(sample()))).infolist()} == {1980}


def test_control_characters_do_not_break_the_file() -> None:
    document = read(Paper("Odd", MADE_ON, (Text("a\x07b & <w:p/>"),)))
    assert document.paragraphs[1].text == "a[U+0007]b & <w:p/>"
