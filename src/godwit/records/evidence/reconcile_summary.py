"""What a reconciliation adds to `summary.json`: counts, our own words, and codes that at least five patients have.

Zone A: no value of any record. The least and the most of values are single patients' values, so they stand only in the
private list; here it is said whether they are the same.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from typing import Any

from godwit.records.canonical import ENTITIES
from godwit.records.compare.cause_shares import PATIENTS as FEWEST
from godwit.records.reconcile.counting import CodeCount, LocalCode, Values, units
from godwit.records.reconcile.days import band_titles
from godwit.records.reconcile.measures import read_measures
from godwit.records.reconcile.reconciling import Reconciled
from godwit.records.reconcile.results import RegisterResult, Result

Row = dict[str, Any]

TOP = 50
"""Codes that are listed, most frequent first; and values, those that differ first."""


def registers(done: Reconciled) -> list[Row]:
    """`summary["registers"]`: registers, target populations and coded safety flags, patient by patient."""
    return [_register(one) for one in done.registers]


def reconciliations(done: Reconciled) -> Row:
    """`summary["reconciliations"]`: every measure, and the counts that are no sets."""
    return {
        "on": done.today.isoformat(),
        "on_list": done.on_list,
        "families": dict(read_measures().families),
        "measures": [_result(one) for one in (*done.results, units(done.values))],
        "unexplained": _unexplained(done),
        "ages": _ages(done),
        "codes": list(_codes(done.codes)),
        "codes_in_all": len(done.codes),
        "codes_not_the_same": sum(one.source != one.target for one in done.codes),
        "values": list(_values(done.values)),
        "values_in_all": len(done.values),
        "values_not_the_same": sum(not one.same for one in done.values),
        "units_changed": sum(one.unit_changed for one in done.values),
        "local_codes": list(_local_codes(done.local_codes)),
        "traces": {**asdict(done.traces), "share": round(done.traces.share, 6)},
    }


def _unexplained(done: Reconciled) -> int:
    """Everything that nothing is behind: joins and leaves, groups of values, traces. Must be 0."""
    sets = sum(one.unexplained for one in done.every if one.counted != "units")
    return sets + sum(one.unexplained for one in done.values) + done.traces.unexplained


def _result(one: Result) -> Row:
    return {
        "measure": one.measure,
        "family": one.family,
        "title": one.title,
        "authority": one.authority,
        "gate": one.gate,
        "state": one.state,
        "counted": one.counted,
        **asdict(one.counts),
        "unexplained": one.unexplained,
        "behind": [asdict(part) for part in one.behind],
        "lacking": list(one.lacking),
    }


def _register(one: RegisterResult) -> Row:
    found = _result(one.result)
    return {
        "register": found.pop("measure"),
        **found,
        "rule": one.rule,
        "clusters": [{"cluster": name, "state": state} for name, state in one.clusters],
    }


def _ages(done: Reconciled) -> list[Row]:
    """By age band, youngest first, then by sex."""
    order = [*band_titles()]
    ranked = sorted(
        done.ages, key=lambda one: (order.index(one.band) if one.band in order else len(order), one.sex)
    )
    return [asdict(one) for one in ranked]


def _codes(found: Iterable[CodeCount]) -> Iterator[Row]:
    shown = [one for one in found if one.patients >= FEWEST][:TOP]
    yield from ({"code": one.code, "source": one.source, "target": one.target} for one in shown)


def _values(found: Iterable[Values]) -> Iterator[Row]:
    """Values that differ before those that do not; a code or unit that few patients have is left out."""
    shown = [one for one in found if one.patients >= FEWEST]
    for one in sorted(shown, key=lambda one: (one.same, not one.unit_changed))[:TOP]:
        yield {
            "code": one.code,
            "unit": one.unit,
            "source": one.counts[0],
            "target": one.counts[1],
            "source_mean": _rounded(one.means[0]),
            "target_mean": _rounded(one.means[1]),
            "same_range": one.least[0] == one.least[1] and one.most[0] == one.most[1],
            "same": one.same,
            "unit_changed": one.unit_changed,
            "findings": one.findings,
            "rules": one.rules,
        }


def _local_codes(found: Iterable[LocalCode]) -> Iterator[Row]:
    """By kind of record and what became of the codes: how many codes and records."""
    groups: dict[tuple[str, str], list[LocalCode]] = defaultdict(list)
    for one in found:
        groups[one.entity, one.fate].append(one)
    for (entity, fate), ones in sorted(groups.items()):
        yield {
            "entity": entity,
            "title": ENTITIES[entity].title,
            "fate": fate,
            "codes": len({one.code for one in ones}),
            "records": sum(one.records for one in ones),
        }


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 3)
