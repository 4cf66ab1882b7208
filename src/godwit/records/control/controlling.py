"""Every run plants known faults in a copy of a sample of its own input and looks whether it finds them.

The sample is some patients with all their records, as both sides delivered them, in canonical form; the faults go into
a copy of the target's half. The comparison runs again on that, on the very same terms. What this proves is the
comparison from canonical form on; that reading loses nothing is proven by the second witness.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from godwit.records.canonical import ENTITIES, Entity
from godwit.records.compare.matching import Terms, stages
from godwit.records.compare.scheme import Scheme
from godwit.records.compare.stage import make_rooms
from godwit.records.control.copying import copied_parts, open_parts, take_sample
from godwit.records.control.planting import COPIED, WHOLE, Plant, carry_out, plan
from godwit.records.duck import Duck


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
    """What the control of a run showed. `others` counts findings on records in which nothing was planted."""

    patients: int
    records: int
    planted: tuple[Planted, ...]
    others: int

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
        kinds = Counter((one.plant.kind, one.found, one.at_field) for one in self.visible)
        rows = [
            {
                "kind": kind,
                "planted": sum(n for (name, _, _), n in kinds.items() if name == kind),
                "found": sum(n for (name, found, _), n in kinds.items() if name == kind and found),
                "at_field": sum(n for (name, _, exact), n in kinds.items() if name == kind and exact),
            }
            for kind in (*WHOLE, "changed", "lost")
        ]
        return {
            "patients": self.patients,
            "records": self.records,
            "planted": len(self.visible),
            "found": sum(one.found for one in self.visible),
            "at_field": sum(one.at_field for one in self.visible),
            "others": self.others,
            "kinds": [row for row in rows if row["planted"]],
            "missed": [_named(one.plant) for one in self.missed],
            "beyond": [
                {**_named(one.plant), "losses": list(one.beyond)} for one in self.planted if not one.seen
            ],
        }


def _named(plant: Plant) -> dict[str, object]:
    return {"entity": plant.entity, "kind": plant.kind, "field": plant.field}


def control(duck: Duck, terms: Terms, folder: Path) -> Control:
    """Take the sample out of a finished comparison in `duck`, plant, compare again in `folder` (made, and wiped by
    its owner), and tell what was found."""
    folder.mkdir(mode=0o700)
    patients = take_sample(duck)
    parts = copied_parts(duck, terms.scheme.by_meaning)
    for table, sql in parts.items():
        duck.write_parquet(f"{table}.parquet", sql).replace(folder / f"{table}.parquet")
    with Duck(folder) as lab:
        make_rooms(lab)
        open_parts(lab, folder, parts, terms.scheme.by_meaning)
        plants = plan(lab, terms.scheme)
        carry_out(lab, plants)
        for _, work in stages(lab, terms):
            work()
        told = tuple(_told(lab, terms, plants))
        return Control(patients, _records(lab), told, _others(lab, plants))


def _records(lab: Duck) -> int:
    each = " UNION ALL ".join(f"SELECT count(*) AS records FROM lab.{name}" for name in ENTITIES)
    return int(lab.run("count", f"SELECT sum(records) FROM ({each})")[0][0])


def _told(lab: Duck, terms: Terms, plants: Sequence[Plant]) -> list[Planted]:
    """Every planted fault with what the comparison in the laboratory made of it."""
    found = {
        (entity, field, row)
        for entity, field, *rows in lab.run(
            "found", "SELECT entity, field, source_row, target_row FROM finding.finding"
        )
        for row in (("source", rows[0]), ("target", rows[1]))
        if row[1] is not None
    }
    anywhere = {(entity, row) for entity, _, row in found}
    hidden = _hidden(lab, terms, plants)
    told = []
    for one in plants:
        rows = {("source", one.source_row), ("target", one.target_row), ("target", one.target_row + COPIED)}
        field = "patient" if one.kind == "moved" else one.field
        told.append(
            Planted(
                one,
                one not in hidden,
                any((one.entity, row) in anywhere for row in rows),
                any((one.entity, field, row) in found for row in rows),
                tuple(loss.id for loss in terms.scheme.losses_of(ENTITIES[one.entity], one.field or "")),
            )
        )
    return told


def _hidden(lab: Duck, terms: Terms, plants: Sequence[Plant]) -> set[Plant]:
    """Changed fields that say the same as before once both formats have held them."""
    by_entity: dict[str, dict[int, Plant]] = {}
    for number, plant in enumerate(plants):
        if plant.field:
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


def _others(lab: Duck, plants: Sequence[Plant]) -> int:
    """Findings on records in which neither the run found anything nor anything was planted."""
    rows = ", ".join(
        f"('{one.entity}', {one.source_row}, {row})"
        for one in plants
        for row in (one.target_row, one.target_row + COPIED)
    )
    (count,) = lab.run(
        "others",
        f"""WITH planted(entity, source_row, target_row) AS (VALUES {rows or "(NULL, NULL, NULL)"}),
        known AS (FROM planted UNION ALL FROM lab.harmed)
        SELECT count(*) FROM finding.finding AS f
        WHERE NOT EXISTS (SELECT 1 FROM known AS k WHERE k.entity = f.entity AND k.source_row = f.source_row)
          AND NOT EXISTS (SELECT 1 FROM known AS k WHERE k.entity = f.entity AND k.target_row = f.target_row)""",
    )[0]
    return int(count)
