"""Reconcile a comparison: count what people rely on in both systems, patient by patient, and say why counts differ.

Works on the tables of a finished comparison. A count is made of what both formats can hold, so that it differs only for
a reason: a finding, a named loss, a rule. A difference without any of them is unexplained: a defect of the comparison.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from godwit.definitions.registers import Clusters, Register, read_registers, read_starter_clusters
from godwit.records.duck import Duck
from godwit.records.reconcile import registers
from godwit.records.reconcile.changes import count_members, find_changes, make_room, what_is_behind
from godwit.records.reconcile.counting import (
    AgeSex,
    CodeCount,
    LocalCode,
    Traces,
    Values,
    count_ages,
    count_codes,
    count_values,
    follow_local_codes,
    trace_patients,
    units,
)
from godwit.records.reconcile.days import age_bands
from godwit.records.reconcile.holding import Formats
from godwit.records.reconcile.measures import (
    Measure,
    entities_there,
    find_members,
    find_people,
    lacking,
    read_measures,
)
from godwit.records.reconcile.results import Behind, Counts, RegisterResult, Result


@dataclass(frozen=True, slots=True)
class Reconciled:
    """Everything counted on both sides.

    `on_list`: whether both formats say who is registered; where not, registers count everyone.
    """

    today: date
    on_list: bool
    results: tuple[Result, ...]
    registers: tuple[RegisterResult, ...]
    ages: tuple[AgeSex, ...] = ()
    codes: tuple[CodeCount, ...] = ()
    values: tuple[Values, ...] = ()
    local_codes: tuple[LocalCode, ...] = ()
    traces: Traces = field(default_factory=Traces)

    @property
    def every(self) -> tuple[Result, ...]:
        """Results of measures, of units and of registers."""
        return (*self.results, units(self.values), *(one.result for one in self.registers))


def reconcile(duck: Duck, formats: Formats, today: date, clusters: Clusters | None = None) -> Reconciled:
    """Count on both sides of the comparison in `duck`. `today` is the day of reference: the day of the extract."""
    lists = clusters or read_starter_clusters()
    measures = read_measures().measures
    make_room(duck)
    on_list = find_people(duck, formats, age_bands(today))
    missing = {one.id: tuple(lacking(one, formats)) for one in measures}
    missing |= registers.lacking(read_registers(), formats)
    there = entities_there(duck)
    counted = (one for one in measures if one.entity in there and not missing[one.id])
    find_members(duck, formats, counted, today.isoformat())
    registers.find_entries(duck, formats, lists, there)
    told = (one for one in read_registers() if not missing[one.id])
    registers.find_registered(duck, told, today, on_list)
    find_changes(duck)
    counts, behind = count_members(duck), what_is_behind(duck)
    return Reconciled(
        today,
        on_list,
        tuple(_result(one, counts, behind, missing[one.id]) for one in measures),
        tuple(_register_results(counts, behind, missing, lists)),
        count_ages(duck),
        count_codes(duck, formats),
        count_values(duck, formats),
        follow_local_codes(duck, formats),
        trace_patients(duck, formats, there),
    )


def _result(
    one: Measure | Register,
    counts: Mapping[str, Counts],
    behind: Mapping[str, tuple[Behind, ...]],
    missing: tuple[str, ...] = (),
) -> Result:
    counted = one.counts if isinstance(one, Measure) else "patients"
    found = counts.get(one.id, Counts())
    return Result(
        one.id, one.family, one.title, one.source, one.gate, counted, found, behind.get(one.id, ()), missing
    )


def _register_results(
    counts: Mapping[str, Counts],
    behind: Mapping[str, tuple[Behind, ...]],
    missing: Mapping[str, tuple[str, ...]],
    lists: Clusters,
) -> Iterator[RegisterResult]:
    inherited: dict[str, tuple[str, ...]] = {}
    for one in read_registers():
        own = dict.fromkeys([*one.clusters, *(name for above in one.of for name in inherited[above])])
        inherited[one.id] = tuple(own)
        states = tuple((name, lists.state(name)) for name in own)
        yield RegisterResult(_result(one, counts, behind, missing[one.id]), one.rule, states)
