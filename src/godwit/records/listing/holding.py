"""Hold a registration list against one system or two: everything that the reports are made of. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from godwit.records.errors import OutOfBalance
from godwit.records.listing.differing import Difference, comparable, differences
from godwit.records.listing.entry import WHERE, Entry, Where
from godwit.records.listing.fields import ListField, read_fields
from godwit.records.listing.list_file import RegistrationList
from godwit.records.listing.regions import Against, Both, gather, hold_against, memberships
from godwit.records.listing.sizes import Bridge, bands, bridge


@dataclass(frozen=True, slots=True)
class Compared:
    """Somebody in both, and what differs."""

    pair: Both
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """The list against one system. `fields` were compared; `untold` are those of which one of the two says nothing."""

    against: Against
    compared: tuple[Compared, ...]
    fields: tuple[ListField, ...]
    untold: tuple[tuple[ListField, str], ...]
    bridge: Bridge


@dataclass(frozen=True, slots=True)
class Held:
    """All reports, the regions, and the patients by age and sex. `counting` are those who count, by place."""

    rows: Mapping[Where, tuple[Entry, ...]]
    counting: Mapping[Where, tuple[Entry, ...]]
    reports: tuple[Report, ...]
    regions: Mapping[frozenset[Where], Sequence[Mapping[Where, Entry]]]
    waiting: int
    bands: tuple[tuple[str, str, dict[Where, int]], ...]


def hold(
    listed: RegistrationList, systems: Mapping[Where, Sequence[Entry]], since: str | None, day: date
) -> Held:
    """Hold the list against each system. `since` is the day of the list, `day` the one on which ages are counted.

    Raises `OutOfBalance` where a row of the list or a registered patient is not in exactly one report.
    """
    rows = {"list": listed.entries, **{where: tuple(entries) for where, entries in systems.items()}}
    rows = {where: rows[where] for where in WHERE if where in rows}
    counting = {where: tuple(one for one in entries if one.current) for where, entries in rows.items()}
    people = gather(rows)
    reports = tuple(
        _report(hold_against(people, rows, where, since), rows, counting) for where in rows if where != "list"
    )
    waiting = frozenset[tuple[Where, int]]().union(*(one.against.waiting for one in reports))
    regions = memberships(people, waiting)
    held = len(people.persons) - sum(map(len, regions.values()))
    return Held(rows, counting, reports, regions, held, tuple(bands(counting, day)))


def _report(
    against: Against, rows: Mapping[Where, Sequence[Entry]], counting: Mapping[Where, Sequence[Entry]]
) -> Report:
    where = against.where
    fields = comparable(rows["list"], rows[where])
    compared = tuple(
        Compared(one, tuple(differences(one.on_list, one.in_system, fields))) for one in against.both
    )
    size = bridge(against, len(counting["list"]), len(counting[where]))
    _require_balance(against, size)
    return Report(against, compared, fields, tuple(_untold(rows["list"], fields)), size)


def _untold(listed: Sequence[Entry], fields: Sequence[ListField]) -> list[tuple[ListField, str]]:
    """Fields not compared, and who says nothing of them."""
    here = {name for one in listed for name in one.facts}
    silent = ((one, "system" if one.id in here else "list") for one in read_fields().compared)
    return [(one, who) for one, who in silent if one not in fields]


def _require_balance(against: Against, size: Bridge) -> None:
    waiting = against.reviewed
    listed = len(against.both) + len(against.only_list) + waiting[0]
    registered = len(against.both) + len(against.only_system) + waiting[1]
    if (listed, registered) != (size.opening, size.closing) or not size.adds_up:
        because = "rows of the list or patients of the system are not each in one report"
        raise OutOfBalance("list.balance", because, against.where)
