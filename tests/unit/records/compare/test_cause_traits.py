"""Which risk a finding carries by what its records say, and how its value changed."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from godwit.definitions.comparison.risks import read_risks
from godwit.records.compare.cause_traits import find_traits
from godwit.records.duck import Duck
from tests.support.found import find, finding
from tests.support.staged import put, tables

REPEAT = {"type": "repeat", "status": "active", "drug_text": "Ramipril 5mg capsules"}
ENDED = {**REPEAT, "status": "ended"}
WARFARIN = {**REPEAT, "drug_text": "Warfarin 1mg tablets"}
SAFEGUARDING = {"code_term": '["Subject to child protection plan"]'}
RASH = {"code_term": '["Rash"]', "text": "unprotected at risk"}

# rule, entity, outcome, field, reason, source's record, target's record
FITS: list[tuple[str, str, str, str | None, str, dict[str, str] | None, dict[str, str] | None]] = [
    ("moved", "observation", "different", "patient", "moved", {}, {}),
    ("whole_patient", "recall", "missing", None, "patient_not_paired", {}, None),
    ("no_place", "allergy", "missing", None, "no_place", {}, None),
    ("house_keeping", "consultation", "unexpected", None, "house_keeping", None, {}),
    ("confidentiality", "appointment", "different", "confidentiality", "lost", {}, {}),
    ("safeguarding", "observation", "missing", None, "no_counterpart", SAFEGUARDING, None),
    ("observation", "observation", "missing", None, "no_counterpart", RASH, None),
    ("safeguarding_changed", "problem", "different", "status", "changed", {}, SAFEGUARDING),
    ("problem", "problem", "different", "status", "changed", RASH, RASH),
    ("consent", "observation", "missing", None, "no_counterpart", {"code_text": "Dissent from sharing"}, None),
    ("observation", "observation", "missing", None, "no_counterpart", {"code_text": "Consenting"}, None),
    ("consent_changed", "observation", "different", "code", "changed", {"code_text": "Opted out of X"}, {}),
    ("observation", "observation", "different", "code", "changed", {"code_text": "Option"}, {}),
    ("end_of_life", "observation", "missing", None, "no_counterpart", {"code_text": "Not for resuscitation"}, None),
    ("allergy_other_kind", "allergy", "missing", None, "kind_changed_observation", {}, None),
    ("was_an_allergy", "observation", "unexpected", None, "kind_changed_allergy", None, {}),
    ("allergy_degraded", "allergy", "different", "code", "degraded", {}, {}),
    ("allergy_ended", "allergy", "missing", None, "no_counterpart", {"end_date": "2001"}, None),
    ("allergy", "allergy", "missing", None, "no_counterpart", {"status": "active"}, None),
    ("repeat_twice", "medication_authorisation", "unexpected", None, "duplicate", None, REPEAT),
    ("twice", "medication_authorisation", "unexpected", None, "duplicate", None, ENDED),
    ("allergy_twice", "allergy", "unexpected", None, "duplicate", None, {}),
    ("two_in_one", "allergy", "missing", None, "duplicate_collapsed", {"status": "active"}, None),
    ("revived", "medication_authorisation", "different", "status", "changed", ENDED, REPEAT),
    ("stopped", "medication_authorisation", "different", "status", "changed", REPEAT, ENDED),
    ("medication_authorisation", "medication_authorisation", "different", "status", "lost", REPEAT, {}),
    ("high_risk_active", "medication_authorisation", "missing", None, "no_counterpart", WARFARIN, None),
    ("active_repeat", "medication_authorisation", "missing", None, "no_counterpart", REPEAT, None),
    ("high_risk_changed", "medication_authorisation", "different", "quantity", "changed", WARFARIN, WARFARIN),
    ("active_repeat_changed", "medication_authorisation", "different", "dosage", "changed", REPEAT, REPEAT),
    ("active_repeat_supply", "medication_authorisation", "different", "quantity", "changed", REPEAT, REPEAT),
    ("active_repeat_supply", "medication_authorisation", "different", "review", "lost", ENDED, REPEAT),
    ("active_acute", "medication_authorisation", "missing", None, "no_counterpart", {**REPEAT, "type": "acute"}, None),
    ("high_risk_past", "medication_authorisation", "missing", None, "no_counterpart",
     {**WARFARIN, "status": "ended"}, None),
    ("past_medicine", "medication_authorisation", "missing", None, "no_counterpart", ENDED, None),
    ("medication_authorisation", "medication_authorisation", "missing", None, "no_counterpart", {}, None),
    ("high_risk_past_dose", "medication_authorisation", "different", "dosage", "changed",
     {**WARFARIN, "status": "ended"}, {**WARFARIN, "status": "ended"}),
    ("past_drug", "medication_authorisation", "different", "drug", "changed", ENDED, ENDED),
    ("past_dose", "medication_authorisation", "different", "dosage", "changed", ENDED, ENDED),
    ("medication_authorisation", "medication_authorisation", "different", "dosage", "changed", {}, {}),
    ("high_risk_issue", "medication_issue", "different", "dosage", "changed", {"drug_text": "Lithium 200mg"}, {}),
    ("medication_issue", "medication_issue", "different", "dosage", "changed", {"drug_text": "Lithiumless"}, {}),
    ("active_problem", "problem", "missing", None, "no_counterpart", {"status": "active"}, None),
    ("past_problem", "problem", "missing", None, "no_counterpart", {"status": "past"}, None),
    ("problem", "problem", "missing", None, "no_counterpart", {}, None),
    ("problem_closed", "problem", "different", "status", "changed", {"status": "active"}, {"status": "past"}),
    ("problem", "problem", "different", "status", "changed", {"status": "past"}, {"status": "active"}),
    ("abnormal_missing", "observation", "missing", None, "no_counterpart", {"abnormal": "true"}, None),
    ("abnormal_missing", "observation", "missing", None, "no_counterpart", {"interpretation_text": "Too high"}, None),
    ("observation", "observation", "missing", None, "no_counterpart", {"abnormal": "false"}, None),
    ("result_value", "observation", "different", "value", "changed", {}, {}),
    ("result_unit", "observation", "different", "comparator", "lost", {}, {}),
    ("result_range", "observation", "different", "range_high", "lost", {}, {}),
    ("context_lost", "observation", "different", "qualifiers", "lost", {}, {}),
    ("whose", "observation", "different", "kind", "changed", {"kind": "family_history"}, {"kind": "entry"}),
    ("observation", "observation", "different", "kind", "changed", {"kind": "alert"}, {"kind": "entry"}),
    ("entry_degraded", "observation", "different", "code", "degraded", {}, {}),
    ("recall_open", "recall", "missing", None, "no_counterpart", {"status": "active"}, None),
    ("recall_done", "recall", "missing", None, "no_counterpart", {"status": "completed"}, None),
    ("document_other", "document", "different", "content_hash", "changed", {}, {}),
    ("text", "referral", "different", "text", "changed", {}, {}),
    ("dates", "immunisation", "different", "effective", "changed", {}, {}),
]  # fmt: skip


@pytest.fixture
def duck(tmp_path: Path) -> Iterator[Duck]:
    with tables(tmp_path) as one:
        yield one


def test_every_rule_of_clinical_risk_on_both_sides_of_its_condition(duck: Duck) -> None:
    """All in one go: each row of the table is a finding of its own."""
    for row, (_, entity, outcome, field, reason, source, target) in enumerate(FITS, start=1):
        for side, record in (("source", source), ("target", target)):
            if record is not None:
                put(duck, side, entity, record, first=row)
        find(duck, [finding(entity, outcome, row, field, reason=reason)])
    find_traits(duck, read_risks())
    rows = duck.run(
        "test",
        """SELECT coalesce(f.source_row, f.target_row), w.risk, w.severity FROM finding.found AS f
           JOIN finding.trait AS w USING (n) ORDER BY 1""",
    )
    expected = {row: rule for row, (rule, *_) in enumerate(FITS, start=1)}
    assert {row: risk for row, risk, _ in rows} == expected
    known = read_risks().by_id
    assert all(severity == known[risk].severity for _, risk, severity in rows if risk in known)


def test_no_rule_is_left_untried() -> None:
    assert {rule.id for rule in read_risks().rules} <= {rule for rule, *_ in FITS}


CHANGED = [
    ("observation", "value", "5.2", "52", "decimal", "times 10"),
    ("observation", "value", "5.2", "0.0052", "decimal", "divided 1,000"),
    ("observation", "value", "5.2", "5.3", "", "ratio 1.02"),
    ("observation", "value", "0", "10", "", None),
    ("observation", "value", "-2", "2", "sign", None),
    ("observation", "value", "-2", "20", "", None),
    ("observation", "effective", "2001", "2001-01-01", "finer", None),
    ("observation", "effective", "2001-05-04", "2001-05", "coarser", None),
    ("observation", "effective", "2001-05-04", "2001-04-05", "swapped", None),
    ("observation", "effective", "2001-05-05", "2001-05-06", "one_day", None),
    ("observation", "effective", "2001-05-05T09:00:00", "2001-05-06T09:00:00", "one_day", None),
    ("observation", "effective", "2001-05-05T09:00:00", "2001-05-05T10:00:00", "one_hour", None),
    ("observation", "effective", "2001-05-05T09:00:00", "2001-05-05T10:30:00", "clock", None),
    ("observation", "effective", "2001-05-05", "2001-01-01", "new_year", None),
    ("patient", "birth_date", "1925-03-31", "2025-03-31", "century", None),
    ("observation", "effective", "2001-05-05", "2001-05-15", "", "shift 10"),
    ("observation", "effective", "unreadable:x", "2001-05-15", "", None),
    ("observation", "text", "seen by the nurse", "seen by", "cut", "cut 7"),
    ("observation", "text", "seen by the nurse", "seen by...", "cut", "cut 7"),
    ("observation", "text", "seen", "seen by the nurse", "grown", None),
    ("observation", "text", "café", "caf\u00c3\u00a9", "garbled", None),
    ("observation", "text", "38° today", "38? today", "garbled", None),
    ("observation", "text", "Seen  today", "seen today", "spacing", None),
    ("observation", "text", "no rash", "rash", "", None),
    ("observation", "code", '["snomed|1"]', '["tpp_local|Y1"]', "local", None),
    ("observation", "code", '["emis|1","snomed|1"]', '["snomed|1"]', "fewer", None),
    ("observation", "code", '["snomed|1"]', '["ctv3|x","snomed|1"]', "more", None),
    ("observation", "code", '["snomed|1"]', '["snomed|2"]', "", None),
    ("observation", "text", None, "something", "", None),
]


def test_how_a_value_changed(duck: Duck) -> None:
    rows = [
        finding(entity, "different", row, field, (source, target))
        for row, (entity, field, source, target, *_) in enumerate(CHANGED, start=1)
    ]
    find(duck, rows)
    find_traits(duck, read_risks())
    found: list[tuple[Any, ...]] = duck.run(
        "test", "SELECT source_row, change, measure FROM finding.found ORDER BY source_row"
    )
    expected = [(row, change, measure) for row, (*_, change, measure) in enumerate(CHANGED, start=1)]
    assert found == expected
