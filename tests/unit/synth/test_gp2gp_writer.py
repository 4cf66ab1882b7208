"""What a GP2GP message says of a made-up patient, read as plain XML."""

from __future__ import annotations

import pickle
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree

from godwit.synth.gp2gp import make_writer
from godwit.synth.gp2gp.hl7 import cell, words
from godwit.synth.model import Patient
from tests.support.small_practice import patient_of, practice

MADE = practice()
PATIENT = patient_of(MADE, 3)


def message(patient: Patient = PATIENT) -> etree._Element:
    text = make_writer(MADE).patient(patient).parts[f"patient-{patient.id:05d}.xml"]
    return etree.fromstring(text.encode("utf-8"))


ROOT = message()


def count(name: str) -> int:
    return sum(1 for _ in ROOT.iter(f"{{*}}{name}"))


def values(path: str, root: etree._Element = ROOT) -> list[str]:
    return [str(one) for one in root.xpath(path, namespaces={"h": "urn:hl7-org:v3"})]


def holder(one: etree._Element) -> str:
    parent = one.getparent()
    return "" if parent is None else etree.QName(parent).localname


@pytest.mark.parametrize("number", [1, 2, 3])
def test_the_message_keeps_to_its_schema(fixtures_root: Path, number: int) -> None:
    folder = fixtures_root / "gp2gp-mim-xsd" / "schema"
    schema = etree.XMLSchema(etree.parse(str(folder / "RCMR_IN030000UK07.xsd")))
    assert schema.validate(message(patient_of(MADE, number))), [one.message for one in schema.error_log]


def test_every_item_is_there_once() -> None:
    groups = 1
    given = sum(one.given for one in PATIENT.immunisations)
    assert (
        count("ObservationStatement") == len(PATIENT.observations) - groups + len(PATIENT.allergies) + given
    )
    assert count("NarrativeStatement") == len(PATIENT.documents) + len(PATIENT.immunisations) - given
    assert count("LinkSet") == len(PATIENT.problems)
    assert count("ehrSupplyAuthorise") == len(PATIENT.authorisations)
    assert count("ehrSupplyPrescribe") == len(PATIENT.issues)
    assert count("ehrSupplyDiscontinue") == 1
    assert count("RequestStatement") == len(PATIENT.referrals)
    assert count("PlanStatement") == len(PATIENT.recalls)


def test_identifiers_are_given_once_and_pointers_lead_somewhere() -> None:
    pointers = (
        "statementRef", "namedStatementRef", "priorMedicationRef", "agentRef",
    )  # fmt: skip
    roots = [one for one in ROOT.iter("{*}id") if one.get("extension") is None]
    given = [one.get("root") for one in roots if holder(one) not in pointers]
    named = {one.get("root") for one in roots if holder(one) in pointers}
    assert len(given) == len(set(given))
    assert named <= set(given)


def test_vague_dates_stay_vague() -> None:
    times = values("//h:ObservationStatement/h:availabilityTime/@value")
    assert {len(time) for time in times} == {4, 8, 12}
    assert values("//h:LinkSet/h:effectiveTime/h:low/@value") == ["199804"]


def test_a_bound_is_told_as_a_bound() -> None:
    (bound,) = ROOT.xpath("//h:value/h:high[@inclusive]", namespaces={"h": "urn:hl7-org:v3"})
    assert (bound.get("value"), bound.get("inclusive")) == ("2.5", "false")


def test_drug_allergies_stand_under_their_heading() -> None:
    path = "//h:CompoundStatement[@classCode='CATEGORY']/h:code/@code"
    assert values(path) == ["14L..00", "SN53.00"]


def test_a_confidential_entry_is_marked() -> None:
    path = "//h:*[h:confidentialityCode]/h:code/@displayName"
    assert values(path) == ["Knee injection"]


def test_awkward_words_survive() -> None:
    awkward = 'a < b & "c"\r\n=1+1 £ é ’ \t end'
    changed = replace(PATIENT.observations[4], text=awkward + "\x0b")
    root = message(replace(PATIENT, observations=[changed]))
    assert values("//h:pertinentAnnotation/h:text/text()", root)[0] == awkward
    assert cell('"\n') == "&quot;&#10;"
    assert words("]]>") == "]]&gt;"


def test_what_has_no_place_is_counted_under_a_title() -> None:
    writer = make_writer(MADE)
    losses = writer.patient(PATIENT).losses
    assert set(losses) <= set(writer.losses)
    assert (losses["gp2gp_laterality"], losses["gp2gp_not_given"], losses["gp2gp_author"]) == (1, 1, 0)


def test_a_quantity_in_words_is_kept_as_words() -> None:
    odd = replace(PATIENT.authorisations[0], quantity="2 x 28")
    patient = replace(PATIENT, authorisations=[odd, *PATIENT.authorisations[1:]])
    written = make_writer(MADE).patient(patient)
    assert written.losses["gp2gp_quantity"] == 1
    assert "2 x 28 capsule" in written.parts["patient-00003.xml"]


def test_the_writer_travels_to_other_processes_and_writes_the_same() -> None:
    writer = pickle.loads(pickle.dumps(make_writer(MADE)))  # noqa: S301 - our own bytes of a moment ago
    assert writer.patient(PATIENT).parts == make_writer(MADE).patient(PATIENT).parts
    assert (writer.system, writer.encoding, writer.openings()) == ("gp2gp", "utf-8", {})
