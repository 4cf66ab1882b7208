"""What became of every planted fault, and what else the comparison in the laboratory found."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from godwit.records.canonical import ENTITIES, Entity
from godwit.records.compare.matching import Terms
from godwit.records.compare.scheme import Scheme
from godwit.records.control.faults import ELSEWHERE, MISSING, ORDER, TWICE
from godwit.records.control.planning import Plan, Plant
from godwit.records.control.planting import COPIED
from godwit.records.control.reading import IN_FILES, FileFault
from godwit.records.duck import Duck

Finding = tuple[str, str | None]
"""What became of a record, and of which field of it."""


@dataclass(frozen=True, slots=True)
class Planted:
    """One planted fault and what became of it. `seen` says whether both formats can hold what was changed."""

    plant: Plant
    seen: bool
    found: bool
    at_field: bool
    beyond: tuple[str, ...] = ()
    """Losses of the formats that hide a fault which was not seen."""


@dataclass(frozen=True, slots=True)
class Control:
    """What the control of a run showed: `others` counts findings on records that have nothing to do with a planted
    fault, `beside` those on records linked with one that has; `bare` names fields in which nothing could be planted."""

    patients: int
    records: int
    planted: tuple[Planted, ...]
    others: int
    beside: int = 0
    bare: tuple[tuple[str, str], ...] = ()
    files: tuple[FileFault, ...] = ()
    """Faults planted in copies of the target's files."""

    @property
    def visible(self) -> tuple[Planted, ...]:
        """Faults that both formats can show."""
        return tuple(one for one in self.planted if one.seen)

    @property
    def missed(self) -> tuple[Planted, ...]:
        """Visible faults that were not found: there must be none."""
        return tuple(one for one in self.visible if not one.found)

    def as_row(self) -> dict[str, object]:
        """For `summary.json`: counts and our own words only."""
        kinds = list(self._kinds())
        unread = [
            {"table": one.table, "kind": one.kind, "column": one.column}
            for one in self.files
            if not one.found
        ]
        return {
            "patients": self.patients,
            "records": self.records,
            "planted": sum(one["planted"] for one in kinds),
            "found": sum(one["found"] for one in kinds),
            "at_field": sum(one["at_field"] for one in kinds),
            "others": self.others,
            "beside": self.beside,
            "kinds": kinds,
            "missed": [*(_named(one.plant) for one in self.missed), *unread],
            "beyond": [
                {**_named(one.plant), "losses": list(one.beyond)} for one in self.planted if not one.seen
            ],
            "bare": [{"entity": entity, "field": field} for entity, field in self.bare],
        }

    def _kinds(self) -> Iterator[dict[str, Any]]:
        told = [(one.plant.kind, one.found, one.at_field) for one in self.visible]
        told += [(one.kind, one.found, one.found) for one in self.files]
        for kind in (*ORDER, *IN_FILES):
            mine = [(found, exact) for name, found, exact in told if name == kind]
            if mine:
                found, exact = (sum(column) for column in zip(*mine, strict=True))
                yield {"kind": kind, "planted": len(mine), "found": found, "at_field": exact}


def _named(plant: Plant) -> dict[str, object]:
    return {"entity": plant.entity, "kind": plant.kind, "field": plant.field}


def tell(lab: Duck, terms: Terms, patients: int, made: Plan) -> Control:
    """Hold the findings of the laboratory (`finding.caused`) against the plan."""
    planted = tuple(_planted(lab, terms, made.plants))
    sown = [one.plant for one in planted]
    return Control(patients, _records(lab), planted, *_others(lab, terms, sown), made.bare)


def _records(lab: Duck) -> int:
    each = " UNION ALL ".join(f"SELECT count(*) AS records FROM lab.{name}" for name in ENTITIES)
    return int(lab.run("count", f"SELECT sum(records) FROM ({each})")[0][0])


@dataclass(frozen=True, slots=True)
class _Told:
    """Findings by where they are: (entity, side, row) -> (outcome, field) of each. Only those that stand in a line of
    the report: nobody reads the others."""

    by_row: Mapping[tuple[str, str, int], frozenset[Finding]]

    def of(self, one: Plant) -> tuple[bool, bool]:
        """Whether a fault was found, and whether it was told as what it is."""
        copied = [one.target_row + COPIED] if one.kind in TWICE else []
        source = self._on(one.entity, "source", one.source_row)
        target = self._on(one.entity, "target", one.target_row, *copied)
        found = _found(one, source, target)
        return found, found and _exactly(one) in source | target

    def _on(self, entity: str, side: str, *rows: int) -> frozenset[Finding]:
        return frozenset(one for row in rows for one in self.by_row.get((entity, side, row), ()))


def _found(one: Plant, source: frozenset[Finding], target: frozenset[Finding]) -> bool:
    """A lost record is told of its source, a second one of its target; any other fault as a difference of the two, or
    as a record missing here and another unexpected there. One of these alone would say something else."""
    if one.kind == MISSING:
        return bool(source)
    if one.kind in TWICE:
        return bool(target)
    different = any(outcome == "different" for outcome, _ in source | target)
    return different or (bool(source) and bool(target))


