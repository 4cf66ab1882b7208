"""Entries put down by hand, for tests of what is done with them."""

from __future__ import annotations

from godwit.records.listing.entry import Entry, Where

ADA = {"nhs_number": "9991234500", "family": "Tern", "given": "Ada Jane", "birth_date": "1950-02-03", "sex": "female",
       "postcode": "ZZ1 1ZZ", "address": "1 Mill Lane, Ternby", "start": "2001-04-05"}  # fmt: skip
BOB = {"nhs_number": "9991234519", "family": "Gull", "given": "Bob", "birth_date": "1982-11-30", "sex": "male",
       "postcode": "ZZ9 9AA", "address": "2 High Street", "start": "2002-05-06"}  # fmt: skip
NUMBERS = ("9991234500", "9991234519", "9991234527", "9991234535", "9991234543", "9991234551")


def entry(
    where: Where, number: int, of: dict[str, str] = ADA, /, state: str = "current", **facts: str
) -> Entry:
    """Somebody, with these facts in place of those of `of`; an empty one is not said."""
    told = {name: text for name, text in {**of, **facts}.items() if text}
    return Entry(where, number, told, state)
