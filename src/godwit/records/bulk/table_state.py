"""The state of one table: the last word on every key that a delta touches, and why each other row is not current."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from godwit.records.bulk.ground import Ground, numbers
from godwit.records.bulk.lineage import Line
from godwit.records.steps import sql_text

SQL = Path(__file__).parent


@dataclass(slots=True)
class TableState:
    """Settles table after table of one side. `filtered` are the tables whose view leaves rows out, `ended` those
    whose removed keys are kept because another table extends them."""

    ground: Ground
    filtered: set[str] = field(default_factory=set)
    ended: set[str] = field(default_factory=set)

    def has_news(self, name: str, lines: Sequence[Line]) -> bool:
        """Whether anything of a table is not simply current: most bulk extracts stay as they were staged."""
        table = self.ground.layout.tables[name]
        if any(not (line.base and line.used) for line in lines):
            return True
        deletes = self.ground.deletes(table)
        return bool(lines and table.deleted) and self.ground.count("deletions", name, deletes) > 0

    def settle(self, name: str, lines: Sequence[Line], entity: str) -> None:
        """Find the fate of every row of a table and let its view show the current ones."""
        self._filter(name, lines)
        table = self.ground.layout.tables[name]
        parts = {**self._parts(name), "entity": entity, "keyless": str(not table.key).lower()}
        if table.key:
            self._weigh(name, parts)
        self.ground.run("deletions of nothing", sql_text(SQL, "state_homeless.sql", **parts))
        if any(not line.used for line in lines):
            self.ground.run("replaced files", sql_text(SQL, "state_unused.sql", **parts))

    def withhold(self, name: str, lines: Sequence[Line]) -> None:
        """Hold back what belongs to a removed patient or extends a removed record: the supplier's deletions do not
        reach it."""
        table, parent = self.ground.layout.tables[name], self.ground.rules.follows.get(name)
        if table.patient and name != self.ground.rules.patients and self._patients_removed():
            self._filter(name, lines)
            self.ground.run("withhold", sql_text(SQL, "state_withheld.sql", **self._with_patients(name)))
        if parent in self.ended:
            self._filter(name, lines)
            keys = self.ground.layout.tables[parent].key
            on_keys = " AND ".join(f't.k{at} = s."{key}"' for at, key in enumerate(keys, 1))
            ended = f"SELECT 1 FROM {self.ground.own(f'ended_{parent}')} AS t WHERE {on_keys}"
            self.ground.run(
                "withhold extensions",
                f"""INSERT INTO {self.ground.own("gone")} SELECT '{name}', s.file, s.record, 'withheld_with_record'
                    FROM {self.ground.raw(name)} AS s WHERE EXISTS ({ended})""",
            )

    def _parts(self, name: str) -> dict[str, str]:
        """What the SQL of one table is made of."""
        table = self.ground.layout.tables[name]
        keys = [f"k{at}" for at in range(1, len(table.key) + 1)] or ["k1"]
        return {
            "side": self.ground.side,
            "kind": name,
            "row": self.ground.row(name),
            "keys": ", ".join(keys),
            "on_keys": " AND ".join(f"t.{key} = s.{key}" for key in keys),
            "keyed": " AND ".join(f"{key} IS NOT NULL" for key in keys),
            "on_patient": _on_patient("i.patient", "i.practice"),
            **{one: self.ground.own(one) for one in ("gone", "removed", "off")},
        }

    def _weigh(self, name: str, parts: dict[str, str]) -> None:
        """The fate of every row of a key that a delta or a deletion touches."""
        run, own = self.ground.run, self.ground.own
        for step, text in (("touched", "state_touched.sql"), ("involved", "state_involved.sql")):
            run(step, f"CREATE OR REPLACE TABLE state.{step} AS {sql_text(SQL, text, **parts)}")
        if name == self.ground.rules.patients:
            window = str(self.ground.rules.window_days)
            run(
                "removed", f"INSERT INTO {own('removed')} {sql_text(SQL, 'state_removed.sql', window=window)}"
            )
        run("fates", sql_text(SQL, "state_fate.sql", **parts))
        if name in self.ground.rules.follows.values():
            ended = f"SELECT {parts['keys']} FROM state.involved WHERE ended AND place = 1"
            run("ended", f"CREATE TABLE {own(f'ended_{name}')} AS {ended}")
            self.ended.add(name)

    def _filter(self, name: str, lines: Sequence[Line]) -> None:
        """Put a view without the rows that are gone in place of the staged one."""
        if name in self.filtered:
            return
        self.filtered.add(name)
        unused = numbers(line.file for line in lines if not line.used)
        gone = f"SELECT 1 FROM {self.ground.own('gone')} AS g WHERE g.kind = '{name}'"
        self.ground.run("filter", f'ALTER VIEW {self.ground.raw(name)} RENAME TO "{name} as staged"')
        self.ground.run(
            "filter",
            f"""CREATE VIEW {self.ground.raw(name)} AS SELECT s.* FROM {self.ground.staged(name)} AS s
                WHERE s.file NOT IN ({unused})
                  AND NOT EXISTS ({gone} AND g.file = s.file AND g.record = s.record)""",
        )

    def _patients_removed(self) -> bool:
        return bool(
            self.ground.run("removed patients", f"SELECT 1 FROM {self.ground.own('removed')} LIMIT 1")
        )

    def _with_patients(self, name: str) -> dict[str, str]:
        table = self.ground.layout.tables[name]
        practice = f's."{table.practice}"::VARCHAR' if table.practice else "NULL"
        return {
            "kind": name,
            "raw": self.ground.raw(name),
            "on_patient": _on_patient(f's."{table.patient}"', practice),
            **{one: self.ground.own(one) for one in ("gone", "removed")},
        }


def _on_patient(patient: str, practice: str) -> str:
    """SQL: the removed patient r is this patient; a row that names no practice is of any."""
    return f"r.patient = {patient} AND (r.practice = {practice} OR r.practice IS NULL OR {practice} IS NULL)"
