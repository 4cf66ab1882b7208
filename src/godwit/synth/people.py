"""Who the patients are: ages like an English list, families that share addresses and names, and the awkward few."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import Literal

from godwit.synth.drawing import Weighted, on, one_of
from godwit.synth.identifiers import nhs_number
from godwit.synth.model import Address, Contact, Patient, Registration, Relation
from godwit.synth.world import World

Kind = Literal["regular", "temporary", "private", "immediately_necessary", "left", "dead", "test"]
_BANDS = (5.4, 5.9, 6.1, 5.7, 6.0, 6.6, 7.0, 6.8, 6.5, 6.2, 6.8, 6.8, 6.0, 5.0, 4.9, 4.0, 2.6, 1.6, 0.8, 0.1)
"""Per cent of an English practice's list in each five years of age, from birth."""
_AGE_BAND: Weighted[int] = Weighted(list(enumerate(_BANDS)))
_KIND_SHARES: dict[Kind, float] = {
    "regular": 92.0, "left": 5.0, "dead": 1.8, "temporary": 0.7, "private": 0.2, "immediately_necessary": 0.2,
    "test": 0.1,
}  # fmt: skip
_KINDS = Weighted(list(_KIND_SHARES.items()))
_SHOWN: dict[int, Kind] = {
    7: "temporary",
    11: "left",
    13: "dead",
    17: "private",
    19: "test",
    23: "immediately_necessary",
}
"""The first fifty patients show every kind once, however small the practice."""
_ETHNICITY_SHARES = {
    "white_british": 62, "white_other": 8, "white_irish": 1, "indian": 4, "pakistani": 4, "african": 3, "caribbean": 2,
    "bangladeshi": 1.5, "chinese": 1, "mixed_caribbean": 1, "mixed_african": 1, "ethnicity_refused": 3,
}  # fmt: skip
_ETHNICITIES = Weighted(list(_ETHNICITY_SHARES.items()))
_YEAR = 365.25
_HOUSEHOLD, _WITH_TWINS, _NAMESAKES = 3, 23, 31
_ADULT = 17


@dataclass(frozen=True, slots=True)
class Person:
    """A patient without a history yet, and the days (as ordinals) between which one may be written."""

    patient: Patient
    kind: Kind
    registered: int
    last: int


def person(world: World, number: int, draw: Callable[[], float], take: Callable[[], int]) -> Person:
    """The patient of this number. `draw` is the patient's own random source, `take` gives the next item's id."""
    seed = world.practice.seed
    home = Random(f"{seed}/home/{(number - 1) // _HOUSEHOLD}")  # noqa: S311 - nothing secret is made here
    place, household = (number - 1) % _HOUSEHOLD, (number - 1) // _HOUSEHOLD
    birth = _birth(world, number, household, place)
    kind = _SHOWN.get(number) or _KINDS(draw)
    last, registered = _window(world, kind, birth, draw)
    age = (world.today - birth) / _YEAR
    sex, given, family = _names(world, home, draw, household, place)
    shares_home = draw() < 0.75
    if not shares_home:
        family = one_of(world.names.family, draw)
    if kind == "test":
        family, given = "XXTESTPATIENT", f"TEST-{number}"
    adult_title = "Mr" if sex == "M" else one_of(("Mrs", "Miss", "Ms"), draw)
    patient = Patient(
        id=number,
        nhs_number=None if number % 50 == 29 or draw() < 0.004 else nhs_number(seed, number),
        title=("Master" if sex == "M" else "Miss") if age < _ADULT else adult_title,
        given=given,
        middle=one_of(world.names.male if sex == "M" else world.names.female, draw) if draw() < 0.4 else "",
        family=family,
        previous_family=one_of(world.names.family, draw)
        if sex == "F" and age > 25 and draw() < 0.3
        else None,
        birth=on(birth),
        death=on(last) if kind == "dead" else None,
        sex=_said_sex(number, sex),
        usual_gp=one_of(world.teams[on(world.today).year].doctors, draw),
        test_patient=kind == "test",
        sensitive=number == 37 or draw() < 0.002,
        confidential=number == 41 or draw() < 0.003,
    )
    _background(world, patient, draw)
    _registered(patient, kind, registered, last, draw, take)
    _reachable(world, patient, home if shares_home else None, registered, draw, take)
    if age < _ADULT or age > 75 or draw() < 0.1:
        _related(world, patient, age, draw, take)
    return Person(patient, kind, registered, last)


def _birth(world: World, number: int, household: int, place: int) -> int:
    """The day of birth. In some households the third is the second's twin."""
    if place == 2 and household % _WITH_TWINS == 7:
        number -= 1
    draw = Random(f"{world.practice.seed}/born/{number}").random  # noqa: S311 - nothing secret is made here
    return world.today - 3 - int((_AGE_BAND(draw) + draw()) * 5 * _YEAR)


