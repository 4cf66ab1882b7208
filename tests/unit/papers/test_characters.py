"""No character is lost without a word."""

import pytest

from godwit.papers.characters import Letters, fits, visible


def test_what_the_fonts_have_stays_as_it_is() -> None:
    letters = Letters()
    plain = "Siân’s “fair” copy – £5 • 3 × ½ … café"
    assert letters.printable(plain) == plain
    assert letters.remark() == ""


@pytest.mark.parametrize(
    ("given", "printed"),
    [
        ("old → new", "old -> new"),
        ("≤ 5 and ≥ 3", "<= 5 and >= 3"),
        ("☐ ☑", "[ ] [x]"),
        ("5\u202fdays", "5 days"),
    ],
)
def test_common_signs_have_a_stand_in(given: str, printed: str) -> None:
    letters = Letters()
    assert letters.printable(given) == printed
    assert letters.remark() == ""


def test_a_lost_accent_is_counted() -> None:
    letters = Letters()
    assert letters.printable("Llŷr Ŵen") == "Llyr Wen"
    assert letters.simplified == 2
    assert "2 printed without their accent" in letters.remark()


def test_an_accent_written_apart_is_put_together_first() -> None:
    letters = Letters()
    assert letters.printable("Sia\u0302n ŷ") == "Siân y"
    assert letters.simplified == 1


def test_what_cannot_be_printed_is_shown_by_number_and_counted() -> None:
    letters = Letters()
    assert letters.printable("中文 😀") == "[U+4E2D][U+6587] [U+1F600]"
    assert letters.unprintable == 3
    assert "3 shown by number" in letters.remark()


def test_control_characters_are_shown_and_line_breaks_kept() -> None:
    assert visible("a\x07b\x00\r\nc\td\ud800\ufffe") == "a[U+0007]b[U+0000]\nc\td[U+D800][U+FFFE]"


def test_everything_printable_gives_can_be_printed() -> None:
    letters = Letters()
    text = "".join(chr(number) for number in range(0x3000)) + "😀\U0010ffff"
    assert fits(letters.printable(text))