def _exactly(one: Plant) -> Finding:
    """The finding that says what was done."""
    if one.kind == MISSING:
        return "missing", None
    if one.kind in TWICE:
        return "unexpected", None
    return "different", "patient" if one.kind in ELSEWHERE else one.field


def _planted(lab: Duck, terms: Terms, plants: Sequence[Plant]) -> Iterator[Planted]:
    """Every fault with what the comparison made of it. What says the same as before though no format loses anything
    was no fault: the source said it already."""
    told = _findings(lab)
    hidden = _hidden(lab, terms, plants)
    for one in plants:
        losses = tuple(loss.title for loss in terms.scheme.losses_of(ENTITIES[one.entity], one.field or ""))
        if one not in hidden or losses:
            yield Planted(one, one not in hidden, *told.of(one), losses)


def _findings(lab: Duck) -> _Told:
    by_row: dict[tuple[str, str, int], set[Finding]] = {}
    rows = lab.run(
        "found",
        "SELECT entity, outcome, field, source_row, target_row FROM finding.caused WHERE cause IS NOT NULL",
    )
    for entity, outcome, field, source, target in rows:
        for side, row in (("source", source), ("target", target)):
            if row is not None:
                by_row.setdefault((entity, side, row), set()).add((outcome, field))
    return _Told({key: frozenset(found) for key, found in by_row.items()})


def _hidden(lab: Duck, terms: Terms, plants: Sequence[Plant]) -> set[Plant]:
    """Changed fields that say the same as before once both formats have held them."""
    by_entity: dict[str, dict[int, Plant]] = {}
    for number, plant in enumerate(plants):
        if plant.field and plant.kind not in TWICE:
            by_entity.setdefault(plant.entity, {})[number] = plant
    return {
        mine[number]
        for name, mine in by_entity.items()
        for (number,) in lab.run(f"hidden {name}", _hidden_sql(terms.scheme, ENTITIES[name], mine))
    }


def _hidden_sql(scheme: Scheme, entity: Entity, plants: Mapping[int, Plant]) -> str:
    """All planted fields of one kind of record in one query."""
    table = scheme.table(entity)
    rows = ", ".join(f"({number}, {one.source_row}, {one.target_row})" for number, one in plants.items())
    same = (
        f"WHEN {number} THEN {scheme.meant(entity, one.field or '', 's')}"
        f" IS NOT DISTINCT FROM {scheme.meant(entity, one.field or '', 't')}"
        for number, one in plants.items()
    )
    return f"""SELECT p.number FROM (VALUES {rows}) AS p(number, source_row, target_row)
        JOIN {table} AS s ON s.side = 'source' AND s.row = p.source_row
        JOIN {table} AS t ON t.side = 'target' AND t.row = p.target_row
        WHERE CASE p.number {" ".join(same)} END"""


def _others(lab: Duck, terms: Terms, plants: Sequence[Plant]) -> tuple[int, int]:
    """Findings on records in which neither the run found anything nor anything was planted: those that have nothing to
    do with a planted fault, and those beside one, by a link to or from it."""
    rows = ", ".join(
        f"('{one.entity}', {one.source_row}, {row})"
        for one in plants
        for row in (one.target_row, one.target_row + COPIED)
    )
    linked = "SELECT NULL AS side, NULL AS row, NULL AS target WHERE false"
    if not terms.scheme.by_meaning:
        linked = "SELECT side, row, target FROM canonical.link WHERE target IS NOT NULL"
    ((others, beside),) = lab.run("others", _OTHERS.format(rows=rows or "(NULL, NULL, NULL)", linked=linked))
    return int(others), int(beside)


_OTHERS = """WITH planted(entity, source_row, target_row) AS (VALUES {rows}),
    known AS (FROM planted UNION ALL FROM lab.harmed),
    sown AS (SELECT 'source' AS side, source_row AS row FROM known UNION SELECT 'target', target_row FROM known),
    linked AS ({linked}),
    near AS (SELECT side, row FROM linked SEMI JOIN (SELECT side, row AS target FROM sown) USING (side, target)
             UNION SELECT side, target FROM linked SEMI JOIN sown USING (side, row)),
    beside AS (
        SELECT (SELECT count(*) FROM near AS n WHERE (n.side = 'source' AND n.row = f.source_row)
                                                 OR (n.side = 'target' AND n.row = f.target_row)) > 0 AS is_near
        FROM finding.finding AS f
        WHERE NOT EXISTS (SELECT 1 FROM known AS k WHERE k.entity = f.entity AND k.source_row = f.source_row)
          AND NOT EXISTS (SELECT 1 FROM known AS k WHERE k.entity = f.entity AND k.target_row = f.target_row))
    SELECT count(*) FILTER (WHERE NOT is_near), count(*) FILTER (WHERE is_near) FROM beside"""
