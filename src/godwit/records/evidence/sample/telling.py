"""A sample without its patients' values, for the summary and the report; and as a list to carry, which is private."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from godwit.records.canonical import ENTITIES
from godwit.records.compare.cause_shares import PATIENTS as FEWEST
from godwit.records.duck import Duck
from godwit.records.evidence.list_sheets import ListColumn
from godwit.records.evidence.sample.cells import SYSTEMS
from godwit.records.evidence.wording import place
from godwit.records.sampling.drawing import Chosen, Held, Sample

ROUTES = {"criterion": "criterion", "rare": "rare kind of data", "random": "at random"}
"""How a patient came into a sample, in words."""


def sample_summary(sample: Sample) -> dict[str, Any]:
    """The open part of a sample as plain JSON: criteria, rare kinds, strata and power.

    Nothing is said of any one patient but the route by which they came in, not even under a pseudonym: who is both
    bereaved and on a safeguarding list may be known by that. Which patient meets what stands in the private list.
    """
    return {
        "seed": sample.order.seed,
        "size": sample.order.size,
        "day": sample.day.isoformat(),
        "edition": sample.definition.edition,
        "population": sample.population,
        "test_patients": sample.test_patients,
        "patients": [
            {"patient": one.pseudonym, "route": one.route} for one in sample.chosen
        ],
        "criteria": [
            {"criterion": one.criterion.id, "group": one.criterion.group, "title": one.criterion.title,
             "source": one.criterion.source, "look": one.criterion.look, **_openly(one.eligible),
             "covered": bool(one.patients)}
            for one in sample.criteria
        ],
        "not_told": [one.model_dump() for one in sample.definition.not_told],
        "kinds": [
            {"title": open_title(one), **_openly(one.having), "covered": bool(one.patients)} for one in sample.kinds
        ],
        "empty": [kind_title(one) for one in sample.empty],
        "strata": [asdict(one) for one in sample.strata],
        "power": {**asdict(sample.power), "rules_out_share": sample.power.rules_out_share},
    }  # fmt: skip


def _openly(eligible: int | None) -> dict[str, Any]:
    """How many patients, where so many have it that none can be told by it; else the most it could be, marked."""
    few = eligible is not None and 0 < eligible < FEWEST
    return {"eligible": FEWEST - 1 if few else eligible, "few": few}


def kind_title(kind: str) -> str:
    """Words for a kind of data as `sampling.holds` names it: entity, entity.field or entity.field=value."""
    name, _, value = kind.partition("=")
    entity, _, field = name.partition(".")
    known = ENTITIES[entity]
    if value and field not in ("type", "content_type"):
        return f"{known.title}: codes of {SYSTEMS.get(value, value)}"
    return f"{place(entity, field)}: {value}" if value else place(entity, field)


def open_title(one: Held) -> str:
    """The same where anybody may read it: a value that few patients have is not named."""
    name, _, value = one.kind.partition("=")
    if value and one.having < FEWEST and value not in SYSTEMS:
        return f"{kind_title(name)}: one that fewer than {FEWEST} patients have"
    return kind_title(one.kind)


def why(chosen: Chosen) -> tuple[str, ...]:
    """Why a patient is in the sample, for those who may know: the group, words for rare kinds, titles of criteria."""
    drawn = (f"At random ({chosen.stratum})",) if chosen.stratum else ()
    return (*drawn, *(kind_title(one) for one in chosen.kinds), *chosen.criteria)


LIST_COLUMNS = (
    ListColumn("Patient", 8),
    ListColumn("NHS number", 14),
    ListColumn("Family name", 20),
    ListColumn("Given names", 20),
    ListColumn("Date of birth", 13),
    ListColumn("Id in the old system", 24),
    ListColumn("Id in the new system", 24),
    ListColumn("Chosen by", 16),
    ListColumn("Criteria and why", 60),
    ListColumn("Records", 10, "number"),
    ListColumn("First reader", 18),
    ListColumn("Second reader", 18),
    ListColumn("Checked on", 12, "date"),
    ListColumn("Result", 14),
    ListColumn("Remarks", 40),
)
"""Columns of the test-patient list (guide TP-05); the last five are for the readers."""


def list_rows(duck: Duck, sample: Sample) -> Iterator[tuple[str | int | None, ...]]:
    """The test-patient list, one row a patient. Zone B."""
    facts = {
        person: rest
        for person, *rest in duck.run(
            "list of the sample",
            """SELECT p.person, p.nhs_number, p.family, p.given, p.birth_date, p.local_id, max(t.local_id)
            FROM sampling.person AS p
            JOIN sampling.chosen AS c ON c.person = p.person
            LEFT JOIN canonical.patient AS t ON t.side = 'target' AND t.person = p.target_person
            GROUP BY ALL""",
        )
    }
    for one in sample.chosen:
        yield (
            one.pseudonym, *facts[one.person], ROUTES[one.route], "; ".join(why(one)), one.records,
            None, None, None, None, None,
        )  # fmt: skip
