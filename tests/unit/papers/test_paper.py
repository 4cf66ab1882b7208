"""The neutral model: what it refuses, and how it reads bold."""

import pytest

from godwit.papers.paper import Column, PaperRefused, Table, spans


def test_stars_mark_bold_and_nothing_else_is_markup() -> None:
    assert list(spans("Call **all** <b>staff</b> 2*3")) == [
        ("Call ", False),
        ("all", True),
        (" <b>staff</b> 2*3", False),
    ]
    assert list(spans("**Now**")) == [("Now", True)]
    assert list(spans("")) == []


def test_a_ragged_table_is_refused_with_its_row() -> None:
    with pytest.raises(PaperRefused, match="row 2 has 1 cells where the table has 2 columns"):
        Table((Column("A"), Column("B")), (("1", "2"), ("3",)))


def test_a_table_needs_columns_with_some_width() -> None:
    with pytest.raises(PaperRefused):
        Table((), ())
    with pytest.raises(PaperRefused):
        Table((Column("A", 0),), ())


def test_columns_share_the_whole_width() -> None:
    assert Table((Column("A", 1), Column("B", 3)), ()).shares() == (0.25, 0.75)
