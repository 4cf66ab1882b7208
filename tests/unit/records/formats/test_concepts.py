"""The converters of whole subtrees: coded ideas of both formats, identifiers and structures."""

import json
from typing import Any

import pytest

from godwit.definitions.comparison import read_code_systems
from godwit.records.errors import ValueUnreadable
from godwit.records.formats import converters
from godwit.records.formats.converters import Converted, Converter, Picked, Setting
from godwit.records.formats.tree import leaves, spell
from godwit.values import PartialDate

SETTING = Setting(PartialDate.parse_iso, read_code_systems())
SNOMED = "http://snomed.info/sct"
SNOMED_OID = "2.16.840.1.113883.2.1.3.2.4.15"
READ_OID = "2.16.840.1.113883.2.1.6.2"


def run(converter: Converter, *nodes: Any) -> Converted:
    return converter(Picked("code", [(("at", n), node) for n, node in enumerate(nodes)], {}, SETTING))


def left_of(made: Converted, *nodes: Any) -> set[str]:
    """What the converter did not use, by path."""
    used = set(made.used)
    every = [address for n, node in enumerate(nodes) for address, _ in leaves(node, ("at", n))]
    return {spell(a) for a in every if not any(a[:length] in used for length in range(1, len(a) + 1))}


DESCRIPTION = {
    "url": "https://example.org/Extension-coding-sctdescid",
    "extension": [
        {"url": "descriptionId", "valueId": "1"},
        {"url": "descriptionDisplay", "valueString": "Heart attack"},
    ],
}


def test_a_fhir_concept_is_codes_terms_and_words() -> None:
    concept = {
        "coding": [
            {"system": SNOMED, "code": "22298006", "display": "Myocardial infarction", "extension": [DESCRIPTION]},
            {"system": "http://read.info/readv2", "code": "G30..", "display": "Heart attack", "userSelected": True},
        ],
        "text": "MI 2010",
    }  # fmt: skip
    made = run(converters.concept_fhir, concept)
    assert made.values == {
        "code": '["read2|G30..","snomed|22298006"]',
        "code_term": '["Heart attack","Myocardial infarction"]',
        "code_text": "MI 2010",
    }
    assert left_of(made, concept) == {
        "at.coding.userSelected",
        "at.coding.extension.url",
        "at.coding.extension.extension.url",
        "at.coding.extension.extension.valueId",
    }


@pytest.mark.parametrize(
    ("concept", "values"),
    [
        ({}, {}),
        ({"text": "only words"}, {"code_text": "only words"}),
        ({"text": ""}, {}),
        ({"coding": []}, {}),
        ({"coding": [{"display": "a term and no code"}]}, {"code_term": '["a term and no code"]'}),
        ({"coding": [{"system": "urn:x", "code": "1"}]}, {"code": '["urn:x|1"]'}),
        ({"coding": [{"code": "1"}]}, {"code": '["|1"]'}),
        ({"coding": [{"system": SNOMED, "code": "1"}] * 2}, {"code": '["snomed|1"]'}),
    ],
)
def test_small_fhir_concepts(concept: dict[str, Any], values: dict[str, str]) -> None:
    assert run(converters.concept_fhir, concept).values == values


def test_a_system_without_a_code_is_left_for_the_extras() -> None:
    concept = {"coding": [{"system": SNOMED}]}
    assert left_of(run(converters.concept_fhir, concept), concept) == {"at.coding.system"}


@pytest.mark.parametrize(
    "concept",
    [
        {"coding": ["22298006"]},
        {"coding": [{"system": SNOMED, "code": {"a": "b"}}]},
        {"coding": [{"system": [SNOMED], "code": "1"}]},
        {"coding": [{"system": SNOMED, "code": "1", "display": {"a": "b"}}]},
        {"text": {"a": "b"}},
    ],
)
def test_a_fhir_concept_of_the_wrong_shape_quarantines_the_record(concept: dict[str, Any]) -> None:
    with pytest.raises(ValueUnreadable, match=r"value\.shape"):
        run(converters.concept_fhir, concept)


