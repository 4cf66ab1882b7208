"""What becomes of every resource of a bundle: which are folded, set aside, rejected, and where links lead."""

from typing import Any

import pytest

from godwit.records.errors import InputRefused
from godwit.records.formats import FORMATS
from godwit.records.formats.reading import Reading
from godwit.records.model import Place
from tests.support.bundles import (
    concept,
    links_of,
    listed,
    only,
    read_bundle,
    read_entries,
    ref,
    resource,
    set_aside,
)

PATIENT = resource(
    "Patient", 1, identifier=[{"system": "https://fhir.nhs.uk/Id/nhs-number", "value": "9990000018"}]
)
DRUG = resource("Medication", "d", code=concept("1", text="Made-up 5 mg"))
URL = "https://fhir.example.org/Extension-CareConnect-GPC-"


def plan(number: int | str, **fields: Any) -> dict[str, Any]:
    return resource("MedicationRequest", number, intent="plan", **fields)


def statement(number: int | str, **fields: Any) -> dict[str, Any]:
    return resource("MedicationStatement", number, **fields)


# The drug and the statement of an authorisation -------------------------------------------------------------------


def authorisation(**statement_fields: Any) -> Reading:
    return read_bundle(
        DRUG,
        plan("p", medicationReference=ref("Medication/d")),
        statement("s", basedOn=[ref("MedicationRequest/p")], **statement_fields),
    )


def test_an_authorisation_is_one_record_of_three_resources() -> None:
    reading = authorisation(medicationReference=ref("Medication/d"), dateAsserted="2020-06-01")
    row = only(reading, "MedicationRequest/p")
    assert row.entity == "medication_authorisation"
    assert (row.fields["drug"], row.fields["drug_text"]) == ('["snomed|1"]', "Made-up 5 mg")
    assert row.fields["recorded"] == "2020-06-01"
    assert set_aside(reading) == [
        ("Medication", "medication_authorisation", "folded"),
        ("MedicationStatement", "medication_authorisation", "folded"),
    ]


def test_what_a_folded_record_holds_besides_is_in_the_extras_of_its_holder() -> None:
    row = only(authorisation(reasonNotTaken="held back"), "MedicationRequest/p")
    assert row.extras["+statement.reasonNotTaken"] == ("held back",)


def test_a_statement_with_another_drug_keeps_saying_so() -> None:
    reading = read_bundle(
        DRUG,
        resource("Medication", "e", code=concept("2")),
        plan("p", medicationReference=ref("Medication/d")),
        statement("s", basedOn=[ref("MedicationRequest/p")], medicationReference=ref("Medication/e")),
    )
    row = only(reading, "MedicationRequest/p")
    assert row.fields["drug"] == '["snomed|1"]'
    assert row.extras["+statement.+medication.code.coding.code"] == ("2",)


def test_the_confidentiality_mark_of_a_folded_statement_is_the_records_own() -> None:
    row = only(authorisation(meta={"security": [{"code": "NOPAT"}], "versionId": "7"}), "MedicationRequest/p")
    assert row.fields["confidentiality"] == "NOPAT"
    assert not any("versionId" in path for path in row.extras)


@pytest.mark.parametrize(
    ("name", "based_on"),
    [
        ("on nothing", []),
        ("on a request that is not there", [ref("MedicationRequest/gone")]),
        ("on another kind of record", [ref("Medication/d")]),
        ("on two requests", [ref("MedicationRequest/p"), ref("MedicationRequest/q")]),
    ],
)
def test_a_statement_that_cannot_be_folded_is_a_record(name: str, based_on: list[Any]) -> None:
    reading = read_bundle(DRUG, plan("p"), plan("q"), statement("s", basedOn=based_on, status="active"))
    row = only(reading, "MedicationStatement/s")
    assert (row.entity, row.fields["status"]) == ("medication_authorisation", "active"), name
    assert row.extras.get("basedOn.reference", ()) == tuple(one["reference"] for one in based_on)


def test_a_second_statement_of_one_plan_is_a_record() -> None:
    based_on = [ref("MedicationRequest/p")]
    reading = read_bundle(plan("p"), statement("s", basedOn=based_on), statement("t", basedOn=based_on))
    assert [row.key for row in reading.rows] == ["MedicationRequest/p", "MedicationStatement/t"]


