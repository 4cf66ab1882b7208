"""Where a statement stands in a message says what it is: consultations, sections, groups, people and places."""

import pytest

from godwit.records.formats.reading import Reading
from tests.support.bundles import links_of, only, set_aside
from tests.support.extracts import (
    NOT_A_CONSULTATION,
    READ,
    agent_ref,
    coded,
    component,
    composition,
    compound,
    observed,
    place,
    read_extract,
    statement,
)

AUTHOR = agent_ref("author", "P1", time="20200602103000")


def entities(reading: Reading) -> dict[str | None, str]:
    """Entity by key, the patient left out."""
    return {row.key: row.entity for row in reading.rows if row.entity != "patient"}


# Compositions and what stands in them -----------------------------------------------------------------------------


def test_a_consultation_is_a_record_that_its_entries_belong_to() -> None:
    when = '<effectiveTime><center nullFlavor="NI"/></effectiveTime><availabilityTime value="20200601"/>'
    reading = read_extract(composition("c", observed("o"), inner=AUTHOR + when))
    consultation, entry = only(reading, "C"), only(reading, "O")
    assert (consultation.entity, consultation.fields["start"]) == ("consultation", "2020-06-01")
    assert consultation.fields["recorded"] == entry.fields["recorded"] == "2020-06-02T10:30:00+01:00"
    assert links_of(consultation) == [("recorder", "P1"), ("items", "O")]
    assert links_of(entry) == [("consultation", "C")]


@pytest.mark.parametrize("code", [NOT_A_CONSULTATION, "196391000000103"])
def test_a_composition_that_is_no_consultation_only_holds_records(code: str) -> None:
    reading = read_extract(composition("C", compound("T", "TOPIC", observed("O")), code=code))
    assert entities(reading) == {"O": "observation"}
    assert links_of(only(reading, "O")) == []
    assert set_aside(reading) == [
        ("ehrComposition", "consultation", "container"),
        ("CompoundStatement", "consultation_section", "container"),
    ]


def test_topics_and_headings_are_sections_in_order() -> None:
    heading = compound("H", "CATEGORY", observed("O1"), observed("O2"), code=coded("2"))
    reading = read_extract(composition("C", observed("O0"), compound("T", "TOPIC", heading)))
    topic, section = only(reading, "T"), only(reading, "H")
    assert [one.fields["level"] for one in (topic, section)] == ["topic", "heading"]
    assert links_of(only(reading, "C")) == [("items", "O0"), ("items", "T")]
    assert links_of(topic) == [("consultation", "C"), ("items", "H")]
    assert links_of(section) == [("consultation", "C"), ("items", "O1"), ("items", "O2")]


@pytest.mark.parametrize("kind", ["CLUSTER", "BATTERY"])
def test_a_group_is_an_observation_with_members(kind: str) -> None:
    inner = compound("G2", "CLUSTER", observed("O2"), code=coded("3"))
    reading = read_extract(composition("C", compound("G1", kind, observed("O1"), inner, code=coded("2"))))
    assert links_of(only(reading, "G1")) == [("consultation", "C"), ("members", "O1"), ("members", "G2")]
    assert links_of(only(reading, "G2")) == [("consultation", "C"), ("parent", "G1"), ("members", "O2")]
    assert links_of(only(reading, "O2")) == [("consultation", "C"), ("parent", "G2")]
    assert [link for link in links_of(only(reading, "C")) if link[0] == "items"] == [
        ("items", "G1"), ("items", "O1"), ("items", "G2"), ("items", "O2"),
    ]  # fmt: skip


def test_a_later_composition_does_not_inherit_from_an_earlier_one() -> None:
    reading = read_extract(
        composition("C1", compound("G", "CLUSTER", observed("O1")), inner=AUTHOR),
        composition("C2", observed("O2")),
    )
    assert links_of(only(reading, "O2")) == [("consultation", "C2")]
    assert "recorded" not in only(reading, "O2").fields


def test_identifiers_are_matched_whatever_their_case() -> None:
    reading = read_extract(composition("aa-Bb", observed("O", inner=agent_ref("Participant", "ab"))),
                           agents=[statement("Agent", "AB", "<agentPerson/>")])  # fmt: skip
    assert links_of(only(reading, "O")) == [("performer", "AB"), ("consultation", "AA-BB")]
    assert reading.issues == []


# Allergies and immunisations --------------------------------------------------------------------------------------


@pytest.mark.parametrize(("heading", "category"), [("SN53.00", "other"), ("14L..00", "drug")])
def test_what_stands_under_an_allergy_heading_is_an_allergy(heading: str, category: str) -> None:
    group = compound("G", "CATEGORY", observed("A"), code=coded(heading, READ))
    reading = read_extract(composition("C", compound("T", "TOPIC", group, observed("O"))))
    assert (only(reading, "A").entity, only(reading, "A").fields["category"]) == ("allergy", category)
    assert only(reading, "O").entity == "observation"
    assert set_aside(reading) == [("CompoundStatement", "consultation_section", "container")]
    assert links_of(only(reading, "T")) == [("consultation", "C"), ("items", "A"), ("items", "O")]


@pytest.mark.parametrize(
    ("code", "inner", "category"),
    [
        (coded("196461000000101"), "", "drug"),
        (coded("196471000000108"), "", "other"),
        (coded("SN53.", READ, '<translation code="196461000000101"/>'), "", "drug"),
        (coded("1"), "", None),
        ("", "", None),
    ],
)
def test_a_degraded_allergy_is_an_allergy_by_its_code(code: str, inner: str, category: str | None) -> None:
    row = only(read_extract(composition("C", statement("ObservationStatement", "O", code, inner))), "O")
    assert row.entity == ("allergy" if category else "observation")
    assert row.fields.get("category") == category