def _window(world: World, kind: Kind, birth: int, draw: Callable[[], float]) -> tuple[int, int]:
    """The last day of the record, and the day of registration."""
    last = world.today - 1
    if kind in ("left", "dead"):
        last = max(birth + 2, last - 10 - int(draw() * 4 * _YEAR))
    if kind == "temporary":
        return last, max(birth + 1, last - 5 - int(draw() * 60))
    here = (last - birth) * (1.0 if draw() < 0.35 else 0.05 + 0.9 * draw())
    return last, min(last, max(birth + 1, last - int(here)))


def _names(
    world: World, home: Random, draw: Callable[[], float], household: int, place: int
) -> tuple[Literal["M", "F"], str, str]:
    family = one_of(world.names.family, home.random)
    namesake = one_of(world.names.male, home.random)
    if household % _NAMESAKES == 3 and place < 2:
        return "M", namesake, family
    sex: Literal["M", "F"] = "M" if draw() < 0.495 else "F"
    return sex, one_of(world.names.male if sex == "M" else world.names.female, draw), family


def _said_sex(number: int, sex: Literal["M", "F"]) -> Literal["M", "F", "I", "U"]:
    """Nearly always the sex itself; one in a thousand is indeterminate, one unknown."""
    return "I" if number % 1000 == 43 else "U" if number % 1000 == 47 else sex


def _background(world: World, patient: Patient, draw: Callable[[], float]) -> None:
    if draw() < 0.88:
        patient.ethnicity = world.code[_ETHNICITIES(draw)]
    if draw() < 0.09:
        patient.language, patient.interpreter = one_of(world.names.languages, draw), draw() < 0.4
    consent = draw()
    patient.scr_consent = (
        None if consent < 0.3 else "yes" if consent < 0.7 else "core" if consent < 0.96 else "no"
    )


def _registered(
    patient: Patient,
    kind: Kind,
    registered: int,
    last: int,
    draw: Callable[[], float],
    take: Callable[[], int],
) -> None:
    said = kind if kind in ("temporary", "private", "immediately_necessary") else "regular"
    birth = patient.birth.toordinal()
    if draw() < 0.04 and registered - birth > 4 * _YEAR:
        left = registered - 200 - int(draw() * 400)
        patient.registrations.append(
            Registration(take(), "regular", on(max(birth + 1, left - 900)), on(left), "Moved away")
        )
    ends = on(last) if kind in ("left", "dead") else None
    reason = {"left": "Moved away", "dead": "Death"}.get(kind)
    patient.registrations.append(Registration(take(), said, on(registered), ends, reason))


def _reachable(
    world: World, patient: Patient, home: Random | None, registered: int, draw: Callable[[], float],
    take: Callable[[], int],
) -> None:  # fmt: skip
    """Addresses (the last is the current one), telephones, e-mail."""
    if patient.registrations[-1].kind == "temporary":
        patient.addresses.append(Address(take(), _address(world, draw), on(registered), None, "temporary"))
    else:
        moved = registered + int(draw() * 0.5 * (world.today - registered))
        if moved > registered and draw() < 0.35:
            patient.addresses.append(Address(take(), _address(world, draw), on(registered), on(moved - 1)))
        else:
            moved = registered
        patient.addresses.append(
            Address(take(), _address(world, home.random if home else draw), on(moved), None)
        )
    number = f"{patient.id:05}"
    if draw() < 0.6:
        patient.contacts.append(Contact(take(), "home", f"01632 9{number}"))
    if draw() < 0.85:
        patient.contacts.append(Contact(take(), "mobile", f"07700 9{number}"))
    if draw() < 0.1:
        patient.contacts.append(Contact(take(), "work", f"01632 9{number[::-1]}"))
    if draw() < 0.5:
        mail = f"patient{number}@{one_of(world.names.mail, draw)}"
        patient.contacts.append(Contact(take(), "email", mail, draw() < 0.7))


def _address(world: World, draw: Callable[[], float]) -> tuple[str, str, str, str]:
    some = world.names
    street = f"{one_of(some.houses, draw)}{int(draw() * 180) + 1} {one_of(some.streets, draw)}"
    letters = "ABDEFGHJLNPQRSTUWXYZ"
    inward = f"{int(draw() * 9) + 1}{one_of(letters, draw)}{one_of(letters, draw)}"
    return street, one_of(some.towns, draw), some.county, f"{one_of(some.postcode_areas, draw)} {inward}"


def _related(
    world: World, patient: Patient, age: float, draw: Callable[[], float], take: Callable[[], int]
) -> None:
    relation = one_of(
        ("Mother", "Father") if age < _ADULT else ("Daughter", "Son", "Wife", "Husband", "Neighbour"), draw
    )
    woman = relation in ("Mother", "Daughter", "Wife")
    given = one_of(world.names.female if woman else world.names.male, draw)
    phone = f"07700 8{patient.id:05}" if draw() < 0.8 else None
    patient.relations.append(
        Relation(
            take(), relation, f"{given} {patient.family}", phone, draw() < 0.8, age > 75 and draw() < 0.5
        )
    )
