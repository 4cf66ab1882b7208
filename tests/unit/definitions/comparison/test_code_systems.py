"""Code systems have one short name each, whatever a format calls them."""

import pytest

from godwit.definitions.comparison import read_code_systems
from godwit.definitions.comparison.code_systems import FILE, CodeSystems, _File
from godwit.definitions.read import parse, resource

LISTED = parse(_File, resource("godwit.definitions.comparison", FILE)).systems


@pytest.mark.parametrize(
    ("spelling", "short"),
    [
        ("http://snomed.info/sct", "snomed"),
        ("2.16.840.1.113883.2.1.3.2.4.15", "snomed"),
        ("http://read.info/readv2", "read2"),
        ("2.16.840.1.113883.2.1.6.2", "read2"),
        ("http://read.info/ctv3", "ctv3"),
        ("2.16.840.1.113883.2.1.3.2.4.14", "ctv3"),
        ("http://SNOMED.info/sct", "http://SNOMED.info/sct"),
        ("urn:nobody", "urn:nobody"),
        ("", ""),
    ],
)
def test_the_short_name_of_a_code_system(spelling: str, short: str) -> None:
    assert read_code_systems().short(spelling) == short


def test_no_spelling_and_no_name_is_given_twice() -> None:
    spellings = [spelling for system in LISTED for spelling in system.spellings]
    names = [system.name for system in LISTED]
    assert len(set(spellings)) == len(spellings)
    assert len(set(names)) == len(names)


def test_no_name_could_be_taken_for_a_spelling_or_break_a_code() -> None:
    assert all("|" not in system.name and system.name.isidentifier() for system in LISTED)


def test_an_empty_list_knows_nothing() -> None:
    assert CodeSystems(()).short("x") == "x"
