"""The practice itself: its surgeries, the people who work there, where it refers to, and its clinics."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import cache
from random import Random

from godwit.definitions.read import Definition, parse, resource
from godwit.synth.catalogue import catalogue
from godwit.synth.model import Organisation, Practice, Session, Site, Staff
from godwit.synth.refusal import SynthRefused

SNAPSHOT = datetime(2027, 3, 1, 1, 0)  # noqa: DTZ001 - English civil time, as everywhere in the model
MOST_PATIENTS = 99_999
"""Identifiers below 100,000 are patients' own; their items begin above 100 million (`godwit.synth.life`)."""
_ORGANISATION, _SITE, _STAFF, _PERSON, _SESSION = 200_001, 201_001, 202_001, 203_001, 300_001
_SESSION_YEARS, _SESSION_DAYS_AHEAD = 10, 42
_APPOINTMENTS, _IN_A_SESSION, _FEWEST_SESSIONS = 40, 13, 60
_MORNING, _AFTERNOON, _SESSION_MINUTES = timedelta(hours=8, minutes=30), timedelta(hours=14), 180
SLOT_MINUTES = 10
SLOTS = _SESSION_MINUTES // SLOT_MINUTES
RECORDS_FROM = 47
"""So many years before the extract the first records were typed; the longest-serving staff were there by then."""


class Role(Definition):
    """A role, and how many people have it."""

    name: str
    code: str
    per: int
    least: int
    doctor: bool = False
    nurse: bool = False
    pharmacist: bool = False
    office: bool = False


class Other(Definition):
    """A body outside the practice, and the specialties it takes referrals for."""

    ods: str
    name: str
    kind: str
    specialties: tuple[str, ...]


class Places(Definition):
    """The file of roles and other bodies."""

    roles: tuple[Role, ...]
    leavers: float
    others: tuple[Other, ...]


class Names(Definition):
    """The file of names of people, streets and towns."""

    female: tuple[str, ...]
    male: tuple[str, ...]
    family: tuple[str, ...]
    streets: tuple[str, ...]
    houses: tuple[str, ...]
    towns: tuple[str, ...]
    county: str
    postcode_areas: tuple[str, ...]
    sites: tuple[str, ...]
    mail: tuple[str, ...]
    languages: tuple[str, ...]


@cache
def places() -> Places:
    """The roles and other bodies that come with Godwit."""
    return parse(Places, resource("godwit.synth.catalogue", "places.yaml"))


@cache
def names() -> Names:
    """The names that come with Godwit."""
    return parse(Names, resource("godwit.synth.catalogue", "names.yaml"))


def make_practice(seed: int, patients: int, density: float = 1.0, snapshot: datetime = SNAPSHOT) -> Practice:
    """A practice with room for so many patients; the same arguments always give the same practice.

    Raises `SynthRefused` for a number of patients or a density that cannot be.
    """
    if not 1 <= patients <= MOST_PATIENTS:
        raise SynthRefused("synth.patients", f"a practice has from 1 to {MOST_PATIENTS} patients")
    if not 0 < density <= 5:
        raise SynthRefused(
            "synth.density", "the density is more than 0 and at most 5; 1 is that of a real list"
        )
    random = Random(f"{seed}/practice")  # noqa: S311 - nothing secret is made here
    sites = _sites(patients)
    staff = _staff(random, patients, snapshot.date())
    return Practice(
        seed=seed,
        snapshot=snapshot,
        organisation=Organisation(
            _ORGANISATION, "Z99999", "Tern Lane Surgery", "GP Practice", sites[0].address, sites[0].phone
        ),
        others=_others(),
        sites=sites,
        staff=staff,
        codes=catalogue().codes,
        drugs=catalogue().drugs,
        sessions=_sessions(max(_FEWEST_SESSIONS, _wanted(patients, density)), sites, staff, snapshot),
        patients=patients,
        density=density,
    )


def _wanted(patients: int, density: float) -> int:
    return int(patients * density * _APPOINTMENTS / _IN_A_SESSION)


def _sites(patients: int) -> tuple[Site, ...]:
    some = names()
    count = 1 if patients < 30 else 2 if patients < 9_000 else 3
    return tuple(
        Site(
            id=_SITE + number,
            name=some.sites[number],
            kind="Main surgery" if number == 0 else "Branch surgery",
            main=number == 0,
            address=(
                f"{number + 1} {some.streets[number * 3]}",
                some.towns[number],
                some.county,
                f"ZZ{number + 1} 1AA",
            ),
            phone=f"01632 96000{number + 1}",
        )
        for number in range(count)
    )


