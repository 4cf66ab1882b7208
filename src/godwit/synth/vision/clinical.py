"""The record in a Vision extract: encounters, journal and referrals."""

from __future__ import annotations

from datetime import timedelta

from godwit.synth.model import Allergy, Authorisation, Issue, Observation, Problem
from godwit.synth.vision.desk import NO_TIME, Entry, Page, cell, count, day, journal, links, moment

_EPISODES = {None: "", "first": "F", "new": "N", "review": "O", "end": "O"}
_TESTS = {"value", "battery", "test"}
_CERTAINTY = {None: "", "certain": "255545003", "likely": "385433004", "possible": ""}
_SEVERITY = {None: "", "mild": "255604002", "moderate": "6736007", "severe": "24484000"}
_SESSIONS = {"Home Visit": "V"}
_PLACES = {"Main Surgery": "S", "Clinic": "C"}


def encounters(page: Page) -> None:
    """Contacts. Of their kind only letters are left."""
    out, desk, losses = page.rows["encounter"], page.desk, page.losses
    for one in page.patient.consultations:
        date, clock = moment(one.when)
        out.append(
            f"{page.patient.id},{one.id},{date},{desk.staff[one.clinician]},{_SESSIONS.get(one.type, 'G')},"
            f"{_PLACES.get(one.type, 'O')},{clock},{one.minutes},,{links(page, one)},"
            f"{desk.practice.organisation.ods},{desk.service},A\r\n"
        )
        count(page, one)
        losses["vision_contact_type"] += 1
        losses["vision_contact_place"] += bool(one.site)
        losses["vision_contact_text"] += bool(one.text)
        losses["vision_heading"] += bool(one.heading)


def entries(page: Page) -> None:
    """Coded entries; those that name a problem are the problem's row too."""
    named = {number: one for one in page.patient.problems if (number := page.problems[one.id])}
    desk = page.desk
    for one in page.patient.observations:
        value = f"NUM_RESULT,{one.comparator or ''}{one.value},{cell(one.unit)}" if one.value else ",,"
        problem = named.pop(one.id, None)
        subset = "P" if problem else "T" if desk.practice.codes[one.code - 1].kind in _TESTS else "C"
        ends = moment(problem.ends)[0] if problem else ""
        entry = Entry(
            subset, desk.codes[one.code], desk.rubrics[one.code], cell(one.text), _EPISODES[one.episode], value=value,
            ends=ends,
        )  # fmt: skip
        journal(page, one, moment(one.when), entry)
        _count_entry(page, one)
        if problem:
            _count_problem(page, problem, one)
    for number, problem in named.items():
        _lone_problem(page, problem, number)


def _count_entry(page: Page, one: Observation) -> None:
    losses = page.losses
    if one.low or one.high:
        losses["vision_range"] += 1
    if one.abnormal:
        losses["vision_abnormal"] += 1
    if one.parent is not None:
        losses["vision_parent"] += 1
    if one.laterality or one.certainty:
        losses["vision_qualifier"] += 1
    if one.negated:
        losses["vision_negation"] += 1
    if one.relative:
        losses["vision_relative"] += 1
    if one.episode in {"review", "end"}:
        losses["vision_episode"] += 1


def _count_problem(page: Page, problem: Problem, entry: Observation | None) -> None:
    losses = page.losses
    losses["vision_significance"] += 1
    losses["vision_problem_parent"] += problem.parent is not None
    losses["vision_problem_review"] += problem.last_review is not None
    losses["vision_problem_end"] += not problem.active and not moment(problem.ends)[0]
    losses["vision_precision"] += problem.ends is not None and problem.ends.precision in {"Y", "YM"}
    if entry is not None:
        losses["vision_problem_text"] += bool(problem.text)
        losses["vision_problem_own"] += (entry.code, entry.when) != (problem.code, problem.when)


def _lone_problem(page: Page, problem: Problem, number: int) -> None:
    """A problem whose entry was not kept, or already names another problem."""
    desk, own = page.desk, problem
    stand_in = Observation(
        number,
        own.when,
        own.entered,
        own.clinician,
        own.recorder,
        own.consultation,
        confidential=own.confidential,
    )
    code, rubric, ends = desk.codes[own.code], desk.rubrics[own.code], moment(own.ends)[0]
    journal(page, stand_in, moment(own.when), Entry("P", code, rubric, cell(own.text), ends=ends))
    _count_problem(page, own, None)


def allergies(page: Page) -> None:
    """Allergies, with their certainty and severity as SNOMED ids."""
    for one in page.patient.allergies:
        page.losses["vision_reaction"] += one.reaction is not None
        page.losses["vision_certainty"] += one.certainty == "possible"
        journal(page, one, moment(one.when), _allergy(page, one))


