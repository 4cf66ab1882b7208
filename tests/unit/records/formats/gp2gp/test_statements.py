"""What each kind of GP2GP statement becomes: values, problems, documents, medication, recalls, referrals."""

import pytest

from godwit.records.formats.reading import Reading
from godwit.records.model import Row
from tests.support.bundles import links_of, only, set_aside
from tests.support.extracts import (
    agent_ref,
    authorise,
    coded,
    component,
    composition,
    discontinue,
    medication,
    observed,
    prescribe,
    read_extract,
    refers,
    statement,
)

UNIT_IN_WORDS = "<translation><originalText>mmol/L</originalText></translation>"
XSI = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'


def one_row(record: str, key: str) -> Row:
    return only(read_extract(composition("C", record)), key)


def note(text: str) -> str:
    said = f"<pertinentAnnotation><text>{text}</text></pertinentAnnotation>"
    return f"<pertinentInformation>{said}</pertinentInformation>"


def when(effective: str, available: str) -> str:
    return f'<effectiveTime>{effective}</effectiveTime><availabilityTime value="{available}"/>'


# Entries ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("inner", "fields"),
    [
        (
            f'<value {XSI} xsi:type="PQ" value="72.50" unit="kg"/>',
            {"value": "72.5", "unit": "kg"},
        ),
        (
            f'<value {XSI} xsi:type="PQ" value="5" unit="1">{UNIT_IN_WORDS}</value>',
            {"value": "5", "unit": "mmol/L"},
        ),
        (f'<value {XSI} xsi:type="ST">trace</value>', {"value_text": "trace"}),
        (f'<value {XSI} xsi:type="CV" code="7" codeSystem="9.9"/>', {"value_code": '["9.9|7"]'}),
        (when('<center value="2019"/>', "2020"), {"effective": "2019"}),
        (when('<low value="2018"/>', "2020"), {"effective": "2018"}),
        (when('<center nullFlavor="NI"/>', "2020"), {"effective": "2020"}),
        (note("one") + note("two"), {"text": "one\ntwo"}),
        (
            f"<subject><personalRelationship>{coded('72705000')}</personalRelationship></subject>",
            {"relation": '["snomed|72705000"]'},
        ),
    ],
)
def test_an_entry(inner: str, fields: dict[str, str]) -> None:
    row = one_row(observed("O", inner=inner), "O")
    assert row.fields == {"code": '["snomed|1"]', "kind": "entry", "status": "final", **fields}


def test_the_entrys_own_clinician_goes_before_the_consultations() -> None:
    own, other = agent_ref("Participant", "P1"), agent_ref("Participant2", "P2")
    people = [statement("Agent", key, "<agentPerson/>") for key in ("P1", "P2")]
    reading = read_extract(
        composition("C", observed("O", inner=own), observed("P"), inner=other), agents=people
    )
    assert ("performer", "P1") in links_of(only(reading, "O"))
    assert ("performer", "P2") in links_of(only(reading, "P"))


def test_a_narrative_is_an_entry_with_the_code_of_a_comment() -> None:
    row = one_row(statement("NarrativeStatement", "N", "<text>spoke to mother</text>"), "N")
    assert (row.entity, row.fields["text"]) == ("observation", "spoke to mother")
    assert row.fields["code"] == '["snomed|37331000000100"]'


def test_a_narrative_that_points_at_a_file_is_a_document() -> None:
    file = '<text mediaType="image/tiff"><reference value="file://localhost/a.tif"/></text>'
    inner = f"<reference><referredToExternalDocument>{coded('25821')}{file}</referredToExternalDocument></reference>"
    row = one_row(statement("NarrativeStatement", "N", "<text>letter</text>", inner), "N")
    assert row.entity == "document"
    assert row.fields["path"] == "file://localhost/a.tif"
    assert (row.fields["content_type"], row.fields["title"]) == ("image/tiff", "letter")


# Problems ---------------------------------------------------------------------------------------------------------


