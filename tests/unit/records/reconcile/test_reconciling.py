"""Who joins and leaves a count, and by what: each reason once, and one without any."""

from datetime import date
from pathlib import Path
from typing import Any

from godwit.definitions.registers import Clusters
from godwit.records.reconcile.changes import because_of
from godwit.records.reconcile.reconciling import Reconciled, reconcile
from godwit.records.reconcile.results import Result
from tests.support.reconcile_scene import OwnFormats, Scene, opened

TODAY = date(2027, 3, 1)
LISTS = Clusters({"DM_COD": frozenset({"snomed|8"}), "DMRES_COD": frozenset({"snomed|9"})})
ADULT = {"birth_date": "1980-05-05", "sex": "female", "nhs_number": "9990000018"}
DIABETES = {"code": '["snomed|8"]', "effective": "2020-01-01", "kind": "entry"}
RESOLVED = {"code": '["snomed|9"]', "effective": "2021-01-01", "kind": "entry"}
REPEAT = {
    "type": "repeat", "status": "active", "drug": '["snomed|500"]', "drug_term": '["Warfarin 1mg tablets"]',
    "dosage": "One daily", "quantity": "28", "start": "2026-01-01",
}  # fmt: skip


def told(scene: Scene, work: Path, formats: OwnFormats | None = None) -> Reconciled:
    with opened(scene, work) as duck:
        return reconcile(duck, formats or OwnFormats(), TODAY, LISTS)


def of(done: Reconciled, measure: str) -> Result:
    return next(one for one in done.every if one.measure == measure)


def reasons(result: Result) -> list[tuple[str, str, int, int]]:
    return [(one.kind, one.because, one.leaves, one.joins) for one in result.behind]


def practice() -> Scene:
    scene = Scene()
    scene.patient(1, ADULT, ADULT)
    return scene


def without(fields: dict[str, str], **changed: str | None) -> dict[str, str | None]:
    return {**fields, **changed}


MEDICINES: list[tuple[dict[str, str | None], set[str]]] = [
    ({}, set()),
    (
        {"status": "ended"},
        {"repeats_active", "repeats_same", "patients_on_repeats", "high_risk", "high_risk_same"},
    ),
    ({"type": "acute"}, {"repeats_active", "repeats_same", "patients_on_repeats"}),
    ({"dosage": "Two daily"}, {"repeats_same", "high_risk_same"}),
    ({"drug": None}, {"repeats_same", "high_risk_same", "medicines_uncoded"}),
    ({"start": "2026-02-01"}, set()),
]
BEHIND = "SELECT who, change = 'leaves', kind, role, entity, outcome, field, reason FROM reconcile.because"
DIAGNOSES: list[tuple[str, Any, Any, str, tuple[str, str, int, int]]] = [
    ("missing", DIABETES, None, "finding", ("finding", "diagnosis missing in the target", 1, 0)),
    ("only there", None, DIABETES, "finding", ("finding", "diagnosis only in the target", 0, 1)),
    ("changed", DIABETES, without(DIABETES, code='["snomed|5"]'), "finding", ("finding", "code changed", 1, 0)),
    ("text", DIABETES, without(DIABETES, code=None), "lost", ("finding", "code became text", 1, 0)),
    ("family", DIABETES, without(DIABETES, kind="family_history"), "finding",
     ("finding", "kind of entry changed", 1, 0)),
    ("no place", DIABETES, None, "no_place", ("loss", "one format cannot hold it", 1, 0)),
    ("by rule", DIABETES, without(DIABETES, code='["ctv3|C10.."]'), "rule:mapped",
     ("rule", "written otherwise; a rule holds the two for equal", 1, 0)),
    ("silent", DIABETES, without(DIABETES, code=None), "nothing", ("unexplained", "no finding behind it", 1, 0)),
    ("beside", DIABETES, without(DIABETES, code='["snomed|5"]', performer="dr b"), "nothing",
     ("unexplained", "no finding behind it", 1, 0)),
]  # fmt: skip


def test_why_patients_join_and_leave_a_register(tmp_path: Path) -> None:
    """One patient for each way in which a diagnosis can go wrong."""
    scene = Scene()
    for person, (_, source, target, how, _) in enumerate(DIAGNOSES, start=1):
        scene.patient(person, ADULT, ADULT)
        scene.add("observation", person, source, target, how)
    with opened(scene, tmp_path) as duck:
        done = reconcile(duck, OwnFormats(), TODAY, LISTS)
        rows = duck.run("test", f"{BEHIND} WHERE measure = 'DM_REG' ORDER BY who")
    found = [(kind, because_of(kind, *rest), int(leaves), int(not leaves)) for _, leaves, kind, *rest in rows]
    assert found == [expected for *_, expected in DIAGNOSES]
    assert (of(done, "DM_REG").state, of(done, "DM_REG").unexplained) == ("failed", 2)


