"""Change one field or one link of one record, for every field and every role there is: exactly one finding, on it.

Each change has a file of its own with a patient, the record and what it leads to, so that one comparison holds every
change of an entity and any finding that strays into another file is seen.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import pytest

from godwit.records.canonical import ENTITIES, EXTRAS, Entity, Field, Kind, Role
from godwit.records.model import Link, Place, Row
from tests.property.fast_comparator import compare_fast
from tests.property.generated_copies import Case
from tests.property.generated_records import somebody

VALUES: dict[Kind, tuple[str, str]] = {
    Kind.TEXT: ("{name} as it was", "{name} as it is"),
    Kind.MOMENT: ("2019-05-03", "2019-05-04"),
    Kind.NUMBER: ("5", "5.5"),
    Kind.CHOICE: ("active", "past"),
    Kind.FLAG: ("true", "false"),
    Kind.CODES: ('["snomed|22298006"]', '["snomed|73211009"]'),
    Kind.TERMS: ('["Heart attack"]', '["Diabetes"]'),
    Kind.STRUCTURE: ('[{"line":["1 High St"]}]', '[{"line":["2 High St"]}]'),
}
"""A text of each kind and another; words name their field, so that none looks copied from its neighbour."""

WITH_FIELDS = [name for name, entity in ENTITIES.items() if entity.fields]
WITH_ROLES = [name for name, entity in ENTITIES.items() if entity.roles]
EXTRA = {"note": ("as it was",)}


@dataclass(frozen=True)
class Change:
    """One record before and after, and the field or role that one finding is expected on (None: none is)."""

    what: str
    before: Row
    after: Row
    finding: str | None


def record(entity: Entity, number: int) -> Row:
    """A record with every field."""
    values = {field.name: value(field, 0) for field in entity.fields}
    if entity.name == "patient":
        return replace(somebody(number, number, 1), fields={**values, **somebody(number, number, 1).fields})
    identifier = f"00000000-0000-0000-0000-{number:012d}"
    place = Place(number, 2, "Kind")
    return Row(place, entity.name, f"Kind/{identifier}", f"system|{identifier}", values, extras=EXTRA)


def field_changes(entity: Entity) -> Iterator[Change]:
    """Every field changed, lost and gained; and what has no field changed."""
    number = 0
    for field in entity.fields:
        number += 1
        row = record(entity, number)
        without = replace(row, fields={name: row.fields[name] for name in row.fields if name != field.name})
        other = replace(row, fields={**row.fields, field.name: other_value(field)})
        for what, before, after in (
            ("changed", row, other),
            ("lost", row, without),
            ("gained", without, row),
        ):
            yield Change(f"{field.name} {what}", before, after, field.name)
    row = record(entity, number + 1)
    yield Change("extras changed", row, replace(row, extras={"note": ("as it is",)}), EXTRAS)


def value(field: Field, which: int) -> str:
    """The first or the second text of a field."""
    return VALUES[field.kind][which].replace("{name}", field.name)


def other_value(field: Field) -> str:
    """Another text for a field; for an NHS number the number of somebody else."""
    if field.name == "nhs_number":
        return somebody(149, 1, 1).fields[field.name]
    return value(field, 1)


def role_changes(entity: Entity) -> Iterator[Change]:
    """Every link led elsewhere, lost, gained, put in words, in other words, led nowhere, and two of them swapped."""
    for number, role in enumerate(entity.roles, start=1):
        row = record(entity, number)
        yield from (
            Change(
                f"{role.name} {what}",
                linked(row, before),
                linked(row, after),
                role.name if is_found else None,
            )
            for what, before, after, is_found in ends_of(role)
        )


def linked(row: Row, links: tuple[Link, ...]) -> Row:
    return replace(row, links=links)


def ends_of(role: Role) -> Iterator[tuple[str, tuple[Link, ...], tuple[Link, ...], bool]]:
    """Links before and after, and whether that is a difference."""
    one, two = Link(role.name, "Other/1"), Link(role.name, "Other/2")
    words, others = Link(role.name, None, "Dr Stint"), Link(role.name, None, "Dr Knot")
    yield "led elsewhere", (one,), (two,), True
    yield "lost", (one,), (), True
    yield "gained", (), (one,), True
    yield "one of two lost", (one, two), (two,), True
    yield "put in words", (one,), (words,), True
    yield "in other words", (words,), (others,), True
    yield "led nowhere", (one,), (Link(role.name, "Other/none"),), True
    yield "swapped", (one, two), (two, one), role.ordered
    yield "the same", (one, two, words), (one, two, words), False


def neighbours(file: int, patient: Row) -> list[Row]:
    """What links lead to: two people, whatever the role."""
    return [
        Row(
            Place(file, 2 + number, "Kind"),
            "practitioner",
            f"Other/{number}",
            f"system|{file:04d}-practitioner-{number}",
            {"kind": "person", "family": name},
            patient=patient.key,
        )
        for number, name in ((1, "Stint"), (2, "Knot"))
    ]


def in_files(changes: list[Change]) -> Case:
    """A file for each change."""
    sides: tuple[list[Row], list[Row]] = ([], [])
    for file, change in enumerate(changes, start=1):
        patient = somebody(file, file, 1)
        for side, row in zip(sides, (change.before, change.after), strict=True):
            owner = own(row, file) if row.entity == "patient" else patient
            moved = () if row.entity == "patient" else (own(row, file),)
            side += [owner, *moved, *neighbours(file, patient)]
    return Case(*sides)


def own(row: Row, file: int) -> Row:
    """The record in a file of its own; a patient becomes the patient of that file, but for what was changed."""
    placed = replace(row, place=replace(row.place, file=file), patient=f"Patient/{file}")
    if row.entity != "patient":
        return placed
    number = row.place.file
    theirs = {name: somebody(file, 1, 1).fields[name] for name, value in somebody(number, 1, 1).fields.items()
              if row.fields.get(name) == value}  # fmt: skip
    return replace(placed, key=f"Patient/{file}", fields={**row.fields, **theirs})


def check(changes: list[Change], same_format: bool) -> None:
    """One finding in each file whose change is one, on its field, and no other."""
    case = replace(in_files(changes), same_format=same_format)
    found = compare_fast(case)
    files = [row.place.file for row in case.source]
    seen = [(files[(one[3] or 1) - 1], one[0], one[1], one[2]) for one in found.findings.elements()]
    wanted = [
        (file, change.before.entity, "different", change.finding)
        for file, change in enumerate(changes, start=1)
        if change.finding
    ]
    assert {seen_one: changes[seen_one[0] - 1].what for seen_one in {*seen} ^ {*wanted}} == {}
    assert len(seen) == len(wanted)


@pytest.mark.parametrize("same_format", [True, False], ids=["one_format", "two_formats"])
@pytest.mark.parametrize("entity", WITH_FIELDS)
def test_every_field_of_an_entity(entity: str, same_format: bool) -> None:
    changes = [
        change for change in field_changes(ENTITIES[entity]) if same_format or change.finding != EXTRAS
    ]
    assert {change.finding for change in changes} >= set(ENTITIES[entity].field_names)
    check(changes, same_format)


@pytest.mark.parametrize("same_format", [True, False], ids=["one_format", "two_formats"])
@pytest.mark.parametrize("entity", WITH_ROLES)
def test_every_role_of_an_entity(entity: str, same_format: bool) -> None:
    changes = list(role_changes(ENTITIES[entity]))
    if (
        not same_format
    ):  # between two formats a rule may explain another order of items, and says so in the books
        changes = [change for change in changes if change.what != "items swapped"]
    check(changes, same_format)


def test_there_is_no_entity_with_fields_and_no_test() -> None:
    assert [name for name in ENTITIES if name not in WITH_FIELDS] == ["unclassified"]
