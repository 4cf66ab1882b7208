"""From findings to lines, in tables: what leads, what follows, which cluster, which line, and what stands together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from godwit.definitions.comparison.risks import Risks
from godwit.records.canonical import ENTITIES
from godwit.records.compare.cause_explaining import explained
from godwit.records.compare.cause_groups import RANK, Cell, Cluster, clusters, leaders
from godwit.records.compare.cause_lines import Line, folded
from godwit.records.compare.cause_naming import COLUMNS, VARIOUS, name_lines, parts_of_base
from godwit.records.compare.cause_traits import find_traits
from godwit.records.duck import Duck
from godwit.records.steps import sql_text

SQL = Path(__file__).parent


def ranked(severity: str) -> str:
    """SQL for the rank of a severity; 0 is the gravest."""
    ranks = " ".join(f"WHEN '{name}' THEN {rank}" for name, rank in RANK.items())
    return f"CASE {severity} {ranks} END"


def group_findings(duck: Duck, risks: Risks) -> None:
    """Make `finding.line` (words of every line), `finding.cause` (which line stands in which cause) and
    `finding.caused` (every finding with its cause)."""
    find_traits(duck, risks)
    _follow(duck)
    found = _cluster(duck)
    duck.load(
        "finding.line",
        COLUMNS,
        (one.as_row() for one in name_lines(duck, found, explained(duck, found), risks)),
    )
    traits = [
        name
        for (name,) in duck.run(
            "traits", "SELECT DISTINCT trait FROM finding.line WHERE trait <> '' ORDER BY 1"
        )
    ]
    columns = " ".join(f"WHEN '{name}' THEN c.{name}" for name in traits)
    value = f"CASE l.trait {columns} END" if traits else "NULL"
    duck.run(
        "finding.lined", f"CREATE TABLE finding.lined AS\n{sql_text(SQL, 'cause_lined.sql', value=value)}"
    )
    _fold(duck)
    caused = sql_text(SQL, "cause_caused.sql", ranked=ranked("w.severity"))
    duck.run("finding.caused", f"CREATE TABLE finding.caused AS\n{caused}")


def _follow(duck: Duck) -> None:
    """Make `finding.led`: groups whose findings stand under those of another group on the same records."""
    totals: dict[str, tuple[str, int]] = {}
    for base, severity, count in duck.run(
        "totals",
        """SELECT f.base, w.severity, count(*) FROM finding.found AS f JOIN finding.trait AS w USING (n)
           WHERE f.outcome = 'different' GROUP BY ALL ORDER BY ALL""",
    ):
        gravest, before = totals.get(base, (severity, 0))
        totals[base] = (min(gravest, severity, key=lambda one: RANK[one]), before + count)
    together = duck.run(
        "together",
        """SELECT bases, count(*) FROM (
               SELECT list(DISTINCT base ORDER BY base) AS bases FROM finding.found WHERE outcome = 'different'
               GROUP BY entity, source_row HAVING count(*) > 1)
           GROUP BY bases ORDER BY count(*) DESC, bases LIMIT 5000""",
    )
    led = leaders(totals, ((bases, count) for bases, count in together), _position)
    columns = {"base": "VARCHAR", "leader": "VARCHAR"}
    duck.load("finding.led", columns, ({"base": one, "leader": other} for one, other in led.items()))


def _position(base: str) -> int:
    """Where the field of a group stands among those of its kind of record."""
    entity, field, _, _ = parts_of_base(base)
    names = (*ENTITIES[entity].field_names, *ENTITIES[entity].role_names)
    return names.index(field) if field in names else len(names)


def _cluster(duck: Duck) -> list[Cluster]:
    """Make `finding.clustered`: every finding that leads, with its traits and the number of its cluster."""
    rows = duck.run(
        "cells",
        """SELECT f.base, f.change, w.severity, count(*) FROM finding.found AS f
           JOIN finding.trait AS w USING (n) ANTI JOIN finding.led AS l USING (base)
           GROUP BY ALL ORDER BY ALL""",
    )
    found = clusters(Cell(*row) for row in rows)
    columns = {"base": "VARCHAR", "change": "VARCHAR", "severity": "VARCHAR", "cluster": "INTEGER"}
    duck.load("finding.cell", columns, _cells(found))
    duck.run(
        "finding.clustered",
        """CREATE TABLE finding.clustered AS
           SELECT c.cluster, f.entity, f.outcome, f.source_row, f.base, f.patient, f.turn, f.measure, w.*
           FROM finding.found AS f
           JOIN finding.trait AS w USING (n)
           JOIN finding.cell AS c ON c.base = f.base AND c.change = f.change AND c.severity = w.severity""",
    )
    return found


def _cells(found: Sequence[Cluster]) -> Iterator[dict[str, object]]:
    for number, cluster in enumerate(found):
        for cell in cluster.cells:
            yield {"base": cell.base, "change": cell.change, "severity": cell.severity, "cluster": number}


def _fold(duck: Duck) -> None:
    """Make `finding.cause`: every line with the cause that it stands in, its own where there is room for it."""
    rows = duck.run(
        "lines",
        f"""SELECT d.detail, l.entity, min({ranked("w.severity")}), count(*), count(DISTINCT f.patient)
            FROM finding.lined AS d
            JOIN finding.found AS f USING (n)
            JOIN finding.trait AS w USING (n)
            JOIN finding.line AS l ON l.detail = d.detail
            GROUP BY ALL ORDER BY d.detail""",
    )
    names = list(RANK)
    lines = [
        Line(detail, entity, names[rank], findings, patients)
        for detail, entity, rank, findings, patients in rows
    ]
    into = folded(lines)
    columns = {"detail": "VARCHAR", "cause": "VARCHAR", "findings": "BIGINT", "patients": "BIGINT"}
    duck.load("finding.cause", columns, ({
        "detail": one.id, "cause": into.get(one.id, one.id), "findings": one.findings, "patients": one.patients,
    } for one in lines))  # fmt: skip
    duck.load("finding.line", COLUMNS, (_together(cause) for cause in sorted(set(into.values()))))


def _together(cause: str) -> dict[str, object]:
    """The row of `finding.line` for a line of several."""
    _, severity, entity = (*cause.split("."), "*")[:3]
    kind = ENTITIES[entity].title if entity in ENTITIES else "All kinds of record"
    return {
        "detail": cause,
        "cluster": None,
        "trait": "",
        "value": "",
        "entity": entity,
        "field": None,
        "outcome": VARIOUS,
        "reason": VARIOUS,
        "title": f"{kind}: further causes of {severity} risk",
        "also": "[]",
        "pattern": "[]",
        "private": "[]",
    }
