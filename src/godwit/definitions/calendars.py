"""The bank holidays of England as data, and the working calendar they make."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from importlib import resources
from itertools import pairwise
from typing import Any, Final

import yaml

from godwit.definitions.errors import DefinitionError
from godwit.values import WorkingCalendar

_FILE: Final = "calendars/england_bank_holidays.yaml"
_TEXTS: Final = ("edition", "division", "source", "licence")
_DATES: Final = ("snapshot_on", "known_from", "known_to")


@dataclass(frozen=True, slots=True)
class BankHoliday:
    """One bank holiday. `substitute` says that it stands for a day at a weekend, or was moved."""

    day: date
    name: str
    substitute: bool = False


@dataclass(frozen=True, slots=True)
class BankHolidays:
    """A dated list of bank holidays, complete from `known_from` to `known_to` as it was on `snapshot_on`."""

    edition: str
    division: str
    source: str
    licence: str
    snapshot_on: date
    known_from: date
    known_to: date
    holidays: tuple[BankHoliday, ...]

    def working_calendar(self) -> WorkingCalendar:
        """The working days that these holidays leave."""
        days = frozenset(holiday.day for holiday in self.holidays)
        return WorkingCalendar(self.edition, self.known_from, self.known_to, days)


def read_working_calendar() -> WorkingCalendar:
    """The working days of England by the snapshot of bank holidays that comes with Godwit.

    Raises `DefinitionError` if the file breaks a rule.
    """
    return read_bank_holidays().working_calendar()


def read_bank_holidays() -> BankHolidays:
    """The snapshot itself, with the name of each holiday. Raises `DefinitionError` as above."""
    text = resources.files("godwit.definitions").joinpath(_FILE).read_text(encoding="utf-8")
    return bank_holidays_from(text, _FILE)


def bank_holidays_from(text: str, file: str) -> BankHolidays:
    """Check the text of a list of bank holidays; `file` is what its errors call it.

    No key is missing or unknown; the holidays run from first to last, each on its own weekday
    within the known range. Raises `DefinitionError`.
    """
    data = _mapping(_load(text, file), (*_TEXTS, *_DATES, "holidays"), (), file)
    texts = {key: _typed(data, key, str, file) for key in _TEXTS}
    dates = {key: _typed(data, key, date, file) for key in _DATES}
    rows = _typed(data, "holidays", list, file)
    holidays = tuple(_holiday(row, at, file) for at, row in enumerate(rows, start=1))
    listed = BankHolidays(**texts, **dates, holidays=holidays)
    for row, rule, because in _faults(listed):
        raise DefinitionError(file, rule, because, row=row)
    return listed


def _load(text: str, file: str) -> object:
    try:
        return yaml.safe_load(text)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else None
        raise DefinitionError(file, "yaml", error.problem or "not YAML", line=line) from error
    except ValueError as error:
        # YAML's reader raises this for a date that no calendar has, and does not say where.
        raise DefinitionError(file, "yaml", f"a date cannot be: {error}") from error


def _holiday(row: object, at: int, file: str) -> BankHoliday:
    data = _mapping(row, ("day", "name"), ("substitute",), file, at)
    substitute = _typed(data, "substitute", bool, file, at) if "substitute" in data else False
    return BankHoliday(_typed(data, "day", date, file, at), _typed(data, "name", str, file, at), substitute)


def _mapping(
    data: object, needed: tuple[str, ...], allowed: tuple[str, ...], file: str, row: int | None = None
) -> Mapping[str, Any]:
    if not isinstance(data, dict):
        raise DefinitionError(file, "mapping", "this must be a mapping of names to values", row=row)
    missing = [key for key in needed if key not in data]
    unknown = [str(key) for key in data if key not in (*needed, *allowed)]
    if missing or unknown:
        because = f"missing: {', '.join(missing) or 'none'}; unknown: {', '.join(unknown) or 'none'}"
        raise DefinitionError(file, "keys", because, row=row)
    return data


def _typed(data: Mapping[str, Any], key: str, wanted: type, file: str, row: int | None = None) -> Any:
    # Exactly the type: a date and time is also a date to Python, and would match no day.
    if type(data[key]) is not wanted or data[key] == "":
        raise DefinitionError(file, "type", f"{key} must be a {wanted.__name__}, and not empty", row=row)
    return data[key]


def _faults(listed: BankHolidays) -> Iterator[tuple[int | None, str, str]]:
    if listed.known_to < listed.known_from:
        yield None, "range", "known_to is before known_from"
    for row, (one, following) in enumerate(pairwise(listed.holidays), start=2):
        if following.day == one.day:
            yield row, "unique", f"{following.day} is listed twice"
        if following.day < one.day:
            yield row, "sorted", f"{following.day} comes after {one.day} in the list"
    for row, holiday in enumerate(listed.holidays, start=1):
        if not listed.known_from <= holiday.day <= listed.known_to:
            yield row, "range", f"{holiday.day} is outside {listed.known_from} to {listed.known_to}"
        if holiday.day.isoweekday() > 5:
            yield row, "weekday", f"{holiday.day} is at a weekend, so it is no day off work"
