"""Every row of values.yaml holds: the table people read is the table the code obeys."""

from collections.abc import Callable
from datetime import date, time
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import yaml

from godwit.definitions.calendars import read_bank_holidays, read_working_calendar
from godwit.values import (
    RULES,
    CalendarExhausted,
    NhsNumber,
    OdsCode,
    PartialDate,
    ReadV2Key,
    SnomedId,
    ValueRefused,
    verhoeff,
)

TABLES: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("values.yaml").read_text(encoding="utf-8"))
LONDON = ZoneInfo("Europe/London")
CALENDAR = read_working_calendar()

# Rules that no single text can break: they are about parts, or about two things together. The unit tests have them.
NOT_ABOUT_TEXT = {
    "partial_date.fraction",
    "partial_date.parts",
    "partial_date.precision",
    "working_calendar.days",
    "working_calendar.range",
}


def nhs_check_digit(nine: str) -> str:
    digit = NhsNumber.check_digit_for(nine)
    if digit is None:
        tenth = [answer_of(lambda text: str(NhsNumber.parse(text)), f"{nine}{last}") for last in range(10)]
        assert set(tenth) == {"refused: nhs_number.check_digit"}
    return digit or "none"


def ods_code(text: str) -> str:
    code = OdsCode.parse(text)
    return f"{code}, {'GP practice' if code.is_gp_practice else 'other'}"


def snomed_id(text: str) -> str:
    parsed = SnomedId.parse(text)
    assert SnomedId.with_check_digit(text[:-1]) == parsed
    return f"{parsed.kind}, " + (f"long, namespace {parsed.namespace}" if parsed.is_long else "short")


def date_iso(text: str) -> str:
    parsed = PartialDate.parse_iso(text)
    return f"{parsed.iso()} {parsed.precision.name}"


def date_compare(one: str, other: str) -> str:
    left, right = PartialDate.parse_iso(one), PartialDate.parse_iso(other)
    assert right.compare(left) == left.compare(right).seen_from_the_other()
    return left.compare(right)


def date_in_london(text: str) -> list[str]:
    local = PartialDate.parse_iso(text)
    placed = answer_of(lambda: local.in_zone(LONDON).iso())
    candidates = answer_of(lambda: " ".join(found.iso() for found in local.candidates_in_zone(LONDON)))
    return [placed, candidates]


def trigger(received_on: str, at: str, cut_off: str) -> str:
    return CALENDAR.effective_trigger_at(
        date.fromisoformat(received_on), time.fromisoformat(at), time.fromisoformat(cut_off)
    ).isoformat()


def bank_holidays(year: str) -> str:
    days = [holiday.day for holiday in read_bank_holidays().holidays]
    return " ".join(f"{day:%m-%d}" for day in days if day.year == int(year))


ANSWERS: dict[str, Callable[..., str | list[str]]] = {
    "nhs_number": lambda text: NhsNumber.parse(text).region,
    "nhs_check_digit": nhs_check_digit,
    "ods_code": ods_code,
    "snomed_id": snomed_id,
    "verhoeff_check_digit": verhoeff.check_digit_for,
    "read_v2_key": lambda code, term_code: ReadV2Key(code, term_code).text,
    "read_v2_same": lambda one, other: "yes" if ReadV2Key.parse(one) == ReadV2Key.parse(other) else "no",
    "date_iso": date_iso,
    "date_hl7": lambda text: PartialDate.parse_hl7(text).iso(),
    "date_compare": date_compare,
    "date_in_london": date_in_london,
    "date_seen_in_london": lambda text: PartialDate.parse_iso(text).seen_in(LONDON).iso(),
    "working_days_after": lambda start, count: CALENDAR.add_working_days(
        date.fromisoformat(start), int(count)
    ).isoformat(),
    "trigger": trigger,
    "bank_holidays": bank_holidays,
}


def answer_of(ask: Callable[..., Any], *inputs: str) -> Any:
    """The answer, or the rule that refused; a refusal must not repeat what it was given, nor any digit of it."""
    try:
        return ask(*inputs)
    except ValueRefused as error:
        check_nothing_leaks(error, inputs)
        return f"refused: {error.rule}"
    except CalendarExhausted:
        return "exhausted"


def check_nothing_leaks(error: ValueRefused, inputs: tuple[str, ...]) -> None:
    assert not any(text in str(error) for text in inputs if text)
    assert not any(character.isdigit() for character in str(error))
    assert error.__context__ is None or error.__suppress_context__


@pytest.mark.parametrize(("table", "row"), [(name, row) for name in TABLES for row in TABLES[name]["rows"]])
def test_row(table: str, row: list[str]) -> None:
    asked, *remark = row[:-1], row[-1]
    width = 2 if table == "date_in_london" else 1
    inputs, expected = asked[:-width], asked[-width:]
    answer = answer_of(ANSWERS[table], *inputs)
    assert (answer if isinstance(answer, list) else [answer]) == expected, remark


@pytest.mark.parametrize("name", TABLES)
def test_a_table_can_be_printed(name: str) -> None:
    table = TABLES[name]
    assert set(table) == {"title", "source", "columns", "rows"}
    assert table["columns"][-1] == "remark"
    assert all(len(row) == len(table["columns"]) for row in table["rows"])
    assert all(isinstance(cell, str) for row in table["rows"] for cell in row)


def test_every_table_is_asked_and_every_rule_is_shown() -> None:
    shown = {
        cell.removeprefix("refused: ") for table in TABLES.values() for row in table["rows"] for cell in row
    }
    assert set(ANSWERS) == set(TABLES)
    assert set(RULES) - shown == NOT_ABOUT_TEXT
