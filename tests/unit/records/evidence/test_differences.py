"""What differs is marked, and nothing that differs is left out."""

from hypothesis import given
from hypothesis import strategies as st

from godwit.records.evidence.differences import KEPT, LONGEST, MOST_MARKED, Piece, mark, visible, whole


def changed(pieces: tuple[Piece, ...]) -> list[str]:
    return [piece.text for piece in pieces if piece.changed]


def test_only_the_differing_characters_are_marked() -> None:
    source, target = mark("5.1 mmol/L", "51 mmol/L")
    assert (changed(source), changed(target)) == (
        [
            ".",
        ],
        [],
    )
    source, target = mark("2010-02-10", "2010-02-16")
    assert (changed(source), changed(target)) == (["0"], ["6"])


def test_values_with_little_in_common_are_marked_whole() -> None:
    source, target = mark("penicillin", "warfarin")
    assert (changed(source), changed(target)) == (["penicillin"], ["warfarin"])


def test_a_long_value_keeps_its_difference_and_says_what_is_not_shown() -> None:
    note = "a" * LONGEST
    source, target = mark(f"{note}left{note}", f"{note}right{note}")
    assert (changed(source), changed(target)) == (["lef"], ["righ"])
    assert f"{LONGEST - 2 * KEPT:,} characters not shown" in source[0].text
    cut, _ = mark("b" * 5_000, "c" * 5_000)
    assert cut[0].text.endswith(f"[{5_000 - MOST_MARKED:,} more characters]")


def test_what_cannot_be_seen_is_named() -> None:
    source, _ = mark("dose\u00a0one", "dose one")
    assert changed(source) == ["[U+00A0]"]
    assert visible("\t") == "[U+0009]"
    assert visible("\n").endswith("\n")


def test_an_empty_text_is_no_piece_that_differs_from_nothing() -> None:
    assert mark("", "") == ((), ())
    assert whole("") == (Piece("", changed=False),)


printable = st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=200)


@given(printable, printable)
def test_the_pieces_of_a_short_value_are_the_value(source: str, target: str) -> None:
    left, right = mark(source, target)
    assert "".join(piece.text for piece in left) == source
    assert "".join(piece.text for piece in right) == target
    assert bool(changed(left) or changed(right)) == (source != target)
