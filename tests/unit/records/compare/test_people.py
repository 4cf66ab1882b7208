"""Which patients are taken for one person: a table of cases, and what holds for any two practices."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from godwit.records.compare.people import (
    BAD_BIRTH_DATE,
    BAD_NUMBER,
    KEYS,
    NO_BIRTH_DATE,
    NO_NUMBER,
    Person,
    pair_people,
)

ONE, TWO, THREE = "9990000018", "9990000026", "9990000034"
ANN = Person(1, 1, ONE, "1950-01-01", "female", "adams", "ann")
BOB = Person(2, 2, TWO, "1960-02-02", "male", "brown", "bob")
NOBODY = Person(1, 1)

NUMBER, FACTS, ONLY = "nhs_number", "demographics", "only_one"
OTHER_FACTS = "patient.same_nhs_number_other_facts"
OTHER_NUMBER = "patient.other_nhs_number_same_facts"
ALONE = "patient.nhs_number_alone"
TWICE = "patient.same_nhs_number_twice"


def numbered(*people: Person) -> list[Person]:
    return [replace(person, number=number) for number, person in enumerate(people, start=1)]


def without(person: Person, *facts: str) -> Person:
    nothing: dict[str, Any] = dict.fromkeys(facts)
    return replace(person, **nothing)


def outcome(source: list[Person], target: list[Person]) -> tuple[list[tuple[int, int, str]], dict[str, int]]:
    people = pair_people(source, target)
    pairs = [(pair.source.number, pair.target.number, str(pair.how)) for pair in people.pairs]
    return pairs, {rule: count for rule, count in people.doubts.items() if count}


MARRIED = replace(ANN, family="clark")
STRANGER = replace(BOB, nhs_number=ONE)

CASES = [
    ("the same number and facts", [ANN, BOB], [BOB, ANN], [(1, 2, NUMBER), (2, 1, NUMBER)], {}),
    ("one fact may change", [ANN, BOB], [MARRIED, BOB], [(1, 1, NUMBER), (2, 2, NUMBER)], {}),
    ("the same number, other facts", [ANN, BOB], [STRANGER, BOB], [(2, 2, NUMBER)], {OTHER_FACTS: 1}),
    (
        "the same number and no facts: one identifier, and that is said",
        [ANN, BOB],
        [Person(1, 1, ONE), BOB],
        [(1, 1, NUMBER), (2, 2, NUMBER)],
        {ALONE: 1},
    ),
    (
        "the same number and sex: half of the practice has that",
        [ANN, BOB],
        [Person(1, 1, ONE, sex="female"), BOB],
        [(1, 1, NUMBER), (2, 2, NUMBER)],
        {ALONE: 1},
    ),
    (
        "the same number and sex, another birth date",
        [ANN, BOB],
        [Person(1, 1, ONE, "1960-02-02", "female"), BOB],
        [(2, 2, NUMBER)],
        {OTHER_FACTS: 1},
    ),
    (
        "the same number and birth date",
        [ANN, BOB],
        [Person(1, 1, ONE, "1950-01-01"), BOB],
        [(1, 1, NUMBER), (2, 2, NUMBER)],
        {},
    ),
    (
        "two of the facts differ, the others are not known",
        [ANN, BOB],
        [Person(1, 1, ONE, "1960-02-02", "male"), BOB],
        [(2, 2, NUMBER)],
        {OTHER_FACTS: 1},
    ),
    (
        "a number used twice goes to whom the facts fit",
        [ANN],
        [replace(MARRIED, given="anne"), ANN],
        [(1, 2, NUMBER)],
        {TWICE: 1, OTHER_FACTS: 1},
    ),
    (
        "a number used twice, both alike: the first",
        [ANN],
        [MARRIED, MARRIED],
        [(1, 1, NUMBER)],
        {TWICE: 1},
    ),
    (
        "no numbers, all facts agree",
        [without(ANN, "nhs_number"), BOB],
        [BOB, without(ANN, "nhs_number")],
        [(1, 2, FACTS), (2, 1, NUMBER)],
        {},
    ),
    ("a number on one side only", [without(ANN, "nhs_number"), BOB], [ANN, BOB], [(1, 1, FACTS), (2, 2, NUMBER)], {}),
    (
        "both have a number, another one, and all facts agree",
        [ANN, BOB],
        [replace(ANN, nhs_number=THREE), BOB],
        [(1, 1, FACTS), (2, 2, NUMBER)],
        {OTHER_NUMBER: 1},
    ),
    (
        "facts that two people share settle nothing",
        [without(ANN, "nhs_number"), BOB],
        [without(ANN, "nhs_number"), without(ANN, "nhs_number")],
        [],
        {},
    ),
    (
        "three facts are not enough",
        [without(ANN, "nhs_number", "given"), BOB],
        [without(ANN, "nhs_number", "given"), BOB],
        [(2, 2, NUMBER)],
        {},
    ),
    ("the only two, nothing known", [NOBODY], [NOBODY], [(1, 1, ONLY)], {}),
    ("the only two, the same number, nothing else known", [ANN], [Person(1, 1, ONE)], [(1, 1, NUMBER)], {ALONE: 1}),
    ("the only two, one fact of four differs", [ANN], [without(MARRIED, "nhs_number")], [(1, 1, ONLY)], {}),
    ("the only two, one fact of two differs", [ANN], [Person(1, 1, None, "1950-01-01", "male")], [], {}),
    ("the only two, all facts differ", [ANN], [without(BOB, "nhs_number")], [], {}),
    ("the only two, other numbers, three facts", [ANN], [replace(MARRIED, nhs_number=TWO)], [], {}),
    ("the only two, one number, other facts", [ANN], [STRANGER], [], {OTHER_FACTS: 1}),
    ("two against one, nothing known", [NOBODY, NOBODY], [NOBODY], [], {}),
    ("nobody", [], [ANN], [], {}),
]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "source", "target", "pairs", "doubts"), CASES, ids=[case[0] for case in CASES]
)
def test_patients_are_paired(
    name: str,
    source: list[Person],
    target: list[Person],
    pairs: list[tuple[int, int, str]],
    doubts: dict[str, int],
) -> None:
    assert outcome(numbered(*source), numbered(*target)) == (pairs, doubts), name


people = st.builds(
    Person,
    st.just(0),
    st.just(1),
    st.sampled_from([None, ONE, TWO]),
    st.sampled_from([None, "1950-01-01", "1960-02-02"]),
    st.sampled_from([None, "female", "male"]),
    st.sampled_from([None, "adams", "brown"]),
    st.sampled_from([None, "ann", "bob"]),
)
practices = st.lists(people, max_size=4).map(lambda found: numbered(*found))


@given(practices, practices)
def test_source_and_target_may_change_places(source: list[Person], target: list[Person]) -> None:
    pairs, doubts = outcome(source, target)
    turned, turned_doubts = outcome(target, source)
    assert sorted((two, one, how) for one, two, how in turned) == pairs
    assert turned_doubts == doubts


@given(practices, practices)
def test_nobody_is_paired_twice_and_no_pair_contradicts_itself(
    source: list[Person], target: list[Person]
) -> None:
    found = pair_people(source, target).pairs
    assert len({pair.source.number for pair in found}) == len(found)
    assert len({pair.target.number for pair in found}) == len(found)
    assert not any(pair.source.contradicts(pair.target) for pair in found)


@given(people, people)
def test_contradiction_is_mutual(one: Person, two: Person) -> None:
    assert one.contradicts(two) == two.contradicts(one)
    assert not one.contradicts(one)


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"nhs_number": "9990000018"}, Person(3, 7, ONE)),
        ({"nhs_number": "unreadable:9990000019"}, Person(3, 7)),
        ({"nhs_number": "9990000019"}, Person(3, 7)),
        ({"birth_date": "unreadable:31 February"}, Person(3, 7)),
        ({"family": " O'Hara  Smith ", "given": "JO"}, Person(3, 7, family="o'hara smith", given="jo")),
        ({"family": "Straße"}, Person(3, 7, family="strasse")),
        ({"family": "  ", "sex": "male"}, Person(3, 7, sex="male")),
    ],
)
def test_a_person_is_made_of_plain_facts(fields: dict[str, str], expected: Person) -> None:
    assert Person.of(3, 7, fields) == expected


@pytest.mark.parametrize(
    ("fields", "lacks"),
    [
        ({"nhs_number": ONE, "birth_date": "1950-01-01"}, set()),
        ({}, {NO_NUMBER, NO_BIRTH_DATE}),
        ({"nhs_number": "9990000019", "birth_date": "1950"}, {BAD_NUMBER}),
        ({"nhs_number": "0000000000", "birth_date": "1950"}, {BAD_NUMBER}),
        ({"nhs_number": "unreadable:n/a", "birth_date": "unreadable:?"}, {BAD_NUMBER, BAD_BIRTH_DATE}),
    ],
)
def test_what_a_patient_lacks_to_be_known_by(fields: dict[str, str], lacks: set[str]) -> None:
    assert Person.of(1, 1, fields).lacks == lacks


def test_what_is_lacking_is_counted_for_each_side_before_anybody_is_paired() -> None:
    source = [Person.of(1, 1, {"nhs_number": "9990000019"}), Person.of(2, 1, {"nhs_number": ONE})]
    target = [Person.of(1, 1, {"nhs_number": ONE, "birth_date": "1950-01-01"})]
    keys = pair_people(source, target).keys
    assert {key: count for key, count in keys.items() if count} == {
        ("source", BAD_NUMBER): 1,
        ("source", NO_BIRTH_DATE): 2,
    }
    assert {rule for _, rule in keys} == set(KEYS)