def test_an_issue_and_its_authorisation_share_a_drug() -> None:
    drug = ref("Medication/d")
    under = {"intent": "order", "medicationReference": drug, "basedOn": [ref("MedicationRequest/p")]}
    order = resource("MedicationRequest", "o", **under)
    reading = read_bundle(DRUG, plan("p", medicationReference=drug), order)
    issue = only(reading, "MedicationRequest/o")
    assert (issue.entity, issue.fields["drug"]) == ("medication_issue", '["snomed|1"]')
    assert links_of(issue) == [("authorisation", "MedicationRequest/p")]


def test_a_drug_nobody_uses_is_set_aside_for_that() -> None:
    assert set_aside(read_bundle(DRUG)) == [("Medication", "medication_authorisation", "not_referenced")]


def test_a_drug_that_is_not_there_stays_in_the_extras() -> None:
    row = only(read_bundle(plan("p", medicationReference=ref("Medication/gone"))), "MedicationRequest/p")
    assert row.extras["medicationReference.reference"] == ("Medication/gone",)


# Consultations and their lists ------------------------------------------------------------------------------------


def test_a_consultation_is_an_encounter_and_its_list() -> None:
    reading = read_bundle(
        resource("Encounter", "e", period={"start": "2020-06-01"}),
        listed(
            "c", "consultation", "List/t", encounter=ref("Encounter/e"), date="2020-06-02", title="Surgery"
        ),
        listed("t", "topic", "List/h", encounter=ref("Encounter/e"), title="Cough"),
        listed("h", "heading", "List/c", encounter=ref("Encounter/e"), title="History"),
    )
    consultation = only(reading, "Encounter/e")
    assert (consultation.fields["start"], consultation.fields["recorded"]) == ("2020-06-01", "2020-06-02")
    assert links_of(consultation) == [("items", "List/t")]
    assert consultation.extras["+list.title"] == ("Surgery",)
    assert [row.fields.get("level") for row in reading.rows] == [None, "topic", "heading"]
    heading = only(reading, "List/h")
    assert links_of(heading) == [("consultation", "Encounter/e"), ("items", "Encounter/e")]
    assert set_aside(reading) == [("List", "consultation", "folded")]


def test_the_confidentiality_mark_of_a_folded_list_is_the_consultations_own() -> None:
    mark = {"security": [{"code": "NOPAT"}]}
    lists = listed("c", "consultation", encounter=ref("Encounter/e"), meta=mark)
    assert (
        only(read_bundle(resource("Encounter", "e"), lists), "Encounter/e").fields["confidentiality"]
        == "NOPAT"
    )


@pytest.mark.parametrize(
    "encounter", [{}, {"encounter": ref("Encounter/gone")}, {"encounter": ref("Patient/1")}]
)
def test_a_consultation_list_without_its_encounter_is_a_section(encounter: dict[str, Any]) -> None:
    reading = read_bundle(PATIENT, listed("c", "consultation", **encounter))
    assert only(reading, "List/c").entity == "consultation_section"


def test_lists_of_no_level_are_indexes() -> None:
    reading = read_bundle(listed("i", "886921000000105", "Condition/1"), resource("List", "n"))
    assert set_aside(reading) == [("List", "unclassified", "index")] * 2


@pytest.mark.parametrize(
    ("code", "warnings"),
    [
        ("confidential-items", ["items marked confidential were withheld by the sender"]),
        ("data-in-transit", ["a record transfer into the sending practice was not finished"]),
        ("data-awaiting-filing", ["items were waiting to be filed"]),
        ("something-else", []),
    ],
)
def test_an_index_can_warn_that_the_record_is_not_whole(code: str, warnings: list[str]) -> None:
    warned = {"extension": [{"url": f"{URL}ListWarningCode-1", "valueCode": code}]}
    assert read_bundle(listed("i", "1", **warned), listed("j", "1", **warned)).warnings == warnings


# Records within records -------------------------------------------------------------------------------------------


