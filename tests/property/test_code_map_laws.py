"""Whatever a map says: without it two lists of codes are never one concept by it, and no code that speaks is lost."""

from hypothesis import given
from hypothesis import strategies as st

from godwit.records.compare.code_maps import NO_MAP, CodeMap

DEGRADED = "snomed|196411000000103"
codes = st.sampled_from(
    [
        "read2|A....",
        "read2|B....",
        "ctv3|A1...",
        "ctv3|B1...",
        "snomed|1",
        "snomed|2",
        "emis|1",
        "emis|2",
        "tpp_local|Y1",
    ]
)
lists = st.sets(codes, max_size=4)
maps = st.dictionaries(codes, st.sets(codes, min_size=1, max_size=2).map(frozenset), max_size=5).map(
    lambda targets: CodeMap(targets, frozenset(code.partition("|")[0] for code in targets))
)


@given(lists, lists)
def test_without_a_map_nothing_is_one_concept(one: set[str], other: set[str]) -> None:
    assert not NO_MAP.one_concept(one, other)


@given(maps, lists, lists)
def test_it_does_not_matter_which_side_is_which(code_map: CodeMap, one: set[str], other: set[str]) -> None:
    assert code_map.one_concept(one, other) == code_map.one_concept(other, one)


@given(maps, lists, lists)
def test_a_degraded_code_on_one_side_is_never_harmless(
    code_map: CodeMap, one: set[str], other: set[str]
) -> None:
    assert not code_map.one_concept(one, other | {DEGRADED})


@given(maps, lists)
def test_nothing_is_the_same_as_no_code_and_the_same_list_needs_no_map(
    code_map: CodeMap, one: set[str]
) -> None:
    assert not code_map.one_concept(one, set())
    assert not code_map.one_concept(one, one)


@given(maps, lists, lists)
def test_two_codes_of_one_system_that_differ_need_a_map_between_them(
    code_map: CodeMap, one: set[str], other: set[str]
) -> None:
    if code_map.one_concept(one, other):
        for code in one - other:
            system = code.partition("|")[0]
            if any(to.partition("|")[0] == system for to in other):
                mapped = {code, *code_map.targets.get(code, ())}
                ends = {end for to in other for end in (to, *code_map.targets.get(to, ()))}
                assert mapped & ends
