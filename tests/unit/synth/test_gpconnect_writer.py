"""What a GP Connect bundle says of a made-up patient, read as plain JSON."""

from __future__ import annotations

import json
import pickle
from collections import Counter
from typing import Any

from godwit.synth.gpconnect import make_writer
from tests.support.small_practice import patient_of, practice

MADE = practice()
PATIENT = patient_of(MADE, 3)
WRITTEN = make_writer(MADE).patient(PATIENT)
TEXT = WRITTEN.parts["patient-00003.json"]
RESOURCES: list[dict[str, Any]] = [entry["resource"] for entry in json.loads(TEXT)["entry"]]


def only(kind: str, **has: object) -> dict[str, Any]:
    """The one resource of a kind with these elements."""
    found = [
        one
        for one in RESOURCES
        if one["resourceType"] == kind and all(one.get(key) == value for key, value in has.items())
    ]
    assert len(found) == 1, f"{len(found)} of {kind}"
    return found[0]


def coded(kind: str, term: str) -> dict[str, Any]:
    found = [
        one
        for one in RESOURCES
        if one["resourceType"] == kind and one.get("code", {}).get("coding", [{}])[0].get("display") == term
    ]
    return found[0]


def test_every_item_is_there_once() -> None:
    kinds = Counter(one["resourceType"] for one in RESOURCES)
    assert kinds["Encounter"] == len(PATIENT.consultations)
    assert kinds["Observation"] == len(PATIENT.observations)
    assert kinds["Condition"] == len(PATIENT.problems)
    assert kinds["AllergyIntolerance"] == len(PATIENT.allergies)
    assert kinds["Immunization"] == len(PATIENT.immunisations)
    assert kinds["MedicationStatement"] == len(PATIENT.authorisations)
    assert kinds["MedicationRequest"] == len(PATIENT.authorisations) + len(PATIENT.issues)
    assert kinds["ReferralRequest"] == len(PATIENT.referrals)
    assert kinds["ProcedureRequest"] == len(PATIENT.recalls)
    assert kinds["DocumentReference"] == len(PATIENT.documents)


def test_every_reference_leads_somewhere() -> None:
    known = {f"{one['resourceType']}/{one['id']}" for one in RESOURCES}

    def references(node: Any) -> list[str]:
        if isinstance(node, dict):
            mine = [node["reference"]] if isinstance(node.get("reference"), str) else []
            return mine + [found for part in node.values() for found in references(part)]
        return [found for part in node for found in references(part)] if isinstance(node, list) else []

    assert set(references(RESOURCES)) <= known
    assert len(known) == len(RESOURCES)


def test_the_patient_is_told_whole() -> None:
    told = only("Patient")
    assert told["identifier"][0]["value"] == PATIENT.nhs_number
    assert told["name"][0] == {
        "use": "official",
        "family": "Smith-Jones3",
        "given": ["Zoë", "May"],
        "prefix": ["Ms"],
    }
    assert (told["gender"], told["birthDate"]) == ("female", "1970-05-06")


def test_times_have_the_offset_of_england_and_vague_dates_stay_vague() -> None:
    times = {one["effectiveDateTime"] for one in RESOURCES if one["resourceType"] == "Observation"}
    assert "2020-03-08T09:15:00+00:00" in times
    assert "2020-04-17T09:15:00+01:00" in times
    assert "2011" in times
    assert only("Condition")["onsetDateTime"] == "1998-04"


def test_values_keep_number_unit_comparator_and_range() -> None:
    first, second = (one for one in RESOURCES if one.get("valueQuantity", {}).get("unit") == "mmol/L")
    assert first["valueQuantity"] == {"value": 4.2, "unit": "mmol/L"}
    assert first["referenceRange"] == [{"low": {"value": 3.5}, "high": {"value": 5.3}}]
    assert second["valueQuantity"] == {"value": 2.5, "comparator": "<", "unit": "mmol/L"}


def test_a_group_and_its_results_name_each_other() -> None:
    group = coded("Observation", "Blood pressure reading")
    reading = coded("Observation", "Systolic blood pressure")
    assert len(group["related"]) == 2
    assert reading["related"] == [
        {"type": "derived-from", "target": {"reference": f"Observation/{group['id']}"}}
    ]


def test_medicines_say_whether_they_are_still_taken() -> None:
    plans = [one for one in RESOURCES if one.get("intent") == "plan" and "dosageInstruction" in one]
    assert [one["status"] for one in plans] == ["active", "active", "completed", "stopped"]


def test_a_refused_vaccination_is_marked() -> None:
    refused = only("Immunization", notGiven=True)
    assert (refused["status"], refused["explanation"]) == (
        "not-done",
        {"reasonNotGiven": [{"text": "Declined"}]},
    )


def test_a_confidential_entry_is_marked() -> None:
    marked = [one for one in RESOURCES if one["meta"].get("security", [{}])[0].get("code") == "NOPAT"]
    assert [one["code"]["coding"][0]["display"] for one in marked] == ["Knee injection"]


def test_what_has_no_place_is_counted_under_a_title() -> None:
    writer = make_writer(MADE)
    assert set(WRITTEN.losses) <= set(writer.losses)
    assert WRITTEN.losses["gpconnect_appointments"] == 1
    assert WRITTEN.losses["gpconnect_negation"] == 1
    assert "gpconnect_two_week_wait" not in WRITTEN.losses


def test_the_writer_travels_to_other_processes_and_writes_the_same() -> None:
    writer = pickle.loads(pickle.dumps(make_writer(MADE)))  # noqa: S301 - our own bytes of a moment ago
    assert writer.patient(patient_of(MADE, 3)).parts == WRITTEN.parts
    assert writer.openings() == {}
