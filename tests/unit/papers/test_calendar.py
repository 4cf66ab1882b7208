"""Calendar files, parsed back."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import icalendar
import pytest

from godwit.papers.calendar import Calendar, Entry, ics_bytes
from godwit.papers.paper import PaperRefused

MADE_AT = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
ENTRY = Entry(
    uid="T05-04@example-surgery.godwit",
    first_on=date(2027, 5, 4),
    last_on=date(2027, 5, 5),
    summary="Sign off the data; then, rest",
    description="First line\nSecond line, with → and ŷ " + "and more " * 20,
    categories=("Data, first", "Practice manager"),
    revision=2,
)


def written(*entries: Entry) -> bytes:
    return ics_bytes(Calendar("Example Surgery: move", MADE_AT, entries))


def events(content: bytes) -> list[Any]:
    """The entries; each value of one has a type of its own, hence Any."""
    return list(icalendar.Calendar.from_ical(content).walk("VEVENT"))


def test_an_entry_comes_back_as_it_was_given() -> None:
    (event,) = events(written(ENTRY))
    assert event["UID"] == ENTRY.uid
    assert event["SUMMARY"] == ENTRY.summary
    assert event["DESCRIPTION"] == ENTRY.description
    assert event["SEQUENCE"] == 2
    assert event["STATUS"] == "CONFIRMED"
    assert event["TRANSP"] == "TRANSPARENT"
    assert [str(category) for category in event["CATEGORIES"].cats] == ["Data, first", "Practice manager"]


def test_days_are_whole_and_the_end_is_the_first_free_day() -> None:
    content = written(ENTRY)
    assert b"DTSTART;VALUE=DATE:20270504\r\n" in content
    assert b"DTEND;VALUE=DATE:20270506\r\n" in content


def test_times_of_the_file_are_the_ones_given() -> None:
    content = written(ENTRY, replace(ENTRY, uid="b", changed_at=datetime(2026, 10, 1, 8, 0, tzinfo=UTC)))
    assert content.count(b"DTSTAMP:20261121T093000Z\r\n") == 2
    assert b"LAST-MODIFIED:20261121T093000Z\r\n" in content
    assert b"LAST-MODIFIED:20261001T080000Z\r\n" in content


def test_the_file_says_what_it_is() -> None:
    file: Any = icalendar.Calendar.from_ical(written(ENTRY))
    assert file["METHOD"] == "PUBLISH"
    assert file["VERSION"] == "2.0"
    assert file["X-WR-CALNAME"] == "Example Surgery: move"
    assert "Godwit" in file["PRODID"]


def test_reminders_come_at_nine_in_the_morning() -> None:
    (event,) = events(written(ENTRY))
    triggers = [alarm["TRIGGER"].dt for alarm in event.walk("VALARM")]
    assert triggers == [timedelta(hours=9) - timedelta(days=7), timedelta(hours=9)]
    assert all(alarm["ACTION"] == "DISPLAY" for alarm in event.walk("VALARM"))


def test_a_cancelled_entry_keeps_its_id_and_reminds_nobody() -> None:
    (event,) = events(written(replace(ENTRY, status="CANCELLED", revision=3)))
    assert (event["UID"], event["STATUS"], event["SEQUENCE"]) == (ENTRY.uid, "CANCELLED", 3)
    assert event.walk("VALARM") == []


def test_lines_end_and_fold_as_the_standard_asks() -> None:
    content = written(ENTRY)
    assert content.count(b"\n") == content.count(b"\r\n")
    assert max(len(line) for line in content.split(b"\r\n")) <= 75


def test_the_same_calendar_gives_the_same_bytes() -> None:
    assert written(ENTRY) == written(ENTRY)


def test_a_control_character_cannot_begin_a_line_of_its_own() -> None:
    (event,) = events(written(replace(ENTRY, summary="a\rSTATUS:CANCELLED\x00")))
    assert event["SUMMARY"] == "a[U+000D]STATUS:CANCELLED[U+0000]"
    assert event["STATUS"] == "CONFIRMED"


@pytest.mark.parametrize(
    "change",
    [
        {"last_on": date(2027, 5, 3)},
        {"uid": " "},
        {"summary": ""},
        {"revision": -1},
        {"reminders": (-1,)},
        {"changed_at": datetime(2026, 1, 1)},
    ],
)
def test_an_entry_that_makes_no_sense_is_refused(change: dict[str, object]) -> None:
    with pytest.raises(PaperRefused):
        replace(ENTRY, **change)  # type: ignore[arg-type]


def test_one_id_twice_and_a_time_without_zone_are_refused() -> None:
    with pytest.raises(PaperRefused, match="same id"):
        written(ENTRY, ENTRY)
    with pytest.raises(PaperRefused, match="without its zone"):
        Calendar("x", datetime(2026, 1, 1), ())
