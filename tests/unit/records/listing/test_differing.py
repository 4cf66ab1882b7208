"""What differs between two rows of one patient, and what is form alone. A table of values and answers."""

from __future__ import annotations

import pytest

from godwit.records.listing.differing import comparable, differences
from godwit.records.listing.fields import read_fields
from tests.support.listed_people import entry


@pytest.mark.parametrize(
    ("field", "on_list", "in_system", "outcome"),
    [
        ("nhs_number", "999 123 4500", "9991234500", "form"),
        ("nhs_number", "9991234519", "9991234500", "different"),
        ("nhs_number", "", "9991234500", "system_only"),
        ("nhs_number", "9991234500", "", "list_only"),
        ("family", "O'BRIEN", "O\u2019Brien", "form"),
        ("family", "Smith-Jones", "Smith Jones", "form"),
        ("family", "Smith", "Smyth", "different"),
        ("given", "ADA", "Ada Jane", "less"),
        ("given", "Jane", "Ada Jane", "different"),
        ("birth_date", "1950-02-03", "1950-02-03", None),
        ("birth_date", "1950-02-03", "1950-03-02", "different"),
        ("birth_date", "1950-02-03", "1950", "less"),
        ("sex", "unknown", "female", "different"),
        ("postcode", "ZZ11ZZ", "ZZ1 1ZZ", "form"),
        ("postcode", "ZZ1 1ZX", "ZZ1 1ZZ", "different"),
        ("address", "1 MILL LANE, TERNBY, ZZ1 1ZZ", "1 mill lane, ternby", None),
        ("address", "1 Mill Ln, Ternby", "1 mill lane, ternby", "form"),
        ("address", "1 Mill Lane", "1 mill lane, ternby", "less"),
        ("address", "Flat 2, 1 Mill Lane, Ternby", "1 mill lane, ternby", "different"),
        ("usual_gp", "Dr A Heron", "dr a heron", None),
        ("usual_gp", "HERON, A", "Dr A Heron", "form"),
        ("usual_gp", "Dr Heron", "Dr A Heron", "less"),
        ("usual_gp", "Dr B Heron", "Dr A Heron", "different"),
        ("sensitive", "", "yes", "different"),
        ("sensitive", "no", "", None),
        ("practice", "a81001", "A81001", "form"),
        ("title", "Mr.", "Mr", "form"),
    ],
)  # fmt: skip
def test_a_field(field: str, on_list: str, in_system: str, outcome: str | None) -> None:
    said = differences(
        entry("list", 2, **{field: on_list}),
        entry("source", 1, **{field: in_system}),
        [read_fields().of(field)],
    )
    assert [one.outcome for one in said] == ([outcome] if outcome else [])


def test_a_field_that_one_of_the_two_never_tells_is_not_compared() -> None:
    told = [
        one.id
        for one in comparable([entry("list", 2, title="Mrs")], [entry("source", 1, usual_gp="Dr A Heron")])
    ]
    assert "family" in told
    assert not {"title", "usual_gp", "status"} & set(told)
