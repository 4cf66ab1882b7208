"""What is sent, filed and called back for: referrals, documents, recalls, alerts, and what is filed with them."""

from __future__ import annotations

from datetime import timedelta
from hashlib import sha256
from typing import Literal

from godwit.synth.drawing import on, one_of
from godwit.synth.life import Life
from godwit.synth.model import Alert, Consultation, Document, Problem, Recall, Referral

_URGENCIES: tuple[Literal["Routine", "Urgent", "Soon"], ...] = (
    "Routine",
    "Routine",
    "Routine",
    "Urgent",
    "Soon",
)
_MODES = ("NHS e-Referral", "NHS e-Referral", "Written", "Telephone")
_MIMES = (("pdf", "application/pdf"), ("pdf", "application/pdf"), ("tif", "image/tiff"), ("rtf", "text/rtf"))
_LETTERS = ("letter_outpatient", "letter_outpatient", "letter_discharge", "letter_emergency", "letter_out_of_hours",
            "report_radiology", "report_screening", "letter_patient", "form_consent", "letter_referral")  # fmt: skip
_FAST, _MOST_REPLIES, _REPLY_AFTER = "refer_cancer", 3, 20


def refer(life: Life, at: Consultation, code: int, problem: int | None = None) -> Referral:
    """A referral made in a contact, and the letters that come back."""
    draw, world = life.draw, life.world
    name = world.practice.code(code).term
    specialty = _specialty(life, code)
    made = Referral(
        life.take(), at.when, at.entered, at.clinician, at.recorder, at.id, problem, life.text(0.6), at.confidential,
        code, one_of(world.specialties[specialty], draw), specialty,
        "2 Week Wait" if code == world.code[_FAST] else one_of(_URGENCIES, draw), one_of(_MODES, draw),
        f"{int(draw() * 10**12):012}" if draw() < 0.7 else None,
        one_of(("Discharged", "Follow-up arranged"), draw) if draw() < 0.3 else None,
    )  # fmt: skip
    life.patient.referrals.append(made)
    if draw() < 0.5:
        document(life, at.entered.toordinal(), "letter_referral", name, None, at.id)
    for _ in range(int(draw() * _MOST_REPLIES)):
        day = at.entered.toordinal() + _REPLY_AFTER + int(draw() * 200)
        if day <= life.last:
            document(life, day, "letter_outpatient", name, made.to)
    return made


def _specialty(life: Life, code: int) -> str:
    found = life.world.referral_names.get(code, "cardiology")
    return found if found in life.world.specialties else "cardiology"


def document(
    life: Life,
    day: int,
    kind: str,
    title: str | None = None,
    sender: int | None = None,
    consultation: int | None = None,
) -> Document:
    """A document filed on a day, by reference; the file itself is elsewhere."""
    draw, world = life.draw, life.world
    at = world.days.midnight(day) + timedelta(minutes=490 + int(draw() * 560))
    number = life.take()
    ending, mime = ("jpg", "image/jpeg") if kind == "image_clinical" else one_of(_MIMES, draw)
    digest = sha256(f"{world.practice.seed}/{number}".encode()).hexdigest()
    clerk = life.office(at.year)
    made = Document(
        number, world.days.when(day - int(draw() * 6) if day - 6 > life.first else day), at,
        life.doctor(at.year) if draw() < 0.8 else clerk, clerk, consultation, None,
        life.text(0.12), draw() < 0.004, world.code[kind], title or one_of(world.phrases.titles, draw),
        f"{ending}-{number}.{ending}", mime, 9_000 + int(draw() * 900_000), digest, _guid(digest),
        sender or (None if kind in _OWN else one_of(world.practice.others, draw).id), kind not in _OWN,
    )  # fmt: skip
    life.patient.documents.append(made)
    return made


def _guid(digest: str) -> str:
    """An identifier of the usual five groups, in small letters."""
    return f"{digest[:8]}-{digest[8:12]}-{digest[12:16]}-{digest[16:20]}-{digest[20:32]}"


_OWN = ("letter_referral", "form_consent", "image_clinical")
"""Documents that the practice makes itself: nobody sent them."""


def letter(life: Life, day: int) -> None:
    """Some letter that arrives, and often a coded line about it."""
    made = document(life, day, one_of(_LETTERS, life.draw))
    if life.draw() < 0.5:
        at = life.contact_at(made.entered, "Administration", made.recorder or life.office(made.entered.year))
        made.consultation = at.id
        life.observe(
            at, life.world.code[one_of(("result_normal", "result_discuss", "patient_called"), life.draw)]
        )


def recall(life: Life, code: int, due: int, problem: Problem | None = None) -> None:
    """A diary entry due on a day: those of the past are complete or lapsed, those to come are active."""
    draw, world = life.draw, life.world
    written = max(life.first, min(due - 365, life.last))
    entered = world.days.midnight(written) + timedelta(minutes=540 + int(draw() * 480))
    ahead = due > life.last
    complete = not ahead and draw() < 0.75
    who = life.nurse(entered.year)
    life.patient.recalls.append(
        Recall(
            life.take(), world.days.when(due), entered, who, who, None, None if problem is None else problem.id,
            life.text(0.2), False, code, ahead or (not complete and draw() < 0.4), complete,
        )
    )  # fmt: skip


def alert(life: Life, kind: Literal["note", "child_at_risk", "adult_at_risk"], day: int) -> None:
    """A warning on the record; at-risk registers also leave a coded entry."""
    draw, world = life.draw, life.world
    entered = world.days.midnight(day) + timedelta(minutes=600 + int(draw() * 400))
    doctor = life.doctor(entered.year)
    ends = on(day + 30 + int(draw() * 700))
    over = draw() < 0.35 and ends < world.practice.snapshot.date()
    note = one_of(world.phrases.alerts, draw)
    life.patient.alerts.append(
        Alert(life.take(), world.days.when(day), entered, doctor, doctor, None, None, note, False, kind,
              ends if over else None)
    )  # fmt: skip
    if kind != "note":
        at = life.contact_at(entered, "Administration", doctor)
        life.observe(at, world.code["child_protection" if kind == "child_at_risk" else "adult_safeguarding"])
