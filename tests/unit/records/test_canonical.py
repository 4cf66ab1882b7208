"""The canonical model holds together: names, keys, concepts, and a mark of confidentiality on everything."""

import re

import pytest

from godwit.records.canonical import DURING, ENTITIES, EXTRAS, Entity, Kind
from godwit.records.compare.stage import columns_of

MODELS = [entity for entity in ENTITIES.values() if entity.fields]


@pytest.mark.parametrize("entity", ENTITIES.values(), ids=ENTITIES)
def test_no_name_is_given_twice_or_taken_by_something_else(entity: Entity) -> None:
    names = [*entity.field_names, *entity.role_names]
    assert len(set(names)) == len(names)
    assert not {*columns_of("unclassified")} & set(entity.field_names), (
        "a column that tells where a row is from"
    )
    assert all(re.fullmatch(r"[a-z][a-z_]*", name) for name in names)


@pytest.mark.parametrize("entity", MODELS, ids=[entity.name for entity in MODELS])
def test_everything_has_a_mark_of_confidentiality(entity: Entity) -> None:
    assert "confidentiality" in entity.field_names


@pytest.mark.parametrize("entity", MODELS, ids=[entity.name for entity in MODELS])
def test_a_concept_is_three_fields(entity: Entity) -> None:
    kinds = {field.name: field.kind for field in entity.fields}
    for name in (name for name, kind in kinds.items() if kind is Kind.CODES):
        assert (kinds[f"{name}_term"], kinds[f"{name}_text"]) == (Kind.TERMS, Kind.TEXT)


@pytest.mark.parametrize("entity", MODELS, ids=[entity.name for entity in MODELS])
def test_every_kind_of_record_can_be_recognised(entity: Entity) -> None:
    assert entity.keys
    assert any(field.weight >= 3 for field in entity.fields)
    assert all(set(key) <= {*entity.field_names, DURING} for key in entity.keys)


@pytest.mark.parametrize("entity", ENTITIES.values(), ids=ENTITIES)
def test_every_field_and_role_has_words_and_a_column(entity: Entity) -> None:
    for name in (*entity.field_names, *entity.role_names):
        assert entity.title_of(name).strip()
    assert set(entity.field_names) <= set(columns_of(entity.name))
    assert entity.title_of(EXTRAS) == "other information"
