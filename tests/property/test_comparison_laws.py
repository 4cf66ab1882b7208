"""What must hold for every comparison: nothing is found where nothing is, and exactly what was done is found."""

from collections import Counter
from collections.abc import Sequence

import pytest
from hypothesis import given, seed
from hypothesis import strategies as st

from godwit.records.canonical import ENTITIES, EXTRAS
from godwit.records.model import Row
from tests.property.comparing import compare_plain, many_more, some
from tests.property.fast_comparator import compare_fast
from tests.property.generated_copies import (
    Case,
    as_receivers_write,
    cases,
    formats,
    renumbered,
    without_ids,
)
from tests.property.generated_records import (
    changed,
    keys_of,
    linked,
    practices,
    tidy_practices,
    with_known_patients,
)
from tests.property.plain_comparator import RUNGS, Fills, Result

pytestmark = pytest.mark.timeout(1800)  # a failure is made small before it is shown, and that takes its time

TIDY = tidy_practices()
FORMATS = st.booleans()
ROUNDS = 20
"""Of new examples, until every kind was met."""


def all_identical(found: Result) -> bool:
    return not found.findings and set(found.outcomes.values()) <= {"identical"}


def counts(found: Result) -> tuple[object, Counter[tuple[object, ...]]]:
    """Books, and findings by everything but their rows."""
    return found.books, Counter((*one[:3], one[5]) for one in found.findings.elements())


@some
@given(practices().map(with_known_patients) | TIDY, formats(), FORMATS)
def test_a_thing_compared_with_itself_is_identical(practice: list[Row], room: Fills, same: bool) -> None:
    assert all_identical(compare_fast(Case(practice, practice, (room, room), same)))


@some
@given(st.data(), TIDY, FORMATS)
def test_no_identifiers_and_another_order_are_no_findings_where_no_two_records_are_equal(
    data: st.DataObject, practice: list[Row], same: bool
) -> None:
    copy = renumbered(without_ids(data.draw(st.permutations(practice))))
    found = compare_fast(Case(practice, copy, same_format=same))
    assert all_identical(found)
    assert len(found.pairs) == len(practice)


@some
@given(st.data(), TIDY, FORMATS)
def test_the_order_of_the_target_changes_no_count(
    data: st.DataObject, practice: list[Row], same: bool
) -> None:
    copy = renumbered([one for row in practice for one in data.draw(what_became_of(row, practice))])
    other = renumbered(data.draw(st.permutations(copy)))
    one, two = (compare_fast(Case(practice, target, same_format=same)) for target in (copy, other))
    assert counts(one) == counts(two)


@st.composite
def what_became_of(draw: st.DrawFn, row: Row, practice: Sequence[Row]) -> list[Row]:
    """The row unchanged, changed or lost; its identifiers stay."""
    kind = draw(st.sampled_from(["none", "changed", "habit", "links", "lost"]))
    if kind == "lost" and row.entity != "patient":
        return []
    if kind == "changed" and row.entity != "patient":
        return [draw(changed(row))]
    if kind == "links":
        return [draw(linked(row, keys_of(practice, 1)))]
    return [as_receivers_write(row) if kind == "habit" else row]


@some
@given(st.data(), TIDY, FORMATS)
def test_every_lost_record_is_missing_and_nothing_else_is_found(
    data: st.DataObject, practice: list[Row], same: bool
) -> None:
    numbered = [number for number, row in enumerate(practice, start=1) if row.entity != "patient"]
    lost = data.draw(st.sets(st.sampled_from(numbered), min_size=1))
    copy = renumbered([row for number, row in enumerate(practice, start=1) if number not in lost])
    for source, target, outcome in ((practice, copy, "missing"), (copy, practice, "unexpected")):
        found = compare_fast(Case(source, target, same_format=same))
        assert Counter(one[:2] for one in found.findings.elements()) == Counter(
            (practice[number - 1].entity, outcome) for number in lost
        )
        assert set(found.outcomes.values()) <= {"identical"}


@some
@given(st.data(), TIDY)
def test_a_changed_record_is_one_record_with_differences(data: st.DataObject, practice: list[Row]) -> None:
    """However many fields changed: with its identifier it is never one missing and one unexpected."""
    number = data.draw(st.sampled_from([n for n, row in enumerate(practice) if row.entity != "patient"]))
    copy = list(practice)
    copy[number] = data.draw(changed(data.draw(changed(practice[number]))))
    before, after = dict(practice[number].fields), dict(copy[number].fields)
    fields = {name for name in {*before, *after} if before.get(name) != after.get(name)}
    fields |= {EXTRAS} if practice[number].extras != copy[number].extras else set()
    found = compare_fast(Case(practice, copy))
    assert {one[3] for one in found.differences} == fields
    assert {one[1] for one in found.differences} <= {number + 1}
    assert not found.missing
    assert not found.unexpected


def test_made_up_practices_reach_every_rung_outcome_and_reason() -> None:
    """The comparison of the comparators is worth what the examples meet, and some of it is rare."""
    wanted = {*RUNGS, "identical", "equivalent", "different", "link", "field"}
    wanted |= {"lost", "gained", "changed", "degraded"}
    wanted |= {"no_place", "patient_not_paired", "kind", "no_counterpart", "duplicate", "duplicate_collapsed"}
    met: Counter[str] = Counter()

    @many_more
    @given(cases(same_format=False) | cases(same_format=True))
    def look(case: Case) -> None:
        found = compare_plain(case)
        met.update(pair[3] for pair in found.pairs)
        met.update(found.outcomes.values())
        met.update(one[5].partition("_changed_")[0] for one in found.findings)
        met.update("link" if one[3] in ENTITIES[one[0]].role_names else "field" for one in found.differences)

    for number in range(ROUNDS):
        seed(number)(look)()
        if wanted <= met.keys():
            break
    assert wanted <= met.keys(), met
