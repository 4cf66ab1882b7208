"""Ask the rulebook about every difference: once for the same two values of a field, however often they differ so.

Most differences of a practice are few, many times over: one unit or one dosage spelt another way. So each pair of
values is asked first, without its records; the answer is joined to every difference with these values. Only what is
then unexplained, and about what some rule would look at the records, is asked one by one with both of them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from godwit.records.compare.difference import Difference
from godwit.records.compare.differing import MOVED
from godwit.records.compare.findings import change_of
from godwit.records.compare.rules import Rulebook
from godwit.records.duck import Duck
from godwit.records.steps import sql_text

SQL = Path(__file__).parent

_ANSWER = {
    "entity": "VARCHAR",
    "field": "VARCHAR",
    "source_value": "VARCHAR",
    "target_value": "VARCHAR",
    "rule": "VARCHAR",
    "reason": "VARCHAR",
    "open": "BOOLEAN",
}
_VERDICT = {
    "entity": "VARCHAR",
    "source_row": "BIGINT",
    "target_row": "BIGINT",
    "field": "VARCHAR",
    "rule": "VARCHAR",
    "reason": "VARCHAR",
}
_PAIRS = "SELECT DISTINCT entity, field, source_value, target_value FROM finding.difference"
_OPEN = "SELECT DISTINCT entity FROM finding.answer WHERE open ORDER BY entity"


def judge(duck: Duck, rulebook: Rulebook) -> None:
    """Make `finding.verdict`: for every difference the rule that explains it, or why it is a finding."""
    duck.load("finding.answer", _ANSWER, _answers(duck, rulebook))
    duck.load("finding.verdict", _VERDICT, [])
    duck.run("finding.verdict", f"INSERT INTO finding.verdict\n{sql_text(SQL, 'answered.sql')}")
    entities = [entity for (entity,) in duck.run("finding.verdict", _OPEN)]
    verdicts = (_verdicts(duck, entity, rulebook) for entity in entities)
    duck.load("finding.verdict", _VERDICT, chain.from_iterable(verdicts))


def _answers(duck: Duck, rulebook: Rulebook) -> Iterator[dict[str, object]]:
    """What the rules say of every two values; `open` where a rule may say more once it sees the records."""
    for entity, field, source, target in duck.each("finding.answer", _PAIRS):
        by_rules = field != MOVED
        rule = rulebook.explain_values(entity, field, source, target) if by_rules else None
        yield {
            "entity": entity,
            "field": field,
            "source_value": source,
            "target_value": target,
            "rule": rule.id if rule else None,
            "reason": None if rule else change_of(Difference(entity, field, source, target, {}, {})),
            "open": by_rules and rule is None and rulebook.looks_around(entity, field),
        }


def _verdicts(duck: Duck, entity: str, rulebook: Rulebook) -> Iterator[dict[str, object]]:
    for row in duck.each("finding.verdict", sql_text(SQL, "open_verdict.sql", entity=entity)):
        difference = Difference(
            entity,
            row[0],
            row[1],
            row[2],
            {**json.loads(row[9]), "#ends": row[3], "#names": row[5], "#differs": row[11]},
            {**json.loads(row[10]), "#ends": row[4], "#names": row[6]},
        )
        rule = rulebook.explain(difference)
        yield {
            "entity": entity,
            "source_row": row[7],
            "target_row": row[8],
            "field": row[0],
            "rule": rule.id if rule else None,
            "reason": None if rule else change_of(difference),
        }
