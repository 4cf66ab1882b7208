"""`summary.json`: what a run found, in counts and our own words. Zone A: no value of any record is in it."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from godwit.definitions.comparison import read_equivalences
from godwit.records.agreed.applying import agreed_rows
from godwit.records.compare.causes import PATIENT
from godwit.records.compare.pairing import RUNGS
from godwit.records.compare.people import How
from godwit.records.comparing import Compared, SideFacts
from godwit.records.duck import Duck
from godwit.records.evidence.not_compared import not_compared
from godwit.records.formats.losses import RecordLoss, ValueLoss
from godwit.records.rule_words import in_words

Row = dict[str, Any]


def summarise(run: str, compared: Compared) -> Row:
    """The whole summary as the contract lists it, and what Godwit adds."""
    return {
        "run": run,
        "kind": "compare",
        "source": _side(compared.source, compared.persons[0]),
        "target": _side(compared.target, compared.persons[1]),
        "patients": _patients(compared),
        "entities": _entities(compared),
        "balanced": True,
        "census": [row for side in (compared.source, compared.target) for row in _census(side)],
        "files": [row for side in (compared.source, compared.target) for row in _files(side)],
        "set_aside": _set_aside(compared),
        "rejected": _rejected(compared.duck),
        "issues": _issues(compared),
        "pairing": _pairing(compared.duck),
        "equivalences": _equivalences(compared.duck),
        "losses": [*_forced(compared), *_unheld(compared)],
        "not_compared": not_compared(compared.duck, compared.terms.scheme),
        "causes": [_cause(asdict(cause)) for cause in compared.causes],
        "agreed": agreed_rows(compared.found.agreed),
        "timings": dict(compared.timings),
    }


def _side(side: SideFacts, patients: int) -> Row:
    versions = sorted({one.version for one in side.files if one.version})
    return {
        "system": side.format.system if side.format else "",
        "format": side.format.title if side.format else "",
        "versions": versions,
        "files": len(side.files),
        "bytes": sum(one.size for one in side.files),
        "patients": patients,
        "warnings": side.warnings,
    }


def _patients(compared: Compared) -> Row:
    paired = len(compared.people.pairs)
    source, target = compared.persons
    return {
        "source": source,
        "target": target,
        "paired": paired,
        "assumed": sum(pair.how is How.ONLY_ONE for pair in compared.people.pairs),
        "only_source": source - paired,
        "only_target": target - paired,
        "affected": _with_finding(compared.duck, "true"),
        "lacking": [
            {"side": side, "rule": rule, "title": in_words(rule), "count": count}
            for (side, rule), count in compared.people.keys.items()
            if count
        ],
        "urgent": _with_finding(compared.duck, "severity IN ('critical', 'high')"),
    }


def _with_finding(duck: Duck, which: str) -> int:
    """How many patients have a finding of some kind that nobody has agreed to."""
    sql = f"SELECT count(DISTINCT {PATIENT}) FROM finding.open WHERE {which}"
    return int(duck.run("count patients", sql)[0][0])


def _entities(compared: Compared) -> Row:
    return {
        name: {
            "source": _side_count(account.source),
            "target": _side_count(account.target),
            "identical": account.identical,
            "equivalent": account.equivalent,
            "agreed": account.agreed,
            "different": account.different,
            "missing": account.missing,
            "unexpected": account.unexpected,
        }
        for name, account in compared.books.items()
    }


def _side_count(count: Any) -> Row:
    return {
        "read": count.read,
        "rejected": count.rejected,
        "set_aside": count.set_aside,
        "converted": count.converted,
    }


def _census(side: SideFacts) -> list[Row]:
    kinds: dict[str, Row] = {}
    for (kind, fate), count in sorted(side.census.items()):
        row = kinds.setdefault(
            kind, {"side": side.side, "kind": kind, "read": 0, "rejected": 0, "set_aside": 0, "converted": 0}
        )
        row[fate] += count
        row["read"] += count
    return list(kinds.values())


def _files(side: SideFacts) -> list[Row]:
    return [
        {
            "side": one.side,
            "name": one.public_name,
            "system": one.system,
            "read": one.witnessed,
            "rejected": one.rejected,
            "set_aside": one.set_aside,
            "converted": one.converted,
        }
        for one in side.files
    ]


def _set_aside(compared: Compared) -> list[Row]:
    reasons = {
        side.side: side.format.reasons if side.format else {} for side in (compared.source, compared.target)
    }
    return [
        {
            "side": side,
            "entity": entity,
            "reason": reason,
            "title": reasons[side].get(reason, reason),
            "records": count,
        }
        for side, entity, reason, count in _counted(compared.duck, "set_aside", "side, entity, reason")
    ]


def _rejected(duck: Duck) -> list[Row]:
    return [
        {"side": side, "entity": entity, "rule": rule, "title": in_words(rule), "records": count}
        for side, entity, rule, count in _counted(duck, "reject", "side, entity, reason")
    ]


def _issues(compared: Compared) -> list[Row]:
    """What is odd about records, and after that what is odd about how patients were recognised."""
    found = [*_counted(compared.duck, "issue", "side, reason")]
    found += [("both", rule, count) for rule, count in sorted(compared.people.doubts.items()) if count]
    return [
        {"side": side, "rule": rule, "title": in_words(rule), "count": count} for side, rule, count in found
    ]


def _counted(duck: Duck, ledger: str, by: str) -> list[tuple[Any, ...]]:
    """The lines of a ledger, counted by some of its columns."""
    return duck.run(
        f"count {ledger}", f"SELECT {by}, count(*) FROM ledger.{ledger} GROUP BY ALL ORDER BY ALL"
    )


def _pairing(duck: Duck) -> list[Row]:
    rows = duck.run(
        "count rungs", "SELECT entity, rung, count(*) FROM paired.record GROUP BY ALL ORDER BY ALL"
    )
    return [
        {"entity": name, "rung": rung, "title": RUNGS[rung], "pairs": count} for name, rung, count in rows
    ]


def _equivalences(duck: Duck) -> list[Row]:
    rules = {rule.id: rule for rule in read_equivalences()}
    rows = duck.run(
        "count rules",
        """SELECT rule, entity, field, count(*) FROM finding.verdict WHERE rule IS NOT NULL
           GROUP BY ALL ORDER BY count(*) DESC, rule, entity, field""",
    )
    return [
        {
            "rule": rule,
            "title": rules[rule].title,
            "source": rules[rule].source,
            "entity": entity,
            "field": field,
            "times": count,
        }
        for rule, entity, field, count in rows
    ]


def _forced(compared: Compared) -> list[Row]:
    """What a format had to lose of values that mean the same: each loss with its source and how often it was needed."""
    losses = {loss.id: loss for loss in compared.terms.scheme.losses}
    rows = compared.duck.run(
        "count losses",
        "SELECT loss, entity, field, pairs FROM finding.forced ORDER BY pairs DESC, loss, entity, field",
    )
    return [_lost(losses[loss], "both", entity, field, pairs) for loss, entity, field, pairs in rows]


def _unheld(compared: Compared) -> list[Row]:
    """Records that the other format has no place for, by the loss that says so."""
    losses = {loss.id: loss for _, loss in compared.terms.scheme.unheld}
    rows = compared.duck.run(
        "count losses",
        """SELECT loss, side, entity, count(*) FROM finding.unpaired WHERE loss IS NOT NULL
           GROUP BY ALL ORDER BY count(*) DESC, loss, side, entity""",
    )
    return [_lost(losses[loss], side, entity, None, count) for loss, side, entity, count in rows]


def _lost(loss: ValueLoss | RecordLoss, side: str, entity: str, field: str | None, records: int) -> Row:
    return {
        "loss": loss.id,
        "title": loss.title,
        "source": loss.source,
        "side": side,
        "entity": entity,
        "field": field,
        "records": records,
    }


def _cause(cause: Row) -> Row:
    return {("cause" if key == "id" else key): value for key, value in cause.items()}
