"""Values kept as JSON are shown in lines, and plain text is left alone."""

import pytest

from godwit.records.evidence.readable import lines


def test_lists_and_structures_become_lines() -> None:
    assert lines("allergy", "code", '["emis|A","snomed|1"]') == ("emis|A", "snomed|1")
    address = '[{"lines":["1 High Street","Anytown"],"postcode":"AA1 1AA"}]'
    assert lines("patient", "addresses", address) == (
        "lines: 1 High Street", "lines: Anytown", "postcode: AA1 1AA",
    )  # fmt: skip
    assert lines("allergy", "code", "[]") == ()


def test_plain_text_is_left_alone_even_where_it_looks_like_a_list() -> None:
    assert lines("allergy", "text", '["a"]') is None
    assert lines("consultation", "recorder", "Staff record 6 of file 1") is None
    assert lines("allergy", None, "x") is None
    assert lines("no_such_entity", "code", "[]") is None


def test_a_broken_list_is_an_error() -> None:
    with pytest.raises(ValueError, match="Expecting"):
        lines("allergy", "code", "[")
