"""Registers: who belongs to a group of patients on either side, by rules over entries with listed codes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path

from godwit.definitions.registers import Clusters, Need, Register, Way
from godwit.records.canonical import ENTITIES
from godwit.records.duck import Duck
from godwit.records.reconcile.days import months_before, year_of_target, years_before
from godwit.records.reconcile.holding import Formats, held, unfilled
from godwit.records.reconcile.measures import add_rests
from godwit.records.steps import sql_text

SQL = Path(__file__).parent / "sql"

_CODED = {
    "observation": ("code", "effective"),
    "problem": ("code", "onset"),
    "immunisation": ("code", "effective"),
    "allergy": ("code", "onset"),
    "medication_authorisation": ("drug", "start"),
    "medication_issue": ("drug", "start"),
}
"""Entities whose codes count, each with the column of its code and of its day."""

_RESTS = (
    *((entity, field) for entity, fields in _CODED.items() for field in fields),
    ("observation", "kind"), ("observation", "value"), ("observation", "unit"), ("problem", "entry"),
    ("registration", "kind"), ("registration", "status"), ("registration", "end_date"),
)  # fmt: skip


_SEEN = "SELECT side, {column} AS code, min(row) AS row FROM canonical.{entity} WHERE {column} IS NOT NULL GROUP BY ALL"

_TALLIED = "SELECT side, code, min(row) AS row FROM reconcile.tally GROUP BY ALL"


def find_entries(duck: Duck, formats: Formats, clusters: Clusters, there: frozenset[str]) -> None:
    """Make `reconcile.entry`: every entry of either side with a code of a cluster, in the form both formats hold.

    On the way `reconcile.tally` (entries by code and unit as written) and `reconcile.code` (codes in that form).
    `there`: kinds of record of which either side has any.
    """
    codes = ((name, code) for name, listed in clusters.codes.items() for code in sorted(listed))
    columns = {"cluster": "VARCHAR", "code": "VARCHAR"}
    duck.load("reconcile.cluster", columns, (dict(zip(columns, one, strict=True)) for one in codes))
    duck.run("reconcile.code", "CREATE TABLE reconcile.code (entity VARCHAR, code VARCHAR, held VARCHAR)")
    if not unfilled(formats, "observation", _CODED["observation"]):
        duck.run("reconcile.tally", f"CREATE TABLE reconcile.tally AS\n{sql_text(SQL, 'tally.sql')}")
    told = [
        name for name, columns in _CODED.items() if name in there and not unfilled(formats, name, columns)
    ]
    for name in told:
        column = _CODED[name][0]
        seen = _SEEN.format(entity=name, column=column)
        if name == "observation":
            seen = _TALLIED
        sql = sql_text(SQL, "code.sql", entity=name, seen=seen, held=held(formats, name, column))
        duck.run(f"reconcile.code: {name}", sql)
    duck.run(
        "reconcile.listed",
        """CREATE TABLE reconcile.listed AS SELECT DISTINCT d.entity, d.code, k.cluster
        FROM (SELECT entity, code, unnest(gp_codes(held)) AS one FROM reconcile.code) AS d
        JOIN reconcile.cluster AS k ON k.code = d.one""",
    )
    duck.run(
        "reconcile.entry",
        """CREATE TABLE reconcile.entry (side VARCHAR, who BIGINT, entity VARCHAR, row BIGINT, cluster VARCHAR,
        day VARCHAR, value DOUBLE)""",
    )
    for name in told:
        duck.run(f"reconcile.entry: {name}", _entry_sql(formats, name))


def _entry_sql(formats: Formats, entity: str) -> str:
    code, day = _CODED[entity]
    kinds = entity == "observation" and "kind" in formats.common(ENTITIES[entity])
    return sql_text(
        SQL,
        "entry.sql",
        entity=entity,
        column=code,
        day=held(formats, entity, day),
        value="TRY_CAST(c.value AS DOUBLE)" if entity == "observation" else "NULL",
        # A relative's illness is not the patient's.
        when=f"{held(formats, entity, 'kind')} IS DISTINCT FROM 'family_history'" if kinds else "true",
    )


def lacking(registers: Iterable[Register], formats: Formats) -> dict[str, tuple[str, ...]]:
    """By register, what it rests on and not both formats can tell, in words; none where it can be counted."""
    patient = ENTITIES["patient"]
    codes = any(not unfilled(formats, name, columns) for name, columns in _CODED.items())
    missing: dict[str, tuple[str, ...]] = {}
    for one in registers:
        asked = [
            *(["birth_date"] if any(map(_asks_age, one.ways)) else []),
            *(["sex"] if any(way.sex for way in one.ways) else []),
        ]
        said = [patient.title_of(name) for name in unfilled(formats, "patient", asked)]
        said += [] if codes or not one.needs else ["codes with their dates"]
        inherited = (words for name in one.of for words in missing[name])
        missing[one.id] = tuple(dict.fromkeys((*said, *inherited)))
    return missing


def _asks_age(way: Way) -> bool:
    return any(one is not None for one in (way.from_age, way.to_age, way.turns_months))


def find_registered(duck: Duck, registers: Iterable[Register], today: date, on_list: bool) -> None:
    """Fill `reconcile.member` with who is on each register, and say on what it rests.

    Each register stands behind those it is made of. `on_list`: whether both formats say who is registered.
    """
    duck.run("reconcile.met", "CREATE TABLE reconcile.met (need BIGINT, side VARCHAR, who BIGINT)")
    duck.run(
        "reconcile.looked_at",
        "CREATE TABLE reconcile.looked_at (measure VARCHAR, cluster VARCHAR, role VARCHAR)",
    )
    coded = {name for (name,) in duck.run("reconcile.entry", "SELECT DISTINCT cluster FROM reconcile.entry")}
    numbers: dict[Need, int] = {}
    conditions: dict[str, str] = {}
    roles: dict[str, dict[str, str]] = {}
    rests: list[tuple[str, str, str]] = []
    for one in registers:
        for need in one.needs:
            if need not in numbers and not coded.isdisjoint(need.clusters):
                numbers[need] = len(numbers) + 1
                duck.run(f"reconcile.met: {one.id}", _met_sql(numbers[need], need, today))
        ways = [_way_sql(way, numbers, today) for way in one.ways if numbers.keys() >= {*way.needs}]
        ways += [conditions[name] for name in one.of if name in conditions]
        roles[one.id] = _roles(one, roles)
        rests += _rests(one, on_list)
        if ways:
            conditions[one.id] = "(" + " OR ".join(ways) + ")"
            only_listed = " AND p.registered" if one.registered else ""
            duck.run(
                f"reconcile.member: {one.id}",
                f"""INSERT INTO reconcile.member SELECT '{one.id}', p.side, p.who, '', NULL, NULL
                FROM reconcile.person AS p WHERE {conditions[one.id]}{only_listed}""",
            )
    add_rests(duck, rests)
    _load_roles(duck, roles)


def _met_sql(number: int, need: Need, today: date) -> str:
    wanted = ["true"]
    if need.since:
        wanted.append(f"e.day >= '{need.since}'")
    if need.before:
        wanted.append(f"e.day < '{need.before}'")
    if need.months is not None:
        wanted.append(f"e.day > '{months_before(today, need.months)}'")
    if need.at_least is not None:
        wanted.append(f"e.value >= {need.at_least}")
    if need.below is not None:
        wanted.append(f"e.value < {need.below}")
    return sql_text(
        SQL,
        "met.sql",
        need=str(number),
        listed=_quoted(need.clusters),
        later=_quoted(need.unless_later or ("",)),
        wanted=" AND ".join(wanted),
    )


def _way_sql(way: Way, numbers: Mapping[Need, int], today: date) -> str:
    """Who goes this way; a need without a number is one that nobody meets."""
    wanted = [f"p.sex = '{way.sex}'"] if way.sex else []
    if way.from_age is not None:
        wanted.append(f"p.birth <= '{years_before(today, way.from_age)}'")
    if way.to_age is not None:
        wanted.append(f"p.birth > '{years_before(today, way.to_age + 1)}'")
    if way.turns_months is not None:
        first, last = (months_before(day, way.turns_months) for day in year_of_target(today))
        wanted.append(f"p.birth BETWEEN '{first}' AND '{last}'")
    for needs, how in ((way.needs, "IN"), (way.without, "NOT IN")):
        met = "(SELECT m.side, m.who FROM reconcile.met AS m WHERE m.need = {})"
        wanted += [f"(p.side, p.who) {how} {met.format(numbers[need])}" for need in needs if need in numbers]
    return "(" + " AND ".join(wanted or ["true"]) + ")"


def _rests(register: Register, on_list: bool) -> Iterator[tuple[str, str, str]]:
    by_person = any(_asks_age(way) or way.sex for way in register.ways)
    for field in ("birth_date", "sex") if by_person or register.of else ():
        yield register.id, "patient", field
    for entity, field in _RESTS:
        if entity != "registration" or (register.registered and on_list):
            yield register.id, entity, field


def _roles(register: Register, known: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    """What each cluster is to a register: what puts a patient on it, a medicine it asks for, what takes them off."""
    roles = {cluster: role for name in register.of for cluster, role in known[name].items()}
    for need in register.needs:
        roles |= dict.fromkeys(need.unless_later, "resolved")
        role = "listed" if register.family == "registers" else "code"
        roles |= dict.fromkeys(need.clusters, role if need.months is None else "recent")
    return roles


def _load_roles(duck: Duck, roles: Mapping[str, Mapping[str, str]]) -> None:
    columns = {"measure": "VARCHAR", "cluster": "VARCHAR", "role": "VARCHAR"}
    rows = ((measure, cluster, role) for measure, one in roles.items() for cluster, role in one.items())
    duck.load("reconcile.looked_at", columns, (dict(zip(columns, one, strict=True)) for one in rows))


def _quoted(names: Iterable[str]) -> str:
    return ", ".join(f"'{name}'" for name in names)
