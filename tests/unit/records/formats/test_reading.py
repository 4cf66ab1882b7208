"""What readers share: booking, the NHS number of a patient, links that are settled, keys that stand twice."""

from dataclasses import replace

import pytest

from godwit.records.formats.reading import (
    Reading,
    note_snapshot,
    report_duplicate_keys,
    report_strangers,
    settle_links,
    with_nhs_number,
)
from godwit.records.model import Issue, Link, Place, Reject, Row, SetAside
from godwit.values import PartialDate

PLACE = Place(1, 1, "Thing")


def row(key: str | None, *links: Link, entity: str = "problem") -> Row:
    return Row(PLACE, entity, key, None, {}, links)


def settled(reading: Reading, *links: Link) -> tuple[tuple[Link, ...], list[Issue]]:
    """What becomes of the links of one more row."""
    reading.add(row("own", *links))
    settle_links(reading)
    return reading.rows[-1].links, reading.issues


def reading_of_everything() -> Reading:
    reading = Reading(aliases={"folded": "there", "folded away": "aside", "folded nowhere": "nowhere"})
    for fate in (
        row("there"),
        SetAside(PLACE, "problem", "folded", "folded"),
        SetAside(PLACE, "problem", "index", "aside"),
        Reject(PLACE, "problem", "value.shape", "code", "rejected"),
    ):
        reading.add(fate)
    return reading


@pytest.mark.parametrize(
    ("name", "link", "becomes", "dangles"),
    [
        ("a record of the file", Link("r", "there"), Link("r", "there"), False),
        ("a folded record leads to its holder", Link("r", "folded"), Link("r", "there"), False),
        ("itself", Link("r", "own"), Link("r", "own"), False),
        ("a record set aside", Link("r", "aside"), Link("r", None, "a record that was set aside"), False),
        ("folded into one", Link("r", "folded away"), Link("r", None, "a record that was set aside"), False),
        ("a rejected one", Link("r", "rejected"), Link("r", None, "a record that could not be read"), False),
        ("nothing at all", Link("r", "nowhere"), Link("r", "nowhere"), True),
        ("folded into nothing", Link("r", "folded nowhere"), Link("r", "nowhere"), True),
        ("words instead of a record", Link("r", None, "Dr Made Up"), Link("r", None, "Dr Made Up"), False),
    ],
)
def test_a_link_leads_to(name: str, link: Link, becomes: Link, dangles: bool) -> None:
    links, issues = settled(reading_of_everything(), link)
    assert links == (becomes,), name
    assert issues == ([Issue(PLACE, "problem", "link.dangling", "r")] if dangles else [])


def test_two_links_that_settle_on_one_record_are_one_link() -> None:
    links, _ = settled(reading_of_everything(), Link("r", "there"), Link("r", "folded"), Link("s", "there"))
    assert links == (Link("r", "there"), Link("s", "there"))


def test_the_second_and_third_record_under_one_key_are_reported_and_kept() -> None:
    reading = Reading()
    for number, key in enumerate(("a", "b", "a", "a", None, None), start=1):
        reading.add(replace(row(key), place=Place(1, number, "Thing")))
    report_duplicate_keys(reading)
    assert [(issue.place.record, issue.rule) for issue in reading.issues] == [
        (3, "key.duplicate"),
        (4, "key.duplicate"),
    ]
    assert len(reading.rows) == 6


def test_every_record_is_booked_once() -> None:
    reading = reading_of_everything()
    assert reading.read == 4
    assert reading.census() == {
        ("Thing", "converted"): 1,
        ("Thing", "set_aside"): 2,
        ("Thing", "rejected"): 1,
    }


@pytest.mark.parametrize(
    ("delivered", "value", "original", "rule"),
    [
        ("9990000018", "9990000018", None, None),
        ("999 000 0018", "9990000018", "999 000 0018", None),
        ("9990000019", "unreadable:9990000019", "9990000019", "nhs_number.check_digit"),
        ("12345", "unreadable:12345", "12345", "nhs_number.length"),
        ("none", "unreadable:none", "none", "nhs_number.digits"),
        ("99 90000018", "unreadable:99 90000018", "99 90000018", "nhs_number.layout"),
        ("0000000000", "unreadable:0000000000", "0000000000", "nhs_number.placeholder"),
        ("", None, None, "nhs_number.absent"),
        (None, None, None, "nhs_number.absent"),
    ],
)
def test_the_nhs_number_of_a_patient(
    delivered: str | None, value: str | None, original: str | None, rule: str | None
) -> None:
    made, issues = with_nhs_number(row(None, entity="patient"), delivered)
    assert made.fields.get("nhs_number") == value
    assert made.original.get("nhs_number") == original
    assert [issue.rule for issue in issues] == ([rule] if rule else [])
    assert all(issue.detail == "nhs_number" for issue in issues)


@pytest.mark.parametrize(
    ("delivered", "taken_at", "issues"),
    [
        (None, None, []),
        ("2020-06-01T08:00:00Z", "2020-06-01T08:00:00Z", []),
        ("2020", "2020", []),
        ("Ann Adams", None, ["moment.unreadable"]),
        ("", None, ["moment.unreadable"]),
    ],
)
def test_when_a_file_was_made_is_kept_only_where_it_is_a_date(
    delivered: str | None, taken_at: str | None, issues: list[str]
) -> None:
    reading = Reading()
    note_snapshot(reading, 1, delivered, PartialDate.parse_iso)
    assert reading.taken_at == taken_at
    assert [issue.rule for issue in reading.issues] == issues


def test_a_record_of_a_patient_who_is_not_in_the_file_is_reported() -> None:
    reading = Reading()
    for made in (
        row("Patient/1", entity="patient"),
        replace(row("a"), patient="Patient/1"),
        replace(row("b"), patient="Patient/2"),
        row("c"),
    ):
        reading.add(made)
    report_strangers(reading)
    assert reading.issues == [Issue(PLACE, "problem", "patient.not_in_file", "subject")]
