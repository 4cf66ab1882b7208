"""The first screen of a registration list: who is not everywhere, and what differs most."""

from typing import Any

from godwit.records.listing.page import what_matters

Facts = dict[str, Any]


def region(patients: int, *places: str) -> Facts:
    return {
        "in": list(places),
        "title": ", ".join(places),
        "patients": patients,
        "meaning": f"Only {places}.",
    }


def field(title: str, different: int) -> Facts:
    return {"title": title, "different": different}


def summary(**changes: Any) -> Facts:
    fields = [
        field("title", 1),
        field("NHS number", 4),
        field("sex", 0),
        field("postcode", 2),
        field("address", 3),
    ]
    return {
        "systems": [{"different": 7, "fields": fields}, {"different": 0, "fields": []}],
        "regions": [
            region(119, "list", "source", "target"),
            region(0, "list", "target"),
            region(8, "source", "target"),
            region(21, "list"),
        ],
        "waiting": 9,
    } | changes


def test_the_largest_region_that_is_not_everywhere_comes_first() -> None:
    assert list(what_matters(summary())) == [
        ("21 patients: list", "Only ('list',)."),
        ("8 patients: source, target", "Only ('source', 'target')."),
        ("7 patients: told differently", "Most often: NHS number (4), address (3), postcode (2)."),
        ("9 rows: to be decided", "They may be one patient and may be two."),
    ]


def test_where_all_agree_nothing_matters() -> None:
    same = {"different": 0, "fields": [field("sex", 0)]}
    everywhere = [region(119, "list", "source", "target"), region(0, "list")]
    assert list(what_matters(summary(systems=[same, same], regions=everywhere, waiting=0))) == []


def test_with_one_system_everywhere_is_list_and_source() -> None:
    one = summary(systems=[{"different": 0, "fields": []}], regions=[region(5, "list", "source")], waiting=0)
    assert list(what_matters(one)) == []