def problem(status: str = coded("394774009"), named: str = "O") -> str:
    name = f'<conditionNamed><namedStatementRef><id root="{named}"/></namedStatementRef></conditionNamed>'
    linked = '<component><statementRef><id root="P"/></statementRef></component>'
    return statement("LinkSet", "L", status, '<availabilityTime value="20200601"/>', linked, name)


def problem_row(status: str = coded("394774009"), named: str = "O") -> tuple[Row, Reading]:
    entry = observed("O", "22298006", inner=note("quite bad"))
    reading = read_extract(composition("C", problem(status, named), entry, observed("P")))
    return only(reading, "L"), reading


def test_a_problem_takes_its_code_and_text_from_the_entry_that_names_it() -> None:
    row, reading = problem_row()
    assert (row.entity, row.fields["code"]) == ("problem", '["snomed|22298006"]')
    assert row.fields["text"] == "quite bad"
    assert links_of(row) == [("consultation", "C"), ("entry", "O"), ("linked", "P")]
    assert [link for link in links_of(only(reading, "C")) if link[0] == "items"] == [
        ("items", "O"),
        ("items", "P"),
    ]


def test_a_problem_whose_entry_is_not_there_dangles_and_says_so() -> None:
    row, reading = problem_row(named="GONE")
    assert "code" not in row.fields
    assert [(issue.rule, issue.detail) for issue in reading.issues] == [("link.dangling", "entry")]


@pytest.mark.parametrize(
    ("code", "status"),
    [
        ("394774009", "active"),
        ("394775005", "past"),
        ("394776006", "unspecified"),
        ("1", "unreadable:1"),
    ],
)
def test_the_status_of_a_problem(code: str, status: str) -> None:
    assert problem_row(coded(code))[0].fields["status"] == status


@pytest.mark.parametrize(
    ("qualifier", "significance"), [("386134007", "major"), ("371928007", "minor"), (None, None)]
)
def test_the_significance_of_a_problem(qualifier: str | None, significance: str | None) -> None:
    inner = f'<qualifier><name code="{qualifier}"/></qualifier>' if qualifier else ""
    row, _ = problem_row(coded("394774009", inner=f"<originalText>Active Problem</originalText>{inner}"))
    assert row.fields.get("significance") == significance
    assert row.fields["status_text"] == "Active Problem"


# Medication -------------------------------------------------------------------------------------------------------


def test_an_authorisation_and_an_issue_each_hold_the_drug_and_dosage_around_them() -> None:
    reading = read_extract(
        composition("C", medication("M1", authorise("A")), medication("M2", prescribe("I", "A")))
    )
    authorised, issued = only(reading, "A"), only(reading, "I")
    assert (authorised.entity, issued.entity) == ("medication_authorisation", "medication_issue")
    for row in (authorised, issued):
        assert (row.fields["drug"], row.fields["dosage"]) == ('["snomed|10"]', "one a day")
    assert ("authorisation", "A") in links_of(issued)
    assert set_aside(reading) == [("MedicationStatement", "medication_authorisation", "folded")] * 2


def test_a_link_to_the_statement_leads_to_the_supply() -> None:
    linked = '<component><statementRef><id root="M"/></statementRef></component>'
    reading = read_extract(
        composition("C", medication("M", authorise("A")), statement("LinkSet", "L", linked))
    )
    assert ("linked", "A") in links_of(only(reading, "L"))
    assert ("items", "A") in links_of(only(reading, "C"))
    assert reading.issues == []


@pytest.mark.parametrize(
    ("repeats", "kind"),
    [("0", "acute"), (" 0 ", "acute"), ("6", "repeat"), (None, None)],
)
def test_the_number_of_repeats_says_acute_or_repeat(repeats: str | None, kind: str | None) -> None:
    inner = f'<repeatNumber value="{repeats}"/>' if repeats is not None else ""
    row = one_row(medication("M", authorise("A", inner)), "A")
    assert row.fields.get("type") == kind


@pytest.mark.parametrize(
    ("code", "status"), [("ACTIVE", "active"), ("COMPLETE", "completed"), ("X", "unreadable:X")]
)
def test_the_status_of_an_authorisation(code: str, status: str) -> None:
    assert one_row(medication("M", authorise("A", status=code)), "A").fields["status"] == status


