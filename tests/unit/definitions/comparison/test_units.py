"""Units by one name: which spellings meet, which must not, and what a list of units may not say."""

import pytest

from godwit.definitions.comparison.units import FILE, Units, _File, read_units
from godwit.definitions.errors import DefinitionError
from godwit.definitions.read import parse, parse_text, resource

LISTED = parse(_File, resource("godwit.definitions.comparison", FILE))


@pytest.mark.parametrize(
    ("spelling", "name"),
    [
        ("mmol/l", "mmol/L"),
        ("mmol / L", "mmol/L"),
        (" mmol/L ", "mmol/L"),
        ("millimoles per litre", "mmol/L"),
        ("mL/min/1.73  m2", "mL/min/1.73m2"),
        ("/min", "1/min"),
        ("1/min", "1/min"),
        ("beats per minute", "beats/min"),
        ("per cent", "%"),
        ("µg/L", "ug/L"),
        ("μg/L", "ug/L"),
        ("tablet(s)", "tablet"),
    ],
)
def test_a_spelling_has_a_name(spelling: str, name: str) -> None:
    assert read_units().named(spelling) == name


@pytest.mark.parametrize(
    "unknown",
    ["", " ", "ML", "MG", "C", "G/L", "10e9/L", "1000 mmol/L", "stone", "mmol/", "mmol//L", "/", "//L"],
)
def test_what_nobody_listed_has_none(unknown: str) -> None:
    assert read_units().named(unknown) is None


def test_capitals_tell_units_apart() -> None:
    units = read_units()
    for name, one in LISTED.units.items():
        for spelling in one.spellings:
            other = units.named(spelling.swapcase())
            assert other in (None, units.named(spelling)), f"{name}: {spelling} in other capitals is {other}"


def test_every_name_is_a_spelling_or_explained() -> None:
    assert {name for name, one in LISTED.units.items() if name not in one.spellings} == set()


def test_a_spelling_of_two_units_is_refused() -> None:
    text = (
        "edition: x\nsources: {a: b}\nunits:\n"
        "  g: {source: a, spellings: [g, gram]}\n  kg: {source: a, spellings: [kg, gram]}\n"
    )
    with pytest.raises(DefinitionError, match="twice: gram"):
        parse_text(_File, "units.yaml", text)


def test_a_source_nobody_wrote_down_is_refused() -> None:
    text = "edition: x\nsources: {a: b}\nunits:\n  g: {source: c, spellings: [g]}\n"
    with pytest.raises(DefinitionError, match="no such source: c"):
        parse_text(_File, "units.yaml", text)


def test_no_units_know_nothing() -> None:
    assert Units({}).named("g") is None