def test_a_finding_that_does_not_touch_the_count_explains_nothing(tmp_path: Path) -> None:
    """The clinician of the entry differs, which is a finding; that the code is gone as well, nobody noticed."""
    scene = practice()
    scene.add("observation", 1, DIABETES, without(DIABETES, code=None), "nothing")
    scene.findings.append({**scene_finding(scene), "field": "performer", "reason": "changed"})
    assert reasons(of(told(scene, tmp_path), "DM_REG")) == [("unexplained", "no finding behind it", 1, 0)]


def scene_finding(scene: Scene) -> dict[str, object]:
    pair = scene.pairs["observation"][0]
    return {
        "finding": 1,
        "cause": "x",
        "entity": "observation",
        "outcome": "different",
        "severity": "low",
        **pair,
    }


def test_a_resolved_code_that_did_not_arrive(tmp_path: Path) -> None:
    scene = practice()
    scene.both("observation", 1, **DIABETES)
    scene.add("observation", 1, RESOLVED, None)
    assert reasons(of(told(scene, tmp_path), "DM_REG")) == [
        ("finding", "resolved code missing in the target", 0, 1)
    ]


def test_a_moved_date_that_changes_which_is_latest(tmp_path: Path) -> None:
    scene = practice()
    scene.both("observation", 1, **DIABETES)
    scene.add("observation", 1, RESOLVED, without(RESOLVED, effective="2019-01-01"))
    assert reasons(of(told(scene, tmp_path), "DM_REG")) == [("finding", "date moved", 0, 1)]


def test_a_birth_date_that_changes_the_age(tmp_path: Path) -> None:
    scene = Scene()
    scene.patient(1, ADULT, without(ADULT, birth_date="2020-05-05"))
    scene.both("observation", 1, **DIABETES)
    done = told(scene, tmp_path)
    assert reasons(of(done, "DM_REG")) == [("finding", "date of birth or sex changed", 1, 0)]
    assert reasons(of(done, "capitation")) == [("finding", "date of birth or sex changed", 1, 1)]
    assert of(done, "registered").state == "passed"


def test_a_patient_on_one_side_only(tmp_path: Path) -> None:
    scene = practice()
    scene.patient(2, ADULT, None)
    scene.add("observation", 2, DIABETES, None, "patient_not_paired")
    done = told(scene, tmp_path)
    assert reasons(of(done, "DM_REG")) == [("finding", "patient is on one side only", 1, 0)]
    assert reasons(of(done, "registered")) == [("finding", "patient is on one side only", 1, 0)]


def test_who_left_the_list(tmp_path: Path) -> None:
    scene = practice()
    scene.patient(2, ADULT, ADULT, on_list=False)
    scene.add(
        "registration", 2, {"kind": "regular", "status": "active"}, {"kind": "regular", "status": "left"}
    )
    scene.both("observation", 2, **DIABETES)
    done = told(scene, tmp_path)
    assert reasons(of(done, "registered")) == [("finding", "registration changed", 1, 0)]
    assert reasons(of(done, "DM_REG")) == [("finding", "registration changed", 1, 0)]


def test_which_counts_of_medicines_a_change_fails(tmp_path: Path) -> None:
    scene = Scene()
    for person, (target, _) in enumerate(MEDICINES, start=1):
        scene.patient(person, ADULT, ADULT)
        scene.add("medication_authorisation", person, REPEAT, {**REPEAT, **target})
    with opened(scene, tmp_path) as duck:
        done = reconcile(duck, OwnFormats(), TODAY, LISTS)
        rows = duck.run("test", BEHIND.replace("SELECT who", "SELECT who, measure"))
    for person, (target, failed) in enumerate(MEDICINES, start=1):
        assert {measure for who, measure, *_ in rows if who == person} == failed, target
    assert sum(one.unexplained for one in done.every) == 0


def test_what_only_a_rule_or_people_allow_is_no_failure(tmp_path: Path) -> None:
    scene = practice()
    scene.add("medication_authorisation", 1, REPEAT, {**REPEAT, "dosage": "1 daily"}, "rule:same_dosage")
    scene.add("recall", 1, {"status": "active", "due": "2027-09-01"}, None)
    with opened(scene, tmp_path) as duck:
        duck.load("finding.agreed", {"finding": "BIGINT"}, [{"finding": 1}])
        done = reconcile(duck, OwnFormats(), TODAY, LISTS)
    assert (of(done, "repeats_same").state, of(done, "repeats_same").behind[0].kind) == ("allowed", "rule")
    assert (of(done, "recalls_to_come").state, of(done, "recalls_to_come").behind[0].kind) == (
        "allowed",
        "agreed",
    )


