"""What a supplier's deltas mean, as data: `state.yaml` of a format folder."""

from __future__ import annotations

from pydantic import Field

from godwit.definitions.read import Definition, parse, resource


class Sharing(Definition):
    """The table that says whether a practice still shares its records; `off` is SQL over its columns."""

    table: str
    practice: str
    off: str


class ManifestColumns(Definition):
    """The table that is the supplier's manifest, and what its columns are called."""

    table: str
    file: str
    delta: str
    since: str
    until: str


class StateRules(Definition):
    """How the rows of several extracts of one system become one state.

    `order`: column that orders the rows of one file. `patients`: table whose removed rows withhold the rest of a
    patient; `gone_since`: its columns with the day a patient left or died; `window_days`: how long after that the
    supplier goes on delivering them. `deletes`: SQL over {column}, the table's deletion column. `follows`: tables
    without deletions of their own -> the table whose rows they extend. `technical`: columns that say nothing about
    the record. Where no mark tells a bulk from a delta, `entries` is the largest clinical table, and a new bulk has
    at least `rebulk_patients` and `rebulk_entries` rows.
    """

    edition: str
    source: str
    patients: str
    order: str | None = None
    entries: str | None = None
    gone_since: tuple[str, ...] = ()
    window_days: int = 365
    deletes: str = "coalesce({column}, false)"
    rebulk_patients: int = 1000
    rebulk_entries: int = 4000
    sharing: Sharing | None = None
    manifest: ManifestColumns | None = None
    follows: dict[str, str] = Field(default_factory=dict)
    technical: tuple[str, ...] = ()


def load_state_rules(package: str) -> StateRules:
    """The rules in a format folder, such as `godwit.records.formats.emis`. Raises `DefinitionError`."""
    return parse(StateRules, resource(package, "state.yaml"))