def _others() -> tuple[Organisation, ...]:
    some = names()
    return tuple(
        Organisation(
            id=_ORGANISATION + number,
            ods=other.ods,
            name=other.name,
            kind=other.kind,
            address=(
                f"{number * 7} {some.streets[number]}",
                some.towns[number % 6],
                some.county,
                f"ZZ9 {number % 10}ZZ",
            ),
            phone=f"01632 9601{number:02}",
        )
        for number, other in enumerate(places().others, start=1)
    )


def _staff(random: Random, patients: int, today: date) -> tuple[Staff, ...]:
    """Those who work here, those who have left, and one nurse who became a practitioner: two roles, one person."""
    made: list[Staff] = []
    for role in places().roles:
        now = max(role.least, round(patients / role.per))
        left = max(1, round(now * places().leavers))
        for place in range(now + left):
            made.append(_person(random, len(made), role, _service(random, place, now, today)))
    nurse = next(one for one in made if one.role == "Practice Nurse")
    later = next(one for one in places().roles if one.name == "Advanced Nurse Practitioner")
    return (
        *made,
        Staff(
            _STAFF + len(made), nurse.person, nurse.title, nurse.given, nurse.family, later.name, later.code,
            None, None, date(today.year - 2, 4, 1), None, nurse.username,
        ),
    )  # fmt: skip


def _service(random: Random, place: int, now: int, today: date) -> tuple[date, date | None]:
    """When somebody came and went. The first of a role has always been here, so that no year is without one."""
    if place == 0:
        return date(today.year - RECORDS_FROM - 2, 4, 1), None
    if place < now:
        return today - timedelta(days=random.randrange(200, 9_000)), None
    left = today - timedelta(days=random.randrange(60, 6_000))
    return left - timedelta(days=random.randrange(700, 9_000)), left


def _person(random: Random, place: int, role: Role, service: tuple[date, date | None]) -> Staff:
    some = names()
    female = random.random() < 0.6
    given = random.choice(some.female if female else some.male)
    family = some.family[(place * 7 + 3) % len(some.family)]
    is_gp = role.doctor and not role.nurse
    title = "Dr" if is_gp else random.choice(("Mrs", "Ms", "Miss")) if female else "Mr"
    return Staff(
        id=_STAFF + place,
        person=_PERSON + place,
        title=title,
        given=given,
        family=family,
        role=role.name,
        role_code=role.code,
        gmc=f"99{10_000 + place * 37}" if is_gp else None,
        gmp=f"G99{10_000 + place * 31}" if is_gp else None,
        starts=service[0],
        ends=service[1],
        username=f"user{place + 1:03}",
    )


def _working_days(snapshot: datetime) -> list[date]:
    first = date(snapshot.year - _SESSION_YEARS, snapshot.month, 1)
    count = (snapshot.date() - first).days + _SESSION_DAYS_AHEAD
    days = [first + timedelta(days=number) for number in range(count)]
    return [
        day for day in days if day.weekday() < 5 and (day.month, day.day) not in ((12, 25), (12, 26), (1, 1))
    ]


def _sessions(
    count: int, sites: tuple[Site, ...], staff: tuple[Staff, ...], snapshot: datetime
) -> tuple[Session, ...]:
    """So many clinics, spread evenly over the working days; every ninth is held by two."""
    days = _working_days(snapshot)
    sees = {role.name for role in places().roles if role.doctor or role.nurse}
    clinicians = [one for one in staff if one.role in sees]
    made, here, asked_for = [], clinicians, None
    for number in range(count):
        day = days[(number + 1) * len(days) // count - 1]
        if day != asked_for:
            here = [one for one in clinicians if one.starts <= day and (one.ends is None or day <= one.ends)]
            asked_for = day
        who = here[number % len(here)]
        second = here[(number + 1) % len(here)]
        begins = datetime(day.year, day.month, day.day) + (_MORNING if number % 2 == 0 else _AFTERNOON)  # noqa: DTZ001
        made.append(
            Session(
                id=_SESSION + number,
                starts=begins,
                ends=begins + timedelta(minutes=_SESSION_MINUTES),
                site=sites[number % len(sites)].id,
                clinicians=(who.id, second.id) if number % 9 == 4 and second is not who else (who.id,),
                name=f"{'Nurse' if 'Nurse' in who.role else 'Doctor'} {'morning' if number % 2 == 0 else 'afternoon'}",
            )
        )
    return tuple(made)