def _allergy(page: Page, one: Allergy) -> Entry:
    desk = page.desk
    return Entry(
        "L", desk.codes[one.code], desk.rubrics[one.code], cell(one.text), ends=moment(one.ends)[0],
        certainty=_CERTAINTY[one.certainty], severity=_SEVERITY[one.severity],
    )  # fmt: skip


def immunisations(page: Page) -> None:
    """Vaccinations, given or refused."""
    desk, losses = page.desk, page.losses
    for one in page.patient.immunisations:
        status = "Given" if one.given else "Refusal to start or complete course"
        about = (status, one.product, "", one.batch, one.reason, one.method, one.site)
        entry = Entry(
            "I",
            desk.codes[one.code],
            desk.rubrics[one.code],
            cell(one.text),
            vaccine=",".join(map(cell, about)),
        )
        journal(page, one, moment(one.when), entry)
        losses["vision_vaccine_details"] += bool(one.content or one.dose or one.maker or one.expires)


def medication(page: Page) -> None:
    """Repeats, and issues of repeats and acute courses; nothing links an issue to its repeat."""
    above = {one.id: one for one in page.patient.authorisations}
    issued = {one.authorisation for one in page.patient.issues}
    losses = page.losses
    for course in page.patient.authorisations:
        losses["vision_drug_details"] += bool(
            course.text or course.review or course.end_reason or course.private or course.issues_allowed
        )
        if course.kind == "acute":
            losses["vision_acute_without_issue"] += course.id not in issued
            continue
        journal(page, course, moment(course.when), _drug(page, course, "R", day(course.ends)))
        losses["vision_repeat_dispensing"] += course.kind == "repeat_dispensing"
        losses["vision_stopped_unknown"] += not course.active and course.ends is None
    for one in page.patient.issues:
        parent = above.get(one.authorisation)
        repeat = parent is not None and parent.kind != "acute"
        ends = "" if repeat else _acute_end(one, parent)
        journal(page, one, moment(one.when), _drug(page, one, "S" if repeat else "A", ends))
        losses["vision_issue_link"] += repeat
        losses["vision_issue_details"] += bool(one.text or one.method or one.days)


def _drug(page: Page, one: Authorisation | Issue, subset: str, ends: str) -> Entry:
    code, about, name = page.desk.drugs[one.drug]
    value = f"QUANTITY,{cell(one.quantity)},{cell(one.unit)}"
    return Entry(subset, code, name, cell(one.dosage), drug=about, value=value, ends=ends)


def _acute_end(one: Issue, course: Authorisation | None) -> str:
    if course is not None and course.ends:
        return day(course.ends)
    return day(one.when.at + timedelta(days=one.days)) if one.when.at else ""


def recalls(page: Page) -> None:
    """Recalls: an entry of the day it was made, whose value is the day it is due."""
    desk = page.desk
    for one in page.patient.recalls:
        value = f"REVIEW_DAT,{moment(one.when)[0]},"
        made = one.entered.isoformat()
        entry = Entry("C", desk.codes[one.code], desk.rubrics[one.code], cell(one.text), value=value)
        journal(page, one, (day(one.entered), made[11:13] + made[14:16]), entry)
        page.losses["vision_recall_status"] += 1


def documents(page: Page) -> None:
    """Letters and images by reference: the title is the text."""
    desk, losses = page.desk, page.losses
    for one in page.patient.documents:
        entry = Entry(
            "C", desk.codes[one.code], desk.rubrics[one.code], cell(one.title), document=cell(one.uid)
        )
        journal(page, one, moment(one.when), entry)
        losses["vision_document_details"] += bool(one.file_name or one.size or one.sender or one.text)


def referrals(page: Page) -> None:
    """Referrals: the file has no code, no urgency and no time of day."""
    desk, losses = page.desk, page.losses
    bodies = {one.id: one.ods for one in desk.practice.others}
    for one in page.patient.referrals:
        date, clock = moment(one.when)
        page.rows["referral"].append(
            f"{page.patient.id},{one.id},{date},{desk.staff[one.clinician]},,{cell(one.specialty)},,O,"
            f"{cell(bodies.get(one.to, ''))},,{date},{links(page, one)},{desk.service},A\r\n"
        )
        count(page, one)
        losses["vision_referral_code"] += 1
        losses["vision_referral_time"] += clock != NO_TIME
        losses["vision_referral_details"] += bool(
            one.text or one.ubrn or one.mode or one.outcome or one.urgency
        )