def test_a_discontinuation_is_folded_into_what_it_stops() -> None:
    stop = medication("M2", discontinue("D", "a"))
    reading = read_extract(composition("C1", stop), composition("C2", medication("M1", authorise("A"))))
    row = only(reading, "A")
    assert (row.fields["status"], row.fields["ended"]) == ("stopped", "2020-07-01")
    assert row.fields["end_reason_text"] == "side effects"
    assert {reason for _, _, reason in set_aside(reading)} == {"folded"}


def test_one_discontinuation_may_stop_two() -> None:
    reading = read_extract(
        composition(
            "C", medication("M", authorise("A"), authorise("B")), medication("N", discontinue("D", "A", "B"))
        )
    )
    assert [only(reading, key).fields["status"] for key in "AB"] == ["stopped", "stopped"]
    assert {reason for _, _, reason in set_aside(reading)} == {"folded"}


@pytest.mark.parametrize(
    ("name", "stops", "unplaced"),
    [
        ("what it stops is not in the file", [discontinue("D", "GONE")], 2),
        ("it names nothing", [discontinue("D")], 2),
        (
            "a second one for the same authorisation",
            [discontinue("D", "A"), discontinue("E", "A", why="x")],
            1,
        ),
    ],
)
def test_a_discontinuation_that_no_record_holds_does_not_claim_to_be_folded(
    name: str, stops: list[str], unplaced: int
) -> None:
    reading = read_extract(composition("C", medication("M1", authorise("A")), medication("M2", *stops)))
    reasons = [reason for _, _, reason in set_aside(reading)]
    assert reasons.count("unplaced") == unplaced, name
    assert reasons.count("folded") == 1 + len(stops) + 1 - unplaced


def test_a_medication_statement_without_a_supply_does_not_claim_to_be_folded() -> None:
    reading = read_extract(composition("C", medication("M")))
    assert set_aside(reading) == [("MedicationStatement", "medication_authorisation", "unplaced")]


def test_an_authorisation_links_to_the_one_it_replaces() -> None:
    reading = read_extract(
        composition(
            "C", medication("M", authorise("A")), medication("N", authorise("B", refers("predecessor", "A")))
        )
    )
    assert ("prior", "A") in links_of(only(reading, "B"))


# Plans, requests --------------------------------------------------------------------------------------------------


def test_a_plan_is_a_recall_due_at_its_effective_time() -> None:
    due = when('<center value="20210101"/>', "20200601")
    row = one_row(statement("PlanStatement", "P", coded("1"), due, "<text>call back</text>"), "P")
    assert (row.entity, row.fields["due"], row.fields["authored"]) == ("recall", "2021-01-01", "2020-06-01")
    assert (row.fields["text"], row.fields["intent"]) == ("call back", "plan")


@pytest.mark.parametrize(
    ("code", "priority"),
    [
        ("394848005", "routine"),
        ("394849002", "urgent"),
        ("88694003", "immediate"),
        ("1", "unreadable:1"),
    ],
)
def test_a_request_is_a_referral_with_a_priority(code: str, priority: str) -> None:
    said = coded(code, inner="<originalText>As said</originalText>", element="priorityCode")
    row = one_row(statement("RequestStatement", "R", coded("1"), said, "<text>please see</text>"), "R")
    assert (row.entity, row.fields["priority"], row.fields["priority_text"]) == (
        "referral",
        priority,
        "As said",
    )


def test_nothing_of_an_unknown_element_is_lost() -> None:
    row = one_row(observed("O", inner='<novelty flag="1"><deep>words</deep></novelty>'), "O")
    assert row.extras == {"novelty.@flag": ("1",), "novelty.deep.#text": ("words",)}


def test_records_inside_an_entry_are_records() -> None:
    reading = read_extract(composition("C", observed("O", inner=component(observed("P")))))
    assert [row.key for row in reading.rows if row.entity == "observation"] == ["O", "P"]
