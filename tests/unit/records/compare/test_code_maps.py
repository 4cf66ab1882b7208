"""When two lists of codes are one concept by the maps loaded."""

import pytest

from godwit.records.compare.code_maps import NO_MAP, CodeMap

MAP = CodeMap(
    {
        "read2|C10F.": frozenset({"snomed|44054006"}),
        "read2|C10E.": frozenset({"snomed|46635009"}),
        "ctv3|X40J5": frozenset({"snomed|44054006"}),
        "multilex|77": frozenset({"snomed|318353009"}),
    },
    frozenset({"read2", "ctv3", "multilex"}),
)


def codes(text: str) -> set[str]:
    return set(text.split())


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("read2|C10F.", "snomed|44054006"),
        ("read2|C10F.", "ctv3|X40J5"),
        ("read2|C10F.", "read2|C10F. snomed|44054006"),
        ("emis|12 read2|C10F.", "snomed|44054006"),
        ("emis|12 read2|C10F.", "ctv3|X40J5 snomed|44054006 tpp_local|Y123"),
        ("multilex|77", "snomed|318353009"),
        ("null_flavour|UNK read2|C10F.", "snomed|44054006"),
    ],
)
def test_one_concept(one: str, other: str) -> None:
    assert MAP.one_concept(codes(one), codes(other))
    assert MAP.one_concept(codes(other), codes(one))
    assert not NO_MAP.one_concept(codes(one), codes(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("", ""),
        ("read2|C10F.", ""),
        ("emis|12", "snomed|44054006"),
        ("read2|C10F.", "read2|C10E."),
        ("read2|C10F.", "snomed|46635009"),
        ("read2|C10F.", "read2|C10F. snomed|46635009"),
        ("read2|C10F. read2|C10E.", "snomed|44054006"),
        ("read2|C10Z.", "snomed|44054006"),
        ("read2|C10F. ctv3|X40J4", "snomed|44054006"),
        ("emis|12 read2|C10F.", "emis|13 snomed|44054006"),
        ("read2|C10F.", "snomed|44054006 snomed|196411000000103"),
        ("read2|c10F.", "snomed|44054006"),
        ("emis|A", "emis|A snomed|196411000000103"),
        ("emis|A read2|C10F.", "emis|A ctv3|X40J4 snomed|44054006"),
        ("read2|C10F. tpp_local|Y1", "tpp_local|Y1 read2|C10F. snomed|196411000000103"),
        ("read2|C10F.", "read2|C10F."),
        ("tpp_local|Y1", "tpp_local|Y1 emis|2"),
    ],
)
def test_other_concepts(one: str, other: str) -> None:
    assert not MAP.one_concept(codes(one), codes(other))
    assert not MAP.one_concept(codes(other), codes(one))
