"""Read entries without a code of a terminology with the one that the loaded maps give their code.

Pairing and comparison then see one concept in two terminologies as one: an entry with a Read code alone, say, is read
as if it had the SNOMED CT code the map names. Nothing is replaced: an entry that has a code of that terminology keeps
it, and one whose codes lead to different places is left as it is. Like every loss it is counted where it explains that
two values mean the same.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from godwit.records.canonical import ENTITIES, Entity, Kind
from godwit.records.compare.code_maps import CodeMap
from godwit.records.compare.scheme import Scheme
from godwit.records.duck import Duck
from godwit.records.formats.losses import ValueLoss
from godwit.records.steps import sql_text

SQL = Path(__file__).parent

_CONCEPT = {"code": "VARCHAR", "system": "VARCHAR", "concept": "VARCHAR"}


def code_fields(entity: Entity) -> list[str]:
    """The fields of an entity that hold lists of codes."""
    return [field.name for field in entity.fields if field.kind is Kind.CODES]


CODE_BY_MAP = ValueLoss.model_validate(
    {
        "id": "code_by_map",
        "title": "An entry without a code of the other terminology is read with the one that a loaded map gives",
        "source": "The maps named in the run; exact or assured rows only (guide, MP-02; standards notes 5.1)",
        "fields": [f"{entity.name}.{name}" for entity in ENTITIES.values() for name in code_fields(entity)],
        "as": "coalesce((SELECT m.filled FROM coded.list AS m WHERE m.codes = {value}), {value})",
        "examples": [{"value": '["read2|C10F."]', "becomes": '["read2|C10F.","snomed|44054006"]'}],
    }
)
"""What maps do to a list of codes, in the shape of a loss: the first one that is put on both sides."""


def with_map(scheme: Scheme, code_map: CodeMap) -> Scheme:
    """The terms of a comparison with the maps; the same without maps."""
    return replace(scheme, losses=(CODE_BY_MAP, *scheme.losses)) if code_map.targets else scheme


def load_code_map(duck: Duck, code_map: CodeMap) -> None:
    """Put the maps into the engine, once both sides are in `canonical.<entity>`.

    Makes `coded.concept` (code, system, concept) and `coded.list` (codes, filled): every list of codes that a map
    fills.
    """
    if not code_map.targets:
        return
    duck.run("rooms", "CREATE SCHEMA coded")
    duck.load(
        "coded.concept",
        _CONCEPT,
        (
            {"code": code, "system": target.partition("|")[0], "concept": target}
            for code, targets in code_map.targets.items()
            for target in sorted(targets)
        ),
    )
    lists = "\nUNION\n".join(
        f"SELECT {name} AS codes FROM canonical.{entity.name} WHERE {name} IS NOT NULL"
        for entity in ENTITIES.values()
        for name in code_fields(entity)
    )
    duck.run("coded.list", f"CREATE TABLE coded.list AS\n{sql_text(SQL, 'coded.sql', lists=lists)}")
