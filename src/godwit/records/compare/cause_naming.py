"""Give every cluster, and every line that it is divided into, its id and its words."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from godwit.definitions.comparison.risks import Risks
from godwit.records.canonical import ENTITIES
from godwit.records.compare.cause_explaining import patients_with, terms_of
from godwit.records.compare.cause_groups import Cluster
from godwit.records.compare.cause_shares import Explained, Shared, openly
from godwit.records.compare.cause_words import pattern, private_pattern, shared_words, title_of
from godwit.records.duck import Duck

VARIOUS = "various"
"""Outcome of a line that holds several."""


@dataclass(frozen=True, slots=True)
class Named:
    """A line and its words. It takes the findings of a cluster with `value` in `trait`; both are empty for the rest."""

    id: str
    cluster: int
    trait: str
    value: str
    entity: str
    field: str | None
    outcome: str
    reason: str
    title: str
    also: tuple[str, ...]
    pattern: tuple[str, ...]
    private: tuple[str, ...]

    def as_row(self) -> dict[str, object]:
        """A row of `finding.line`."""
        return {
            "detail": self.id,
            "cluster": self.cluster,
            "trait": self.trait,
            "value": self.value,
            "entity": self.entity,
            "field": self.field,
            "outcome": self.outcome,
            "reason": self.reason,
            "title": self.title,
            "also": json.dumps(self.also, ensure_ascii=False),
            "pattern": json.dumps(self.pattern, ensure_ascii=False),
            "private": json.dumps(self.private, ensure_ascii=False),
        }


COLUMNS = {
    "detail": "VARCHAR", "cluster": "INTEGER", "trait": "VARCHAR", "value": "VARCHAR", "entity": "VARCHAR",
    "field": "VARCHAR", "outcome": "VARCHAR", "reason": "VARCHAR", "title": "VARCHAR", "also": "VARCHAR",
    "pattern": "VARCHAR", "private": "VARCHAR",
}  # fmt: skip
"""Columns of `finding.line`."""


def name_lines(
    duck: Duck, clusters: Sequence[Cluster], explained: Mapping[int, Explained], risks: Risks
) -> list[Named]:
    """Every line of every cluster: one for each value it is divided by, and one for the rest of it."""
    words = _Words(duck, clusters, explained, risks)
    return [line for number in range(len(clusters)) for line in words.lines(number)]


def parts_of_base(base: str) -> tuple[str, str | None, str, str]:
    """Entity, field, outcome and reason of a group, out of its id."""
    entity, what, reason = base.split(".", 2)
    if what in ("missing", "unexpected"):
        return entity, None, what, reason
    return entity, what, "different", reason


class _Words:
    """What the words of all lines are made from, asked of the tables once."""

    def __init__(
        self, duck: Duck, clusters: Sequence[Cluster], explained: Mapping[int, Explained], risks: Risks
    ) -> None:
        self.clusters, self.explained = clusters, explained
        every = [
            (parts_of_base(clusters[number].base)[0], one)
            for number, found in explained.items()
            for one in (*found.lines, *found.whole)
        ]
        self.patients = patients_with(duck, every)
        self.terms = self._terms(duck, every)
        self.risks = {
            int(number): risks.by_id[risk].title
            for number, risk in duck.run(
                "risks",
                "SELECT cluster, min(risk) FROM finding.clustered GROUP BY 1 HAVING min(risk) = max(risk)",
            )
            if risk in risks.by_id
        }
        self.followers: dict[str, list[str]] = {}
        for leader, base in duck.run("led", "SELECT leader, base FROM finding.led ORDER BY ALL"):
            self.followers.setdefault(leader, []).append(parts_of_base(base)[1] or "")

    def lines(self, number: int) -> list[Named]:
        """The lines of one cluster."""
        found = self.explained.get(number, Explained())
        divided = [
            self._line(number, one, f"{one.trait}-{self._slug(one, place)}")
            for place, one in enumerate(found.lines, start=1)
        ]
        return [*divided, self._line(number, None, "", found.whole)]

    def _line(self, number: int, own: Shared | None, suffix: str, whole: tuple[Shared, ...] = ()) -> Named:
        cluster = self.clusters[number]
        entity, field, outcome, reason = parts_of_base(cluster.base)
        shared = (own,) if own else whole
        return Named(
            id=".".join(part for part in (cluster.id, suffix) if part),
            cluster=number,
            trait=own.trait if own else "",
            value=own.value if own else "",
            entity=entity,
            field=field,
            outcome=outcome,
            reason=reason,
            title=self._title(number, own),
            also=tuple(ENTITIES[entity].title_of(name) for name in self.followers.get(cluster.base, [])),
            pattern=tuple(shared_words(self._told(one), one.trait) for one in shared),
            private=tuple(
                words for one in shared if (words := private_pattern(one, openly(one, self.patients)))
            ),
        )

    def _title(self, number: int, own: Shared | None) -> str:
        cluster = self.clusters[number]
        entity, field, outcome, reason = parts_of_base(cluster.base)
        title = title_of(entity, field, outcome, reason, cluster.change)
        risk = self.risks.get(number)
        if risk and field != "patient" and risk.lower() not in title.lower():
            title = f"{title} ({risk})"
        return f"{title}, {self._told(own)}" if own else title

    def _told(self, one: Shared) -> str:
        return pattern(one, openly(one, self.patients), self.terms.get(one.value))

    def _slug(self, one: Shared, place: int) -> str:
        """Part of an id: what may be said of the value in the open, else its place among the others."""
        if not openly(one, self.patients) or one.trait not in ("code", "unit"):
            return str(place)
        words = self._told(one).partition(",")[0].removeprefix(f"of {one.trait} ")
        return re.sub(r"[^a-z0-9]+", "-", words.lower()).strip("-") or str(place)

    def _terms(self, duck: Duck, every: Sequence[tuple[str, Shared]]) -> dict[str, str]:
        codes: dict[str, list[str]] = {}
        for entity, one in every:
            if one.trait == "code" and openly(one, self.patients) and entity in ENTITIES:
                codes.setdefault(entity, []).append(one.value)
        return {
            code: term
            for entity, found in codes.items()
            for code, term in terms_of(duck, entity, found).items()
        }
