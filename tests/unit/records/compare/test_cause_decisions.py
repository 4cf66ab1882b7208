"""Decisions over counts: who leads, what is divided, what explains, and what stands together."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from godwit.definitions.comparison.severities import ORDER
from godwit.records.compare.cause_groups import Cell, clusters, leaders
from godwit.records.compare.cause_lines import MOST_LINES, Line, folded
from godwit.records.compare.cause_shares import Explained, Shared, elsewhere, explain, openly
from godwit.records.compare.cause_words import measured, pattern, private_pattern, shared_words

TRAITS = ("turn", "code", "site", "person")


@pytest.mark.parametrize(
    ("totals", "together", "led"),
    [
        ({"code": ("high", 7), "term": ("low", 7)}, [(["code", "term"], 7)], {"term": "code"}),
        ({"code": ("high", 7), "term": ("low", 7)}, [(["code", "term"], 6)], {}),  # one term changed alone
        (
            {"value": ("critical", 100), "date": ("high", 3)},
            [(["date", "value"], 3)],
            {},
        ),  # two faults on one record
        ({"value": ("critical", 4), "date": ("high", 2)}, [(["date", "value"], 2)], {"date": "value"}),
        ({"a": ("high", 2), "b": ("high", 2)}, [(["a", "b"], 2)], {"b": "a"}),
        (
            {"a": ("high", 4), "b": ("medium", 3), "c": ("low", 3)},
            [(["a", "b", "c"], 3)],
            {"b": "a", "c": "a"},
        ),
        ({"value": ("critical", 1), "mark": ("critical", 1)}, [(["mark", "value"], 1)], {}),  # neither hides
        ({"a": ("high", 1)}, [], {}),
    ],
)
def test_a_group_follows_another_that_it_never_leaves(
    totals: dict[str, tuple[str, int]], together: list[tuple[list[str], int]], led: dict[str, str]
) -> None:
    assert leaders(totals, together) == led


def test_of_equals_the_first_field_of_the_record_leads() -> None:
    equal = {"status": ("medium", 3), "end_date": ("medium", 3)}
    found = leaders(equal, [(["end_date", "status"], 3)], {"status": 0, "end_date": 1}.__getitem__)
    assert found == {"end_date": "status"}


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ([("", "high", 5)], [("b", 5)]),
        ([("decimal", "high", 5), ("", "high", 5)], [("b", 5), ("b.decimal", 5)]),
        ([("decimal", "high", 1), ("", "high", 99)], [("b", 100)]),  # too few to tell apart
        ([("", "critical", 1), ("", "low", 500)], [("b.critical", 1), ("b.low", 500)]),
        ([("", "critical", 2), ("", "low", 2)], [("b", 4)]),
        (
            [("", "critical", 1), ("", "high", 2), ("", "low", 2)],
            [("b.critical", 1), ("b.high", 4)],
        ),
    ],
)
def test_a_group_is_divided_by_kind_of_change_and_by_risk(
    cells: list[tuple[str, str, int]], expected: list[tuple[str, int]]
) -> None:
    found = clusters([Cell("b", *cell) for cell in cells])
    assert [(one.id, one.findings) for one in found] == expected


CELLS = st.lists(
    st.builds(
        Cell, st.sampled_from("xyz"), st.sampled_from(["", "cut", "decimal"]), st.sampled_from(ORDER),
        st.integers(1, 99)
    ),
    unique_by=lambda cell: (cell.base, cell.change, cell.severity),
)  # fmt: skip


@given(CELLS)
def test_no_finding_is_lost_and_none_critical_stands_under_a_lesser_line(cells: list[Cell]) -> None:
    found = clusters(cells)
    assert sum(one.findings for one in found) == sum(cell.findings for cell in cells)
    assert len({one.id for one in found}) == len(found)
    for one in found:
        gravest = min(ORDER.index(cell.severity) for cell in one.cells)
        assert one.severity == ORDER[gravest]


def shared(trait: str, findings: int, outside: float, value: str = "v", patients: int = 9) -> Shared:
    return Shared(trait, value, findings, patients, outside)


def test_what_all_share_and_others_lack_describes_the_whole() -> None:
    code, site = shared("code", 100, 0.01), shared("site", 100, 0.9)
    assert explain(100, [site, code], TRAITS) == Explained(whole=(code,))


@pytest.mark.parametrize(
    ("size", "found", "lines"),
    [
        (100, [("code", 60, 0.01)], 1),
        (100, [("code", 60, 0.5)], 0),  # as usual elsewhere
        (100, [("code", 40, 0.01)], 0),  # too little of it
        (100, [("code", 30, 0.01, "a"), ("code", 30, 0.01, "b")], 2),
        (29, [("code", 26, 0.01)], 0),  # too few to divide
        (100, [("code", 60, 0.15), ("site", 60, 0.01)], 1),
    ],
)
def test_a_cluster_is_divided_where_that_explains_it(
    size: int, found: list[tuple[object, ...]], lines: int
) -> None:
    assert len(explain(size, [shared(*one) for one in found], TRAITS).lines) == lines  # type: ignore[arg-type]


def test_few_findings_that_share_what_many_records_have_are_chance() -> None:
    busy, rare = shared("site", 3, 0.1), shared("site", 3, 0.01)
    assert explain(3, [busy], TRAITS) == Explained()
    assert explain(3, [rare], TRAITS) == Explained(whole=(rare,))


def test_the_rarer_trait_explains_better() -> None:
    found = explain(100, [shared("code", 60, 0.15), shared("site", 60, 0.01)], TRAITS)
    assert [one.trait for one in found.lines] == ["site"]


@pytest.mark.parametrize(
    ("findings", "size", "records", "total", "share"),
    [(10, 20, 60, 119, 0.505), (10, 20, 10, 119, 0.005), (20, 20, 20, 20, 0.5), (10, 20, 5, 119, 0.005)],
)
def test_the_share_among_records_that_did_not_fail(
    findings: int, size: int, records: int, total: int, share: float
) -> None:
    assert elsewhere(findings, size, records, total) == share


def test_a_code_is_named_in_the_open_when_five_patients_have_it() -> None:
    assert openly(shared("code", 9, 0, patients=5), {})
    assert not openly(shared("code", 9, 0, patients=4), {})
    assert openly(shared("code", 9, 0, patients=4), {("code", "v"): 5})


LINES = st.lists(
    st.builds(
        Line, st.uuids().map(str), st.sampled_from(["allergy", "problem", "recall", "document"]),
        st.sampled_from(ORDER), st.integers(1, 500), st.integers(1, 500)
    ),
    max_size=200, unique_by=lambda line: line.id,
)  # fmt: skip


@given(LINES)
def test_never_more_than_fifty_lines_and_only_one_severity_in_each(lines: list[Line]) -> None:
    into = folded(lines)
    stand: dict[str, set[str]] = {}
    for line in lines:
        stand.setdefault(into.get(line.id, line.id), set()).add(line.severity)
    assert len(stand) <= MOST_LINES
    assert all(len(severities) == 1 for severities in stand.values())
    if len(lines) <= MOST_LINES:
        assert into == {}
    elif into:
        alone = [line.rank for line in lines if line.id not in into]
        assert len(alone) >= MOST_LINES // 2


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("times 10", "10 times as large in the target"),
        ("divided 1,000", "1,000 times as small in the target"),
        ("cut 255", "cut after 255 characters"),
        ("shift -3", "3 days earlier in the target"),
        ("shift 366", "366 days later in the target"),
        ("ratio 2.0", "about 2 times the source's number"),
        ("ratio 2.2", "about 2.2 times the source's number"),
    ],
)
def test_a_change_that_is_the_same_each_time_in_words(value: str, words: str) -> None:
    assert measured(value) == words
    assert pattern(shared("measure", 9, 0, value), openly=False) == words


@pytest.mark.parametrize(
    ("trait", "value", "openly", "words", "private"),
    [
        ("unit", "mmol/L", True, "all of unit mmol/L", None),
        ("unit", "mmol/L", False, "all of one unit (see the private page)", "Unit: mmol/L"),
        ("turn", '["kg","lb"]', True, "from kg to lb each time", None),
        ("turn", '["kg","lb"]', False, "the same change each time (see the private page)", "Change: kg → lb"),
        ("code", '["read2|X.","snomed|1"]', True, "all of code SNOMED CT 1", None),
        ("code", "odd", True, "all of code odd", None),
        ("code", "odd", False, "all of one code (see the private page)", "Code: odd"),
        (
            "staff",
            "dr x",
            True,
            "all entered by one member of staff (see the private page)",
            "Entered by: dr x",
        ),
        ("kind", "SRCode", False, "all from table SRCode", None),
    ],
)
def test_what_is_shared_in_words(
    trait: str, value: str, openly: bool, words: str, private: str | None
) -> None:
    one = shared(trait, 9, 0, value)
    assert shared_words(pattern(one, openly), trait) == words
    assert private_pattern(one, openly) == private
