"""Where a list keeps what: guessed only where it is plain, else told, and every mistake named."""

from __future__ import annotations

from pathlib import Path

import pytest

from godwit.records.errors import InputRefused
from godwit.records.listing.column_map import ColumnMap, guess, load_column_map, map_text

HEADER = (
    "NHS_Number",
    "SURNAME",
    "First name",
    "D.O.B.",
    "Sex",
    "Address 1",
    "Town",
    "Post Code",
    "Something else",
)


def test_plain_headers_are_known_however_they_are_written() -> None:
    assert guess(HEADER, ";", "utf-8").columns == {
        "nhs_number": "NHS_Number", "family": "SURNAME", "given": "First name", "birth_date": "D.O.B.", "sex": "Sex",
        "postcode": "Post Code", "address": ("Address 1", "Town"),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("header", "because"),
    [(("NHS number", "Name", "DOB"), "family name"), (("Surname", "Forename"), "date of birth"),
     (("Surname", "DOB"), "NHS number or forenames"), (("Surname", "Last name", "DOB", "NHS no"), "two columns")],
)  # fmt: skip
def test_what_is_not_plain_is_asked_for(header: tuple[str, ...], because: str) -> None:
    with pytest.raises(InputRefused, match=because) as refused:
        guess(header, ",", "utf-8")
    assert refused.value.rule == "list.columns_unclear"


def written(folder: Path, text: str) -> Path:
    path = folder / "map.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_map_written_down_is_the_same_map(tmp_path: Path) -> None:
    one = guess(HEADER, "|", "windows-1252")
    assert load_column_map(written(tmp_path, map_text(one))) == one


@pytest.mark.parametrize(
    ("text", "because"),
    [("title: x\ncolumns: {birth_date: 1, family: 2, shoe: 3}", "shoe is no field"),
     ("title: x\ncolumns: {family: 2}", "say where birth_date"),
     ("title: x\ncolumns: {birth_date: [1, 2], family: 3}", "only an address"),
     ("title: x\nshape: fixed\ncolumns: {birth_date: 1, family: 2}", "wants start and width"),
     ("title: x\ncolumns: {birth_date: {start: 1, width: 8}, family: 2}", "wants start and width"),
     ("title: x\nheader: false\ncolumns: {birth_date: DOB, family: 2}", "numbers of columns"),
     ("title: x\ndates: [day/month]\ncolumns: {birth_date: 1, family: 2}", "once each"),
     ("title: [", r"line \d")],
)  # fmt: skip
def test_a_map_that_cannot_be_used_says_why(tmp_path: Path, text: str, because: str) -> None:
    with pytest.raises(InputRefused, match=because) as refused:
        load_column_map(written(tmp_path, text))
    assert refused.value.rule == "list.map"


def test_an_absent_map_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputRefused, match="cannot be read"):
        load_column_map(tmp_path / "none.yaml")


def test_the_words_of_a_map_may_be_changed() -> None:
    told = {
        "title": "x",
        "columns": {"birth_date": 1, "family": 2},
        "sexes": {"w": "female"},
        "header": False,
    }
    assert ColumnMap.model_validate(told).sexes == {"w": "female"}
