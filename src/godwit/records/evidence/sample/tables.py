"""The sample in the open report: what it holds, what it can see, and what it cannot. No patient's value."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from godwit.records.evidence.cells import Cell, Noted, Table, Tag, rows
from godwit.records.evidence.wording import count, number

Facts = Mapping[str, Any]

KEY = "sample"
"""Where the sample stands in the summary."""


def sample_part(summary: Facts) -> Facts | None:
    """What the section of the report reads; None where no sample was drawn."""
    sample = summary.get(KEY)
    if not sample:
        return None
    return {
        "patients": len(sample["patients"]),
        "seed": sample["seed"],
        "routes": [_route(sample, one) for one in ("criterion", "rare", "random")],
        "power": list(power_sentences(sample)),
        "tables": [_power(sample), _criteria(sample), _strata(sample), _kinds(sample)],
        "not_told": [f"{one['title']}. {one['instead']}" for one in sample["not_told"]],
        "empty": sample["empty"],
    }


def power_sentences(sample: Facts) -> Iterator[str]:
    """What the random part can and cannot show, in plain words."""
    power = sample["power"]
    drawn, pool = power["sample"], power["population"]
    if not drawn:
        yield "No patient was drawn at random, so the sample says nothing about the patients who are not in it."
        return
    yield f"{count(drawn, 'patient')} of the {number(pool)} that no criterion chose were drawn at random."
    one = next((chance for chance in power["chances"] if chance["rate"] == 0.01), None)
    if one:
        yield (
            f"This sample would see a fault that touches 1% of them ({count(one['touched'], 'patient')}) with"
            f" probability {share(one['seen'])}, if the readers notice it."
        )
    if power["rules_out"]:
        yield (
            f"If the readers find nothing, that rules out, with 95% confidence, a fault that touches"
            f" {number(power['rules_out'])} or more of them ({share(power['rules_out_share'])})."
        )
    yield (
        f"Godwit compared all records of all {count(sample['population'], 'patient')}. What people add is judgement:"
        " whether the meaning is right, whether the old record was right, and whether Godwit read both systems rightly."
    )
    yield (
        "These figures hold for faults that strike whoever they strike. A fault that keeps to one group of patients is"
        " seen as far as that group was drawn from."
    )


def share(part: float) -> str:
    """A share as a percentage, cut and never rounded up to certainty."""
    if part >= 1:
        return "100%"
    return f"{int(part * 1000) / 10:g}%" if part >= 0.001 else "less than 0.1%"


def _route(sample: Facts, route: str) -> str:
    found = sum(one["route"] == route for one in sample["patients"])
    kinds = {"criterion": "for a criterion", "rare": "for a rare kind of data", "random": "at random"}
    return f"{count(found, 'patient')} {kinds[route]}"


def _power(sample: Facts) -> Table:
    power = sample["power"]
    needed = dict(power["needed"])
    return Table(
        "What the random part can see",
        ("A fault that touches", "Patients", "Is in this sample with probability", "To rule it out, read"),
        rows(
            (f"{one['rate'] * 100:g}% of patients", one["touched"], share(one["seen"]), needed[one["rate"]])
            for one in power["chances"]
        ),
    )


def _criteria(sample: Facts) -> Table:
    return Table(
        "Criteria, and the patients who meet them",
        ("Criterion", "Patients of the practice", "In the sample", "What to look at"),
        rows(
            (Noted(one["title"], one["source"]), _eligible(one), _covered(one), one["look"])
            for one in sample["criteria"]
        ),
        folded=True,
        printed=False,
    )


def _eligible(one: Facts) -> Cell:
    if one["eligible"] is None:
        return "This format does not tell"
    if one["few"]:
        return f"Fewer than {one['eligible'] + 1}"
    return number(one["eligible"]) if one["eligible"] else "Nobody"


def _covered(one: Facts) -> str:
    return "Yes" if one["covered"] else "No"


def _strata(sample: Facts) -> Table:
    return Table(
        "Where the random part was drawn from",
        ("Group", "Patients", "Drawn"),
        rows((one["title"], one["patients"], one["drawn"]) for one in sample["strata"]),
        folded=True,
        printed=False,
    )


def _kinds(sample: Facts) -> Table:
    return Table(
        "Kinds of data that few patients hold",
        ("Kind of data", "Patients of the practice", "In the sample"),
        rows(
            (
                one["title"],
                _eligible(one),
                "Yes" if one["covered"] else Tag("Nobody", "medium"),
            )
            for one in sample["kinds"]
        ),
        folded=True,
        printed=False,
    )