def test_due_today_is_due(tmp_path: Path) -> None:
    scene = practice()
    for due in ("2027-02-28", "2027-03-01T09:00:00", "2027-03-02"):
        scene.both("recall", 1, status="active", due=due)
    done = told(scene, tmp_path)
    assert (of(done, "recalls_overdue").counts.both, of(done, "recalls_to_come").counts.both) == (2, 1)


def test_a_count_that_not_both_formats_tell_is_not_made(tmp_path: Path) -> None:
    done = told(
        practice(), tmp_path, OwnFormats(frozenset({"medication_authorisation.review", "allergy.end_date"}))
    )
    assert (of(done, "reviews").state, of(done, "reviews").lacking) == ("not_told", ("review date",))
    assert of(done, "allergic").state == "nothing"  # an end is looked at only where there is one


def test_values_and_units(tmp_path: Path) -> None:
    scene = practice()
    value = {"code": '["snomed|20"]', "effective": "2020-01-01", "value": "120", "unit": "mmHg"}
    scene.both("observation", 1, **value)
    scene.add("observation", 1, value, {**value, "unit": "kPa"})
    scene.add(
        "observation",
        1,
        {**value, "code": '["snomed|21"]'},
        {**value, "code": '["snomed|21"]', "value": "12"},
    )
    done = told(scene, tmp_path)
    by_unit = {(one.code, one.unit): one for one in done.values}
    changed = {unit for (code, unit), one in by_unit.items() if one.unit_changed}
    assert changed == {"kPa"}
    assert by_unit['["snomed|21"]', "mmHg"].means[1] == 12
    assert not any(one.same or one.unexplained for one in done.values)
    assert (of(done, "units").state, of(done, "units").counts.joins) == ("failed", 1)


def test_values_that_differ_without_a_finding_are_unexplained(tmp_path: Path) -> None:
    scene = practice()
    value = {"code": '["snomed|20"]', "effective": "2020-01-01", "value": "120", "unit": "mmHg"}
    scene.add("observation", 1, value, {**value, "value": "12"}, "nothing")
    assert [one.unexplained for one in told(scene, tmp_path).values] == [True]


def test_what_became_of_local_codes(tmp_path: Path) -> None:
    scene = practice()
    fates = {
        "national": '["snomed|30"]',
        "local": '["tpp_local|Y1"]',
        "text": None,
        "degraded": '["snomed|196411000000103"]',
    }
    for name, code in fates.items():
        local = {"code": f'["emis_local|{name}"]', "effective": "2020-01-01"}
        scene.add("observation", 1, local, {**local, "code": code})
    scene.add("observation", 1, {"code": '["emis_local|lost"]', "effective": "2020-01-01"}, None)
    scene.both("observation", 1, code='["emis|1","snomed|31"]', effective="2020-01-01")
    found = {one.code: one.fate for one in told(scene, tmp_path).local_codes}
    expected = {"national": "national", "local": "local", "text": "text", "degraded": "text", "lost": "lost"}
    assert found == {f'["emis_local|{name}"]': fate for name, fate in expected.items()}


def test_traces_of_patients(tmp_path: Path) -> None:
    scene = practice()
    for person in (2, 3, 4):
        scene.patient(person, ADULT, ADULT)
    entry = {"code": '["snomed|20"]', "effective": "2020-01-01"}
    for person in (1, 2, 3, 4):
        scene.both("observation", person, **entry)
    scene.add("observation", 2, entry, None)
    scene.add("observation", 3, entry, {**entry, "effective": "2019-01-01"})
    scene.add("observation", 4, entry, None, "nothing")
    traces = told(scene, tmp_path).traces
    assert (traces.patients, traces.identical, traces.explained, traces.unexplained) == (4, 1, 2, 1)
    assert traces.share == 0.25


def test_ages_and_sexes(tmp_path: Path) -> None:
    scene = practice()
    scene.patient(2, {"birth_date": "1942-03-01", "sex": "male"}, {"birth_date": "1942-03-02", "sex": "male"})
    ages = {(one.band, one.sex): (one.source, one.target) for one in told(scene, tmp_path).ages}
    assert ages == {
        ("45 to 64", "female"): (1, 1),
        ("85 and over", "male"): (1, 0),
        ("75 to 84", "male"): (0, 1),
    }


def test_nothing_on_either_side_is_no_pass(tmp_path: Path) -> None:
    done = told(practice(), tmp_path)
    assert of(done, "DM_REG").state == "nothing"
    assert of(done, "documents").state == "nothing"
