"""Names and addresses without their form."""

from __future__ import annotations

import pytest

from godwit.records.listing.folding import fold, plain_address, plain_postcode, soundex


@pytest.mark.parametrize(
    ("name", "sound"),
    [("Robert", "r163"), ("Rupert", "r163"), ("Ashcraft", "a261"), ("Tymczak", "t522"), ("Pfister", "p236"),
     ("Honeyman", "h555"), ("Lee", "l000"), ("O'Brien", "o165"), ("OBrien", "o165"), ("Müller", "m460"), ("", ""),
     ("123", "")],
)  # fmt: skip
def test_soundex_as_published(name: str, sound: str) -> None:
    assert soundex(name) == sound


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        (" O\u2019Brien-SMITH ", "obrien smith"),
        ("José  María", "jose maria"),
        ("St. Mary's", "st marys"),
        ("-", ""),
    ],
)
def test_form_is_dropped_and_words_stay(text: str, plain: str) -> None:
    assert fold(text) == plain


def test_a_postcode_is_letters_and_digits() -> None:
    assert plain_postcode("zz1  1aa ") == "ZZ11AA"


@pytest.mark.parametrize(
    "address", ["14 Mill Rd, Ternby, ZZ1 1AA", "14, MILL RD., TERNBY", "14 mill rd ternby zz11aa"]
)
def test_an_address_loses_its_postcode_and_short_forms(address: str) -> None:
    assert plain_address(address, "ZZ1 1AA", {"rd": "road"}) == ("14", "mill", "road", "ternby")
