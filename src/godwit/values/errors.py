"""The one error a value raises: it names the rule that was broken and never the value that broke it."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

WHAT: Final[Mapping[str, str]] = MappingProxyType(
    {
        "nhs_number": "NHS number",
        "ods_code": "ODS code",
        "partial_date": "date or time",
        "read_code": "Read code key",
        "snomed_id": "SNOMED CT identifier",
        "working_calendar": "working calendar",
    }
)
"""What each family of rules (the part before the dot) is about, as a person would call it."""

# The phrases hold no digit, so a test can show that no digit of a refused value gets into a message.
RULES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "nhs_number.digits": "only the digits nought to nine",
        "nhs_number.length": "exactly ten digits",
        "nhs_number.layout": "ten digits together, or three, three and four apart by one space or hyphen",
        "nhs_number.placeholder": "not one digit repeated ten times and not the digits counted up or down",
        "nhs_number.check_digit": "the last digit agrees with the other nine (modulus eleven)",
        "ods_code.characters": "only ASCII letters and digits",
        "ods_code.length": "three to twelve characters",
        "snomed_id.digits": "only the digits nought to nine",
        "snomed_id.length": "six to eighteen digits",
        "snomed_id.leading_zero": "does not start with nought",
        "snomed_id.partition": "the partition is one of a concept, description or relationship",
        "snomed_id.namespace": "a long-format identifier has an item before its seven-digit namespace",
        "snomed_id.check_digit": "the last digit agrees with the others (Verhoeff)",
        "read_code.code": "five characters: letters or digits, then dots to fill",
        "read_code.term_code": "two letters or digits",
        "partial_date.characters": "only ASCII characters",
        "partial_date.shape": "the whole text has one of the accepted shapes",
        "partial_date.parts": "no part is given without every larger part",
        "partial_date.year": "the year has four digits and is not nought",
        "partial_date.month": "the month exists",
        "partial_date.day": "the day exists in that month of that year",
        "partial_date.hour": "the hour is before the end of the day",
        "partial_date.minute": "the minute is within the hour",
        "partial_date.second": "the second is within the minute; leap seconds are not accepted",
        "partial_date.fraction": "the fraction of a second is digits, after whole seconds",
        "partial_date.zone": "the zone is between twelve hours behind and fourteen hours ahead of UTC",
        "partial_date.precision": "asked for no more precision than the value has",
        "partial_date.local_time_skipped": "the clocks of the zone were not put forward over this time",
        "partial_date.local_time_repeated": "the clocks of the zone were not put back over this time",
        "partial_date.zone_range": "the time can be placed in the zone",
        "working_calendar.range": "the known range does not end before it starts",
        "working_calendar.days": "every day off is within the known range",
    }
)
"""Every rule a value can break, with what it asks for in one phrase."""


class ValueRefused(ValueError):
    """A text or part cannot be this kind of value.

    `rule` is a key of `RULES`, fit to count and group by. `what` is the kind of value in words. The message
    is made of these two only, so it may go to a log or a screen: a refused value is often a patient's data
    with one slip.
    """

    def __init__(self, rule: str) -> None:
        super().__init__(rule)
        self.rule = rule
        self.what = WHAT[rule.partition(".")[0]]

    def __str__(self) -> str:
        return f"{self.what} refused by {self.rule}: {RULES[self.rule]}"
