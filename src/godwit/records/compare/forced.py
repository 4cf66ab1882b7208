"""What formats force: values that differ only in what one of them cannot hold, and records that have no place.

Everything here is counted by the loss that explains it (`finding.forced`, `finding.unheld`), so that a run can say how
often each was needed, and from which source it is known.
"""

from __future__ import annotations

from pathlib import Path

from godwit.records.canonical import ENTITIES
from godwit.records.compare.form import Form
from godwit.records.compare.scheme import Scheme
from godwit.records.duck import Duck
from godwit.records.steps import sql_text

SQL = Path(__file__).parent

_FORCED = {"entity": "VARCHAR", "field": "VARCHAR", "loss": "VARCHAR", "pairs": "BIGINT"}
_FORM = {"entity": "VARCHAR", "source_row": "BIGINT", "form": "UBIGINT"}
_PAIRS = """SELECT entity, count(*) FILTER (WHERE form IS NULL) FROM paired.record GROUP BY entity ORDER BY entity"""


def find_forced(duck: Duck, scheme: Scheme) -> None:
    """Make `finding.forced` (how many pairs each loss explains, by field) and `finding.form` (entity, source_row, form:
    how those pairs are written of which the ladder does not tell it)."""
    duck.load("finding.forced", _FORCED, [])
    duck.load("finding.form", _FORM, [])
    for name, untold in duck.run("finding.forced", _PAIRS):
        form = Form(scheme, ENTITIES[name], same=False)
        if form.flags:
            if untold:
                _look(duck, form)
            _count(duck, form)


def _look(duck: Duck, form: Form) -> None:
    """Find out how those pairs are written whose rung does not tell it."""
    sql = sql_text(
        SQL,
        "form.sql",
        entity=form.entity.name,
        meant=form.scheme.meanings(form.entity, "told") or "SELECT * FROM told",
        numbers=form.numbers,
        form=form.mask,
    )
    duck.run("finding.form", f"INSERT INTO finding.form {sql}")


def _count(duck: Duck, form: Form) -> None:
    counts = ", ".join(
        f"{{'field': '{one.column}', 'loss': '{one.loss}',"
        f" 'pairs': coalesce(sum(pairs) FILTER (WHERE form & {one.bit}::UBIGINT > 0), 0)}}"
        for one in form.flags
    )
    sql = sql_text(SQL, "forced.sql", entity=form.entity.name, counts=counts)
    duck.run("finding.forced", f"INSERT INTO finding.forced {sql}")


def find_unheld(duck: Duck, scheme: Scheme) -> None:
    """Make `finding.unheld` (side, entity, row, loss): records for which the other format has no place."""
    duck.run(
        "finding.unheld",
        "CREATE TABLE finding.unheld (side VARCHAR, entity VARCHAR, row BIGINT, loss VARCHAR)",
    )
    for side, loss in scheme.unheld:
        duck.run(
            f"finding.unheld: {loss.id}",
            f"""INSERT INTO finding.unheld
            SELECT c.side, '{loss.entity}', c.row, '{loss.id}' FROM canonical.{loss.entity} AS c
            WHERE c.side = '{side}' AND ({loss.when.replace("{row}", "c")})
              AND NOT EXISTS (SELECT 1 FROM finding.unheld AS u
                              WHERE u.side = c.side AND u.entity = '{loss.entity}' AND u.row = c.row)""",
        )
