"""A made-up practice by hand: few words, but an item of every kind for each patient; for writers and faults."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from godwit.synth.identifiers import concept_id, description_id, nhs_number
from godwit.synth.model import (
    Address,
    Alert,
    Allergy,
    Appointment,
    Authorisation,
    Code,
    CodeKind,
    Consultation,
    Contact,
    Document,
    Drug,
    Immunisation,
    Issue,
    Observation,
    Organisation,
    Patient,
    Practice,
    Problem,
    Recall,
    Referral,
    Registration,
    Relation,
    Session,
    Site,
    Staff,
    When,
)

SNAPSHOT = datetime(2027, 3, 1, 1, 0)
ADDRESS = ("1 Mill Lane", "Ternford", "Midshire", "ZZ1 1ZZ")
CODES: tuple[tuple[str, CodeKind, str, dict[str, Any]], ...] = (
    ("Asthma", "finding", "H33..", {"sibling": 2}),
    ("Chronic obstructive pulmonary disease", "finding", "H3...", {"sibling": 1}),
    ("Pain in knee", "finding", "1M10.", {}),
    ("Blood pressure reading", "battery", "246..", {}),
    ("Systolic blood pressure", "value", "2469.", {}),
    ("Diastolic blood pressure", "value", "246A.", {}),
    ("Serum potassium level", "value", "44I4.", {}),
    ("Allergy to penicillin", "allergy", "14L1.", {"degree": "drug", "agent": "penicillin", "multilex": 71}),
    ("Allergy to peanut", "allergy", "SN582", {"degree": "other", "agent": "peanut"}),
    ("Influenza vaccination", "immunisation", "65E..", {}),
    ("Family history of asthma", "family_history", "12D2.", {}),
    ("Referral to cardiologist", "referral", "8H44.", {}),
    ("Clinical letter", "document", "9N3D.", {}),
    ("Asthma annual review", "recall", "66YJ.", {}),
    ("Knee injection", "procedure", "7K6Z.", {}),
    ("Ear syringing", "procedure", "7318.", {}),
    ("Practice note", "administration", "", {}),
    ("Rash", "finding", "M1...", {}),
)
DRUGS = ("Ramipril 5mg capsules", "Amoxicillin 500mg capsules", "Salbutamol 100micrograms/dose inhaler")


def practice() -> Practice:
    """The practice itself."""
    staff = tuple(
        Staff(
            number,
            number,
            title,
            given,
            family,
            role,
            "R0260",
            f"{number}999999",
            None,
            date(2015, 1, 1),
            None,
            given,
        )
        for number, (title, given, family, role) in enumerate(
            (
                ("Dr", "Sarah", "Adams", "GP partner"),
                ("Mr", "Zoë", "O'Brien", "Nurse"),
                ("Mrs", "Ann", "Lee", "Clerk"),
            ),
            1,
        )
    )
    organisation = Organisation(9001, "Y99991", "Mill Lane Surgery", "practice", ADDRESS, "01632 960001")
    hospital = Organisation(9002, "Y99993", "Tern & District Hospital", "hospital", ADDRESS, "01632 960002")
    site = Site(9101, "Mill Lane Surgery", "Surgery", True, ADDRESS, "01632 960001")
    starts = SNAPSHOT.replace(day=2, hour=9)
    session = Session(9201, starts, starts + timedelta(hours=3), site.id, (1,), "Morning surgery")
    codes = tuple(_code(number, *one) for number, one in enumerate(CODES, 1))
    drugs = tuple(
        Drug(number, name, concept_id(50_000 + number), number, "0101", "capsule", "capsule", "5mg")
        for number, name in enumerate(DRUGS, 1)
    )
    return Practice(7, SNAPSHOT, organisation, (hospital,), (site,), staff, codes, drugs, (session,))


def _code(number: int, term: str, kind: CodeKind, read: str, more: dict[str, Any]) -> Code:
    if not read:
        return Code(number, term, kind, None, None, None, None, local=f"LOC{number}", **more)
    ids = concept_id(10_000 + number), description_id(30_000 + number)
    return Code(number, term, kind, *ids, read, read, **more)


def patient_of(made: Practice, number: int) -> Patient:
    """A patient with an item of every kind; ids from 1,000 times the number on."""
    return _Life(made, number).patient()


class _Life:
    def __init__(self, made: Practice, number: int) -> None:
        self.practice, self.number, self.last = made, number, number * 1000
        self.day = datetime(2020, 3, 5, 9, 15) + timedelta(days=number)

    def base(self, days: int, precision: Any = "YMDT", **more: Any) -> dict[str, Any]:
        self.last += 1
        at = self.day + timedelta(days=days)
        if precision != "YMDT":
            at = datetime(at.year, at.month if precision != "Y" else 1, at.day if precision == "YMD" else 1)
        entered = self.day + timedelta(days=days, minutes=4)
        base = {
            "id": self.last,
            "when": When(precision, at),
            "entered": entered,
            "clinician": 1,
            "recorder": 3,
        }
        return base | more

    def patient(self) -> Patient:
        seen = Consultation(**self.base(0, text=None), type="Main Surgery", site=9101)
        inside = {"consultation": seen.id}
        observations, problem = self.observations(inside)
        authorisations, issues = self.medicines(inside)
        number = self.number
        return Patient(
            id=number,
            nhs_number=nhs_number(7, number),
            title="Ms",
            given="Zoë",
            middle="May",
            family=f"Smith-Jones{number}",
            previous_family=None,
            birth=date(1970, 5, 6),
            death=None,
            sex="F",
            usual_gp=1,
            registrations=[Registration(self.base(0)["id"], "regular", date(2001, 4, 2), None)],
            addresses=[Address(self.base(0)["id"], ADDRESS, date(2001, 4, 2), None)],
            contacts=[Contact(self.base(0)["id"], "mobile", "07700 900123")],
            relations=[Relation(self.base(0)["id"], "Husband", "Tom Smith", None, True, False)],
            consultations=[seen],
            observations=observations,
            problems=[problem],
            allergies=[
                Allergy(**self.base(-900, "YMD", text="Widespread rash"), code=8, severity="severe",
                        certainty="likely"),
                Allergy(**self.base(-1900, "Y"), code=9),
            ],
            immunisations=[
                Immunisation(**self.base(-400, "YMD"), code=10, product="Flu vaccine", content="Influenza", batch="AB1",
                             expires=date(2020, 6, 30), site="Left arm", method="Intramuscular", dose=1),
                Immunisation(**self.base(-30, "YMD"), code=10, given=False, reason="Declined"),
            ],
            authorisations=authorisations,
            issues=issues,
            referrals=[
                Referral(**self.base(3, text="Please see"), code=12, to=9002, specialty="Cardiology",
                         ubrn="000011112222")
            ],
            recalls=[Recall(**self.base(400, "YMD"), code=14)],
            documents=[
                Document(**self.base(20, "YMD"), code=13, title="Cardiology letter", file_name=f"{number}.pdf",
                         size=1000 + number, sha256=f"{number:064x}", uid=f"{number:032X}", sender=9002)
            ],
            alerts=[Alert(**self.base(5, text="Lives alone"))],
            appointments=[Appointment(**self.base(2500), session=9201, booked=self.day)],
        )  # fmt: skip

    def observations(self, inside: dict[str, Any]) -> tuple[list[Observation], Problem]:
        named = Observation(**self.base(0, **inside), code=1, episode="first")
        pressure = Observation(**self.base(0, **inside), code=4)
        problem = Problem(**self.base(0, "YM", **inside), code=1, entry=named.id)
        member = inside | {"parent": pressure.id}
        return [
            named,
            pressure,
            Observation(**self.base(0, **inside), code=5, value="128", unit="mmHg", parent=pressure.id),
            Observation(**self.base(0, **member), code=6, value="76", unit="mmHg"),
            Observation(**self.base(10), code=7, value="4.2", unit="mmol/L", low="3.5", high="5.3"),
            Observation(**self.base(40), code=7, value="2.5", comparator="<", unit="mmol/L", abnormal=True),
            Observation(
                **self.base(11, problem=problem.id), code=3, laterality="left", certainty="suspected"
            ),
            Observation(**self.base(12), code=18, negated=True),
            Observation(**self.base(-3000, "Y"), code=3),
            Observation(**self.base(13), code=11, relative="Mother"),
            Observation(
                **self.base(14, text="Café “au lait” coloured patch on the arm, seen again in a week"),
                code=18,
            ),
            Observation(**self.base(15, confidential=True), code=15),
            Observation(**self.base(16, "YMD", clinician=2), code=16),
        ], replace(problem, when=When("YM", datetime(1998, 4, 1)))

    def medicines(self, inside: dict[str, Any]) -> tuple[list[Authorisation], list[Issue]]:
        repeat = self.may(0, 1, "Take one capsule daily", "28", kind="repeat", issues_allowed=12, **inside)
        single = self.may(1, 3, "Two puffs when needed", "1", kind="repeat", issues_allowed=6)
        acute = self.may(2, 2, "One three times a day", "21", active=False, days=7)
        ended = {"active": False, "ends": date(2019, 1, 8), "end_reason": "Cough"}
        stopped = self.may(-700, 2, "One at night", "28", kind="repeat", **ended)
        issued = ((repeat, 0), (repeat, 28), (single, 1), (acute, 2), (stopped, -700))
        return [repeat, single, acute, stopped], [self.issue(one, days) for one, days in issued]

    def may(self, after: int, drug: int, dosage: str, quantity: str, **more: Any) -> Authorisation:
        base = self.base(after, "YMD")
        return Authorisation(**base, drug=drug, dosage=dosage, quantity=quantity, unit="capsule", **more)

    def issue(self, under: Authorisation, days: int) -> Issue:
        more: dict[str, Any] = {
            "drug": under.drug,
            "dosage": under.dosage,
            "quantity": under.quantity,
            "unit": under.unit,
        }
        return Issue(**self.base(days, "YMD"), authorisation=under.id, days=under.days, **more)
