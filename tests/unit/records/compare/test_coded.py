"""What a loaded map does to lists of codes, in the engine and through a whole comparison."""

from pathlib import Path

import pytest

from godwit.definitions.comparison import read_equivalences
from godwit.records.canonical import ENTITIES
from godwit.records.compare.code_maps import NO_MAP, CodeMap
from godwit.records.compare.coded import CODE_BY_MAP, code_fields, load_code_map, with_map
from godwit.records.compare.rules import Rulebook
from godwit.records.compare.scheme import Scheme
from godwit.records.duck import Duck
from tests.support.staged import EVERYTHING, put, tables

MAP = CodeMap(
    {
        "read2|C10F.": frozenset({"snomed|44054006", "ctv3|X40J5"}),
        "read2|C10E.": frozenset({"snomed|46635009"}),
        "ctv3|X40J5": frozenset({"snomed|44054006"}),
        "read2|H33..": frozenset({"snomed|195967001"}),
    },
    frozenset({"read2", "ctv3"}),
)
SCHEME = Scheme((EVERYTHING, EVERYTHING), same_format=False, by_meaning=True)


def filled(duck: Duck) -> dict[str, str]:
    return dict(duck.run("test", "SELECT codes, filled FROM coded.list"))


@pytest.mark.parametrize(
    ("codes", "becomes"),
    [
        ('["read2|C10E."]', '["read2|C10E.","snomed|46635009"]'),
        ('["ctv3|X40J5","emis|12"]', '["ctv3|X40J5","emis|12","snomed|44054006"]'),
        ('["read2|C10F."]', '["ctv3|X40J5","read2|C10F.","snomed|44054006"]'),
        ('["ctv3|X40J5","read2|C10F."]', '["ctv3|X40J5","read2|C10F.","snomed|44054006"]'),
        ('["read2|C10E.","snomed|1"]', None),
        ('["read2|C10E.","read2|H33.."]', None),
        ('["read2|c10E."]', None),
        ('["snomed|44054006"]', None),
        (None, None),
    ],
)
def test_a_list_gets_the_code_it_lacks_and_nothing_is_replaced(
    tmp_path: Path, codes: str | None, becomes: str | None
) -> None:
    with tables(tmp_path) as duck:
        put(duck, "source", "observation", {"code": codes})
        load_code_map(duck, MAP)
        assert filled(duck) == ({codes: becomes} if becomes else {})


def test_every_field_of_codes_is_reached() -> None:
    assert "observation.code" in CODE_BY_MAP.fields
    assert "medication_issue.drug" in CODE_BY_MAP.fields
    assert len(CODE_BY_MAP.fields) == sum(len(code_fields(entity)) for entity in ENTITIES.values())


def test_without_a_map_nothing_changes(tmp_path: Path) -> None:
    assert with_map(SCHEME, NO_MAP) is SCHEME
    with tables(tmp_path) as duck:
        load_code_map(duck, NO_MAP)
        assert duck.run("test", "FROM duckdb_tables() WHERE schema_name = 'coded'") == []


def test_with_a_map_the_terms_begin_with_it(tmp_path: Path) -> None:
    with tables(tmp_path) as duck:
        put(duck, "source", "recall", {"code": '["read2|C10E."]'})
        put(duck, "target", "recall", {"code": '["snomed|46635009"]'})
        load_code_map(duck, MAP)
        scheme = with_map(SCHEME, MAP)
        assert scheme.losses == (CODE_BY_MAP,)
        sql = scheme.meanings(ENTITIES["recall"])
        meant = scheme.meant(ENTITIES["recall"], "code", "m")
        assert duck.run("test", f"SELECT {meant} FROM ({sql}) AS m ORDER BY m.row, m.side") == [
            ('["read2|C10E.","snomed|46635009"]',),
            ('["snomed|46635009"]',),
        ]


def test_the_rulebook_hands_its_map_to_the_rule() -> None:
    asked = ("observation", "code", '["read2|C10E."]', '["snomed|46635009"]')
    explained = Rulebook(read_equivalences(), "emis", "tpp", MAP).explain_values(*asked)
    assert explained is not None
    assert explained.id == "same_concept_by_map"
    assert Rulebook(read_equivalences(), "emis", "tpp").explain_values(*asked) is None