def test_several_fhir_concepts_are_taken_together() -> None:
    made = run(
        converters.concept_fhir,
        {"coding": [{"system": SNOMED, "code": "2"}], "text": "b"},
        {"coding": [{"system": SNOMED, "code": "1"}], "text": "a"},
    )
    assert made.values == {"code": '["snomed|1","snomed|2"]', "code_text": "b\na"}


def test_an_hl7_value_is_codes_terms_and_words() -> None:
    value = {
        "@code": "22298006",
        "@codeSystem": SNOMED_OID,
        "@displayName": "Myocardial infarction",
        "@codeSystemName": "SNOMED CT",
        "originalText": [{"#text": "MI 2010"}],
        "translation": [{"@code": "G30..", "@codeSystem": READ_OID, "@displayName": "Heart attack"}],
        "qualifier": [{"name": [{"@code": "1"}]}],
    }
    made = run(converters.concept_hl7, value)
    assert made.values == {
        "code": '["read2|G30..","snomed|22298006"]',
        "code_term": '["Heart attack","Myocardial infarction"]',
        "code_text": "MI 2010",
    }
    assert left_of(made, value) == {"at.@codeSystemName", "at.qualifier.name.@code"}


@pytest.mark.parametrize(
    ("value", "values"),
    [
        ({"@nullFlavor": "UNK"}, {}),
        ({"@nullFlavor": "UNK", "originalText": [{"#text": "fell"}]}, {"code_text": "fell"}),
        ({"@displayName": "a term and no code"}, {"code_term": '["a term and no code"]'}),
        ({"@code": "1"}, {"code": '["|1"]'}),
        ({"@code": "1", "@codeSystem": "9.9"}, {"code": '["9.9|1"]'}),
        (
            {"@nullFlavor": "UNK", "translation": [{"@code": "1", "@codeSystem": READ_OID}]},
            {"code": '["read2|1"]'},
        ),
    ],
)
def test_small_hl7_values(value: dict[str, Any], values: dict[str, str]) -> None:
    assert run(converters.concept_hl7, value).values == values


def test_one_idea_is_the_same_canonical_text_from_both_formats() -> None:
    fhir = run(
        converters.concept_fhir, {"coding": [{"system": SNOMED, "code": "1", "display": "One"}], "text": "t"}
    )
    hl7 = run(
        converters.concept_hl7,
        {"@code": "1", "@codeSystem": SNOMED_OID, "@displayName": "One", "originalText": [{"#text": "t"}]},
    )  # fmt: skip
    assert fhir.values == hl7.values


def test_identifiers_of_both_formats_are_one_sorted_list() -> None:
    made = run(
        converters.identifiers,
        {"system": "https://fhir.nhs.uk/Id/sds-user-id", "value": "7"},
        {"@root": "2.16.840.1.113883.2.1.4.2", "@extension": "G9"},
        {"@root": "1.2.3"},
    )
    assert made.values == {"code": '["gmp|G9","sds_user|7"]'}
    assert ("at", 2, "@root") not in made.used, "no extension, no identifier"


def test_an_identifier_without_a_system_is_kept_without_one() -> None:
    assert run(converters.identifiers, {"value": "7"}).values == {"code": '["|7"]'}


def test_a_structure_is_the_same_text_whatever_the_order_of_its_keys() -> None:
    one = run(converters.structure, {"b": "2", "a": ["1", True, None], "_context": "x"})
    two = run(converters.structure, {"a": ["1", True, None], "b": "2"})
    assert one.values == two.values == {"code": '[{"a":["1","true",null],"b":"2"}]'}


def test_the_order_of_structures_is_kept() -> None:
    made = run(converters.structure, {"a": "2"}, {"a": "1"})
    assert json.loads(made.values["code"]) == [{"a": "2"}, {"a": "1"}]


@pytest.mark.parametrize(
    "converter",
    [converters.concept_fhir, converters.concept_hl7, converters.identifiers, converters.structure],
)
def test_nothing_picked_makes_nothing(converter: Converter) -> None:
    assert run(converter) == Converted()