@pytest.mark.parametrize(
    ("code", "given"),
    [
        (coded("65F5.", READ), True),
        (coded("654..", READ), True),
        (coded("65a..", READ), True),
        (coded("1", inner=f'<translation code="656..00" codeSystem="{READ}"/>'), True),
        (coded("65F5."), False),
        (coded("65G..", READ), False),
        (coded("65C..", READ), False),
        (coded("165F.", READ), False),
        (coded("6", READ), False),
        (coded("1"), False),
    ],
)
def test_a_vaccination_given_is_known_by_its_read_branch(code: str, given: bool) -> None:
    row = only(read_extract(composition("C", statement("ObservationStatement", "O", code))), "O")
    assert row.entity == ("immunisation" if given else "observation")
    assert row.fields["status"] == ("completed" if given else "final")


# People and places ------------------------------------------------------------------------------------------------


def test_the_directory_holds_people_and_organisations() -> None:
    name = "<name><prefix>Dr</prefix><given>Ann</given><given>B</given><family>Clark</family></name>"
    number = '<id root="2.16.840.1.113883.2.1.4.2" extension="G1"/>'
    person = statement("Agent", "P1", number, f"<agentPerson>{name}</agentPerson>")
    ods = '<id root="1.2.826.0.1285.0.1.10" extension="Z99999"/>'
    practice = statement(
        "Agent", "P2", f"<agentOrganization>{ods}<name>Made-up Surgery</name></agentOrganization>"
    )
    reading = read_extract(agents=[person, practice])
    people, organisation = only(reading, "P1"), only(reading, "P2")
    assert people.entity == "practitioner"
    assert people.fields == {
        "kind": "person", "identifiers": '["gmp|G1"]', "title": "Dr", "given": "Ann B", "family": "Clark",
    }  # fmt: skip
    assert organisation.fields == {"kind": "organisation", "ods_code": "Z99999", "name": "Made-up Surgery"}


def test_a_place_is_one_record_however_often_it_is_named() -> None:
    main, branch = place("Main"), place("Branch")
    reading = read_extract(
        composition("C1", inner=main), composition("C2", inner=branch), composition("C3", inner=main)
    )
    places = {row.key: row.fields["name"] for row in reading.rows if row.entity == "organisation"}
    assert sorted(places.values()) == ["Branch", "Main"]
    at = [places[dict(links_of(only(reading, key)))["location"]] for key in ("C1", "C2", "C3")]
    assert at == ["Main", "Branch", "Main"]
    assert set_aside(reading) == [("locatedEntity", "organisation", "repeat")]


def test_the_key_of_a_place_does_not_depend_on_where_it_is_first_named() -> None:
    one = read_extract(composition("C1", inner=place("Main")), composition("C2", inner=place("Branch")))
    two = read_extract(composition("C2", inner=place("Branch")), composition("C1", inner=place("Main")))
    keys = [
        {row.fields["name"]: row.key for row in reading.rows if row.entity == "organisation"}
        for reading in (one, two)
    ]
    assert keys[0] == keys[1]


def test_the_patient_has_an_nhs_number_and_no_lasting_identifier() -> None:
    row = only(read_extract(), lambda row: row.entity == "patient")
    assert (row.fields["nhs_number"], row.key, row.source_id) == ("9990000018", None, None)


@pytest.mark.parametrize("patient", ["", '<id root="1.2.3"/>'])
def test_a_patient_without_a_number_is_reported(patient: str) -> None:
    assert [issue.rule for issue in read_extract(patient=patient).issues] == ["nhs_number.absent"]


# Confidentiality, versions, odd records ---------------------------------------------------------------------------


@pytest.mark.parametrize("interaction", ["RCMR_IN030000UK06", "RCMR_IN030000UK07"])
def test_a_confidentiality_mark_is_kept_in_either_version(interaction: str) -> None:
    mark = '<confidentialityCode code="NOPAT" codeSystem="2.16.840.1.113883.4.642.3.47"/>'
    reading = read_extract(
        composition("C", observed("O", inner=mark), observed("P"), inner=mark), interaction=interaction
    )
    assert reading.version == interaction
    marks = {row.key: row.fields.get("confidentiality") for row in reading.rows if row.key}
    assert marks == {"C": "NOPAT", "O": "NOPAT", "P": None}


def test_a_kind_nobody_mapped_is_set_aside_with_what_is_in_it_read() -> None:
    reading = read_extract(composition("C", statement("Novelty", "N", component(observed("O")))))
    assert set_aside(reading) == [("unknown", "unclassified", "no_entity")]
    assert entities(reading) == {"C": "consultation", "O": "observation"}


def test_a_second_statement_under_one_identifier_is_kept_and_reported() -> None:
    reading = read_extract(composition("C", observed("O", "1"), observed("O", "2")))
    assert [row.fields["code"] for row in reading.rows if row.key == "O"] == ['["snomed|1"]', '["snomed|2"]']
    assert [issue.rule for issue in reading.issues] == ["key.duplicate"]


def test_an_empty_message_holds_a_patient() -> None:
    reading = read_extract()
    assert (reading.read, reading.taken_at) == (1, "2020-06-01")