def test_a_registration_is_a_record_of_its_own() -> None:
    registration = {
        "url": f"{URL}RegistrationDetails-1",
        "extension": [{"url": "registrationPeriod", "valuePeriod": {"start": "2001-02-03"}}],
    }
    reading = read_bundle({**PATIENT, "extension": [registration]})
    assert [(row.entity, row.fields.get("start")) for row in reading.rows] == [
        ("patient", None),
        ("registration", "2001-02-03"),
    ]
    assert not any("extension" in path for path in only(reading, "Patient/1").extras)


def test_components_are_observations_that_know_their_group() -> None:
    reading = read_bundle(
        resource(
            "Observation",
            "bp",
            effectiveDateTime="2020-06-01",
            status="final",
            identifier=[{"system": "sys", "value": "77"}],
            component=[
                {"code": concept("1"), "valueQuantity": {"value": 120}},
                {"code": concept("2"), "valueQuantity": {"value": 80.0}},
            ],
        )
    )
    parts = reading.rows[1:]
    assert [row.fields["value"] for row in parts] == ["120", "80"]
    assert [links_of(row) for row in parts] == [[("parent", "Observation/bp")]] * 2
    assert {row.fields["effective"] for row in parts} == {"2020-06-01"}
    assert [row.source_id for row in parts] == ["sys|77#1", "sys|77#2"]
    assert len({row.key for row in reading.rows}) == 3


def test_a_component_that_is_none_is_rejected() -> None:
    reading = read_bundle(resource("Observation", 1, component=["x", {"valueString": "y"}]))
    assert [(one.rule, one.detail) for one in reading.rejects] == [("record.shape", "component")]
    assert [row.fields.get("value_text") for row in reading.rows] == [None, "y"]


def test_parts_of_a_rejected_record_do_not_dangle() -> None:
    reading = read_bundle(resource("Observation", 1, comment={"a": "b"}, component=[{"valueString": "y"}]))
    assert [one.rule for one in reading.rejects] == ["value.shape"]
    assert links_of(reading.rows[0]) == [("parent", "a record that could not be read")]
    assert reading.issues == []


def test_contained_resources_are_records() -> None:
    reading = read_bundle(
        resource(
            "Condition", 1, asserter=ref("#a"), contained=[resource("Practitioner", "a", gender="female")]
        )
    )
    condition, practitioner = reading.rows
    assert practitioner.place == Place(1, 1, "contained.Practitioner")
    assert links_of(condition) == [("performer", practitioner.key)]
    assert reading.issues == []


def test_each_record_has_its_own_contained_ones() -> None:
    contained = [[resource("Medication", "a", code=concept(code))] for code in "12"]
    plans = [plan(n, medicationReference=ref("#a"), contained=contained[n - 1]) for n in (1, 2)]
    reading = read_bundle(*plans)
    assert [row.fields.get("drug") for row in reading.rows] == ['["snomed|1"]', '["snomed|2"]']
    assert reading.issues == []


# Records that are not built like one ------------------------------------------------------------------------------


def flag(**others: Any) -> dict[str, Any]:
    """An entry with a resource of a type that nobody mapped."""
    return {"resource": {"resourceType": "Flag", **others}}


X, Y = {"resourceType": "X"}, {"resourceType": "Y"}


@pytest.mark.parametrize(
    ("name", "entry", "rejected", "aside"),
    [
        ("no entry", "x", 1, 0),
        ("no resource", {"fullUrl": "urn:x"}, 1, 0),
        ("a resource that is a text", {"resource": "x"}, 1, 0),
        ("a resource of no type", {"resource": {"id": "1"}}, 1, 0),
        ("a type that is no word", {"resource": {"resourceType": []}}, 1, 0),
        ("one inside a broken one", {"resource": {"resourceType": None, "contained": [X]}}, 1, 1),
        ("one where none belongs", {"response": {"outcome": X}}, 1, 1),
        ("a resource without its wrapping", X, 1, 1),
        ("a list of resources", [X], 1, 1),
        ("one beside another", {"resource": X, "response": Y}, 0, 2),
        ("a type nobody mapped", flag(id="1"), 0, 1),
        ("a contained text", flag(contained=["x"]), 1, 1),
        ("contained alone", flag(contained=X), 0, 2),
        ("nested where none belongs", flag(a={"b": [X]}), 0, 2),
        ("nested in a contained one", flag(contained=[{**X, "a": Y}]), 0, 3),
        ("a contained one in a contained one", flag(contained=[{**X, "contained": [Y]}]), 0, 3),
    ],
)
def test_whatever_stands_in_an_entry_is_accounted_for(
    name: str, entry: Any, rejected: int, aside: int
) -> None:
    reading = read_entries(entry, {"resource": PATIENT})
    assert (len(reading.rejects), len(reading.set_aside)) == (rejected, aside), name
    assert reading.witnessed == reading.read == rejected + aside + 1


