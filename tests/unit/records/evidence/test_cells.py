"""Which columns of a table hold figures, and how many of its rows paper does not show."""

import pytest

from godwit.records.evidence.cells import Cell, Table, Tag


def table(*cells: Cell, **kept: int) -> Table:
    return Table("Anything", ("What",), tuple((one,) for one in cells), **kept)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "cells",
    [(1, 2_000), ("+8", "−21", "0"), ("93.2%", "0%"), ("138.416", ""), ("16,757", 3)],
)
def test_signed_and_broken_numbers_stand_under_each_other(cells: tuple[Cell, ...]) -> None:
    assert table(*cells).numeric == {0}


@pytest.mark.parametrize(
    "cells", [("2026-11",), ("", ""), (1, "none"), (Tag("1", "low"),), ("3.1, 11",), ("10*9/L",), ()]
)
def test_what_only_looks_like_a_number_is_text(cells: tuple[Cell, ...]) -> None:
    assert table(*cells).numeric == frozenset()


def test_paper_leaves_out_what_it_says_it_leaves_out() -> None:
    twelve = [str(one) for one in range(12)]
    assert table(*twelve).not_on_paper == 0
    assert table(*twelve, on_paper=10).not_on_paper == 2
    assert table(*twelve, on_paper=12).not_on_paper == 0
    assert table(*twelve, on_paper=10, most=11).not_on_paper == 1
