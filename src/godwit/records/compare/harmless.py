"""Unpaired records that a system made for its own house-keeping: found by rule, and counted by the rule."""

from __future__ import annotations

from collections.abc import Iterator

from godwit.definitions.comparison.house_keeping import HouseKeeping
from godwit.records.canonical import ENTITIES, EXTRAS
from godwit.records.duck import Duck

_TABLE = "CREATE TABLE finding.harmless (side VARCHAR, entity VARCHAR, row BIGINT, rule VARCHAR)"


def find_harmless(duck: Duck, rules: tuple[HouseKeeping, ...], formats: tuple[str, str]) -> None:
    """Make `finding.harmless` (side, entity, row, rule) from `finding.lone`: each record with the first rule that
    reaches it. `formats`: of the source and of the target. Raises `LookupError` for a rule about an unknown field."""
    duck.run("finding.harmless", _TABLE)
    for rule in rules:
        if rule.reaches(*formats):
            duck.run(
                f"finding.harmless: {rule.id}",
                f"""INSERT INTO finding.harmless
                SELECT c.side, '{rule.entity}', c.row, '{rule.id}' FROM canonical.{rule.entity} AS c
                JOIN finding.lone AS n ON n.entity = '{rule.entity}' AND n.side = c.side AND n.row = c.row
                ANTI JOIN finding.harmless AS h ON h.entity = '{rule.entity}' AND h.side = c.side AND h.row = c.row
                WHERE c.side = '{rule.side}' AND {condition(rule)}""",
            )


def condition(rule: HouseKeeping, row: str = "c") -> str:
    """SQL that is true of a row with nothing in it but the rule's codes, their term, and what the rule lets stand."""
    codes = ", ".join(f"'{code}'" for code in rule.codes)
    found = f"gp_codes({row}.{rule.field})"
    return " AND ".join(
        [f"len({found}) > 0", f"list_has_all([{codes}], {found})", *_words(rule, row), *_empty(rule, row)]
    )


def _words(rule: HouseKeeping, row: str) -> Iterator[str]:
    """The words beside the code are its term, if there are any."""
    term, text = f"{row}.{rule.field}_term", f"{row}.{rule.field}_text"
    yield f"({text} IS NULL OR coalesce(list_contains(from_json({term}, '[\"VARCHAR\"]'), {text}), false))"


def _empty(rule: HouseKeeping, row: str) -> Iterator[str]:
    fields = ENTITIES[rule.entity].field_names
    concept = (rule.field, f"{rule.field}_term", f"{rule.field}_text")
    unknown = {*concept, *rule.may_have} - {*fields, EXTRAS}
    if unknown:
        raise LookupError(f"rule {rule.id}: {rule.entity} has no {sorted(unknown)}")
    for name in (*fields, EXTRAS):
        if name not in concept and name not in rule.may_have:
            yield f"{row}.{name} IS NULL"
