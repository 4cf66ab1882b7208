"""Findings put straight into their table, for tests of how they are weighed and grouped."""

from collections.abc import Iterable
from typing import Any

from godwit.definitions.comparison import read_severities
from godwit.records.compare.causes import Cause, list_causes, name_causes
from godwit.records.duck import Duck

COLUMNS = {
    "entity": "VARCHAR", "outcome": "VARCHAR", "field": "VARCHAR", "scope": "BIGINT", "source_row": "BIGINT",
    "target_row": "BIGINT", "source_value": "VARCHAR", "target_value": "VARCHAR", "reason": "VARCHAR",
    "source_file": "BIGINT", "source_record": "BIGINT", "source_id": "VARCHAR", "source_person": "BIGINT",
    "target_file": "BIGINT", "target_record": "BIGINT", "target_id": "VARCHAR", "target_person": "BIGINT",
    "severity": "VARCHAR",
}  # fmt: skip
"""Columns of `finding.finding`."""


def finding(
    entity: str, outcome: str, row: int, field: str | None = None, values: tuple[str | None, str | None] = (None, None),
    **more: Any
) -> dict[str, Any]:  # fmt: skip
    """One finding about row `row` on whichever sides there are; of patient 1, with the usual severity and reason."""
    sides = {"missing": ("source",), "unexpected": ("target",), "different": ("source", "target")}[outcome]
    patient = more.pop("patient", 1)
    places = {f"{side}_{name}": value for side in sides
              for name, value in (("row", row), ("file", 1), ("record", row), ("person", patient))}  # fmt: skip
    usual = {
        "entity": entity,
        "outcome": outcome,
        "field": field,
        "scope": patient,
        "source_value": values[0],
        "target_value": values[1],
        "reason": "changed" if outcome == "different" else "no_counterpart",
        "severity": read_severities().of(entity, outcome, field),
    }
    return {**usual, **places, **more}


def find(duck: Duck, findings: Iterable[dict[str, Any]]) -> None:
    """Put findings into `finding.finding`."""
    duck.load("finding.finding", COLUMNS, findings)


def causes(duck: Duck) -> list[Cause]:
    """The causes of the findings, none of which anybody has agreed to."""
    name_causes(duck)
    duck.run("test", "CREATE VIEW finding.open AS SELECT * FROM finding.caused")
    return list_causes(duck, read_severities())
