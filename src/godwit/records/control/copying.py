"""The sample that the control works on: taken out of a run's own tables, laid into a laboratory of its own."""

from __future__ import annotations

from pathlib import Path

from godwit.records.bulk.converting import canonical_columns
from godwit.records.canonical import ENTITIES, Entity
from godwit.records.compare.stage import columns_of
from godwit.records.duck import Duck

PATIENTS = 40
"""How many patients' records are copied."""


def take_sample(duck: Duck) -> int:
    """Make `lab.*` in the run's own database: some pairs of patients and the practice, the pairs among their records,
    and the rows in which the run itself found something. Returns how many patients."""
    duck.run("lab", "CREATE SCHEMA lab")
    duck.run(
        "lab.person",
        f"""CREATE TABLE lab.person AS
        (SELECT * FROM paired.person WHERE scope > 0 ORDER BY md5(scope::VARCHAR) LIMIT {PATIENTS})
        UNION ALL SELECT * FROM paired.person WHERE scope = 0""",
    )
    duck.run(
        "lab.harmed",
        """CREATE TABLE lab.harmed AS SELECT DISTINCT entity, source_row, target_row FROM finding.finding
        WHERE source_person IN (SELECT source_person FROM lab.person)
           OR target_person IN (SELECT target_person FROM lab.person)""",
    )
    # Two questions, for one with OR would hold every pair against every finding. And where a patient has a record
    # twice, the second steps in for the one that is taken away, so that nothing would be missing.
    duck.run(
        "lab.pair",
        """CREATE VIEW lab.pair AS
        SELECT p.entity, p.source_row, p.target_row, p.scope FROM paired.record AS p
        WHERE p.scope IN (SELECT scope FROM lab.person)
          AND NOT EXISTS (SELECT 1 FROM lab.harmed AS h WHERE h.entity = p.entity AND h.source_row = p.source_row)
          AND NOT EXISTS (SELECT 1 FROM lab.harmed AS h WHERE h.entity = p.entity AND h.target_row = p.target_row)
          AND NOT EXISTS (SELECT 1 FROM finding.finding AS f
                          WHERE f.reason = 'duplicate' AND f.entity = p.entity AND f.scope = p.scope)""",
    )
    return int(duck.run("lab.person", "SELECT count(*) FROM lab.person WHERE scope > 0")[0][0])


def copied_parts(duck: Duck, by_meaning: bool) -> dict[str, str]:
    """What is copied: a query by table of the laboratory. Kinds of record that nobody has are left out; the links go
    along where they stand record by record."""
    # Numbers, not a join: so the files of a practice are not read beyond these patients.
    sides = {
        side: ", ".join(
            str(one) for (one,) in duck.run("lab.person", f"SELECT {side}_person FROM lab.person")
        )
        for side in ("source", "target")
    }
    theirs = " OR ".join(f"(c.side = '{side}' AND c.person IN ({some}))" for side, some in sides.items())
    any_ = " UNION ALL ".join(f"SELECT '{one}' WHERE EXISTS (FROM canonical.{one})" for one in ENTITIES)
    there = [name for (name,) in duck.run("lab", any_)]
    parts = {f"lab.{name}": f"SELECT * FROM canonical.{name} AS c WHERE {theirs}" for name in there}
    parts |= {name: f"SELECT * FROM {name}" for name in ("lab.person", "lab.pair", "lab.harmed")}
    if not by_meaning:
        rows = " UNION ALL ".join(
            f"SELECT side, row FROM canonical.{name} AS c WHERE {theirs}" for name in there
        )
        parts["canonical.link"] = f"SELECT l.* FROM canonical.link AS l SEMI JOIN ({rows}) USING (side, row)"
    return parts


def open_parts(lab: Duck, folder: Path, parts: dict[str, str], by_meaning: bool) -> None:
    """Make the copied tables in the laboratory from the files in `folder`, those without records empty, and
    `paired.person`."""
    lab.run("rooms", "CREATE SCHEMA lab")
    for table in parts:
        path = str(folder / f"{table}.parquet").replace("'", "''")
        lab.run(table, f"CREATE TABLE {table} AS SELECT * FROM read_parquet('{path}')")
    empty = (f"CREATE TABLE lab.{one.name} ({_shape(one, by_meaning)})" for one in ENTITIES.values()
             if f"lab.{one.name}" not in parts)  # fmt: skip
    lab.run("lab", ";\n".join([*empty, "CREATE VIEW paired.person AS FROM lab.person"]))


def _shape(entity: Entity, by_meaning: bool) -> str:
    columns = canonical_columns(entity) if by_meaning else columns_of(entity.name)
    return ", ".join(f"{name} {kind}" for name, kind in columns.items())
