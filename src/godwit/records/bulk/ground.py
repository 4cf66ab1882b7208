"""What the state of one side is worked out on: its staged tables, its rules, and the SQL that both need."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from godwit.records.bulk.layout import Layout, Table
from godwit.records.bulk.state_rules import StateRules
from godwit.records.duck import Duck
from godwit.records.steps import sql_text

SQL = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Ground:
    """One side. Its staged tables are views `raw_<side>.<Table>`; tables of the state end with the side's name."""

    duck: Duck
    side: str
    layout: Layout
    rules: StateRules

    def run(self, step: str, sql: str) -> list[tuple[Any, ...]]:
        """Run one step and return its rows."""
        return self.duck.run(f"state of the {self.side}: {step}", sql)

    def raw(self, table: str) -> str:
        """The view of a table; its current rows once it is settled."""
        return f'raw_{self.side}."{table}"'

    def staged(self, table: str) -> str:
        """All staged rows of a table that is settled."""
        return f'raw_{self.side}."{table} as staged"'

    def own(self, name: str) -> str:
        """A table of this side's state."""
        return f"state.{name}_{self.side}"

    def deletes(self, table: Table) -> str:
        """SQL over the columns of a table: whether a row is a deletion."""
        if not table.deleted:
            return "false"
        column = self.rules.deletes.format(column=f'"{table.deleted}"')
        return f"coalesce({column}, false)"

    def row(self, name: str) -> str:
        """SELECT of all staged rows of a table: key columns k1, k2... and what decides their fate."""
        table = self.layout.tables[name]
        gone = [f's."{one}"' for one in self.rules.gone_since if name == self.rules.patients]
        order = self.rules.order
        return sql_text(
            SQL,
            "state_row.sql",
            raw=self.staged(name),
            part=self.own("part"),
            practice=f's."{table.practice}"::VARCHAR' if table.practice else "NULL::VARCHAR",
            keys=", ".join(f's."{key}" AS k{at}' for at, key in enumerate(table.key, 1)) or "NULL AS k1",
            patient=f's."{table.patient}"' if table.patient else "NULL::VARCHAR",
            turn=f's."{order}"' if order in table.columns else "NULL::BIGINT",
            deletes=self.deletes(table),
            gone=f"least({', '.join(gone)})" if gone else "NULL::VARCHAR",
        )

    def count(self, step: str, table: str, where: str) -> int:
        """How many rows of a table meet a condition."""
        return int(self.run(step, f"SELECT count(*) FROM {self.raw(table)} WHERE {where}")[0][0])


def numbers(files: Iterable[int]) -> str:
    """Numbers as SQL lists them, never empty."""
    return ", ".join(map(str, files)) or "-1"