# Keys, links and places -------------------------------------------------------------------------------------------


def test_of_two_records_under_one_id_links_and_folds_lead_to_the_first() -> None:
    reading = read_bundle(
        resource("Medication", "d", code=concept("1")),
        resource("Medication", "d", code=concept("2")),
        plan("p", medicationReference=ref("Medication/d")),
    )
    assert only(reading, "MedicationRequest/p").fields["drug"] == '["snomed|1"]'


def test_links_are_told_by_key_by_words_or_not_at_all() -> None:
    reading = read_bundle(
        resource("Condition", 1, asserter={"display": "Dr Made Up"}, context=ref("Encounter/gone")),
        resource("Condition", 2, asserter={"identifier": {"value": "7"}}),
    )
    one, two = reading.rows
    assert links_of(one) == [("performer", "Dr Made Up"), ("consultation", "Encounter/gone")]
    assert (links_of(two), two.extras["asserter.identifier.value"]) == ([], ("7",))
    assert [(issue.rule, issue.detail) for issue in reading.issues] == [("link.dangling", "consultation")]


@pytest.mark.parametrize(
    ("identifiers", "source_id"),
    [
        ([], None),
        ([{"system": "sys", "value": "7"}], "sys|7"),
        ([{"value": "7"}], "|7"),
        ([{"system": "sys"}], None),
        ([*PATIENT["identifier"], {"system": "s", "value": "8"}], "s|8"),
    ],
)
def test_the_lasting_identifier_of_a_record(identifiers: list[Any], source_id: str | None) -> None:
    assert read_bundle(resource("Condition", 1, identifier=identifiers)).rows[0].source_id == source_id


def test_a_record_belongs_to_the_patient_it_names() -> None:
    reading = read_bundle(
        PATIENT,
        resource("Condition", 1, subject=ref("Patient/1")),
        resource("AllergyIntolerance", 2, patient=ref("Patient/1")),
        resource("Practitioner", 3),
    )
    assert [row.patient for row in reading.rows] == ["Patient/1", "Patient/1", "Patient/1", None]


def test_the_bundle_says_when_it_was_taken() -> None:
    reading = read_bundle(PATIENT, meta={"lastUpdated": "2020-06-01T08:00:00Z"})
    assert (reading.version, reading.taken_at) == ("STU3", "2020-06-01T08:00:00Z")


def test_an_empty_bundle_holds_nothing() -> None:
    assert read_bundle().read == 0


def nested(levels: int) -> bytes:
    deep = '{"a":' * levels + "1" + "}" * levels
    return f'{{"resourceType":"Bundle","entry":[{{"resource":{{"resourceType":"Condition","x":{deep}}}}}]}}'.encode()


def test_some_nesting_is_read() -> None:
    reading = FORMATS["gpconnect"].read(nested(100), 1)
    assert reading.rows[0].extras == {f"x{'.a' * 100}": ("1",)}


@pytest.mark.parametrize("levels", [500, 900])
def test_a_record_nested_too_deeply_is_rejected_alone(levels: int) -> None:
    reading = FORMATS["gpconnect"].read(nested(levels), 1)
    assert [reject.rule for reject in reading.rejects] == ["json.depth"]
    assert reading.read == reading.witnessed


def test_nesting_that_no_parser_follows_is_refused_and_never_a_crash() -> None:
    with pytest.raises(InputRefused, match=r"json\.depth"):
        FORMATS["gpconnect"].read(nested(5000), 1)


def test_a_resource_beside_the_entries_is_accounted_for() -> None:
    reading = read_bundle(PATIENT, signature={"who": {"resourceType": "Device"}})
    assert set_aside(reading) == [("nested", "unclassified", "no_entity")]
