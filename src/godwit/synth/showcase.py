"""The rare things, shown by the first patients, so that even a small or thin practice has every kind of item."""

from __future__ import annotations

from collections.abc import Callable

from godwit.synth import background, illness, immunisation, long_term, medication, paperwork
from godwit.synth.drawing import NEVER, month, year_only
from godwit.synth.life import Life
from godwit.synth.model import Consultation

SHOWN_TO = 50
"""Patients above this number show the rare things as often as real lists do."""


def _visit(life: Life) -> Consultation:
    day = life.first + int(life.draw() * (life.last + 1 - life.first))
    return life.contact(day, "Main Surgery", life.doctor(life.world.days.midnight(day).year))


def _text(number: int) -> Callable[[Life], None]:
    def show(life: Life) -> None:
        some = life.world.phrases
        life.observe(_visit(life), life.world.code["cough"]).text = (*some.awkward, *some.outside)[number]

    return show


def _signs(life: Life) -> None:
    at, code = _visit(life), life.world.code
    life.observe(at, code["knee_pain"]).laterality = "left"
    life.observe(at, code["chest_pain"]).negated = True
    life.observe(at, code["asthma"]).certainty = "suspected"
    life.observe(at, code["hypertension"]).certainty = "confirmed"


def _beyond(life: Life) -> None:
    """A value beyond the end of the laboratory's range, below one end and above the other."""
    at = _visit(life)
    for name, comparator, value in (("crp", "<", "1"), ("egfr", ">", "90")):
        entry = life.measure(at, life.world.gauges[name])
        entry.comparator, entry.value, entry.abnormal = comparator, value, False


def _vague(life: Life) -> None:
    at, code = _visit(life), life.world.code
    year = at.entered.year
    life.observe(at, code["appendicectomy"]).when = year_only(year)
    life.observe(at, code["tonsillectomy"]).when = month(year, 1)
    life.observe(at, code["chickenpox"]).when = NEVER


def _private(life: Life) -> None:
    entry = life.observe(_visit(life), life.world.code["alcohol_harmful"])
    entry.confidential = True


def _allergies(life: Life) -> None:
    for code in life.world.allergies[:2]:
        made = background.allergic(life, code)
        made.severity, made.reaction, made.certainty = "severe", life.world.code["anaphylaxis"], "certain"
    ended = background.allergic(life, life.world.code["allergy_egg"])
    ended.ends = life.world.days.when(life.last)


def _vaccines(life: Life) -> None:
    immunisation.vaccinate(life, life.world.vaccines["tetanus"], life.last, given=True, reason="Travel")
    immunisation.vaccinate(life, life.world.vaccines["typhoid"], life.last, given=False)


def _repeats(life: Life) -> None:
    entry = life.observe(_visit(life), life.world.code["epilepsy"])
    problem = life.problem(entry, active=True, major=True)
    since = max(life.first, life.last - 60)
    medication.repeat(life, life.world.catalogue.drug_ids["lamotrigine"], problem, since)
    for template in life.patient.authorisations[-1:]:
        template.kind, template.private = "repeat_dispensing", False


def _acute(life: Life) -> None:
    at = _visit(life)
    medication.acute(life, at, life.world.catalogue.drug_ids["special_cream"], private=True)


def _papers(life: Life) -> None:
    at = _visit(life)
    paperwork.refer(life, at, life.world.code["refer_cancer"])
    paperwork.document(life, life.last, "letter_discharge")
    paperwork.document(life, life.last, "image_clinical")


def _recalls(life: Life) -> None:
    paperwork.recall(life, life.world.code["recall_local"], life.last + 90)
    paperwork.recall(life, life.world.code["recall_blood"], life.last - 5)


def _alerts(life: Life) -> None:
    for kind in ("note", "child_at_risk", "adult_at_risk"):
        paperwork.alert(life, kind, life.last)


def _problems(life: Life) -> None:
    """A past problem that ended in some year, and one that grew out of another."""
    at, code = _visit(life), life.world.code
    old = life.problem(life.observe(at, code["ankle_sprain"]), active=False, major=False)
    old.ends = year_only(at.entered.year)
    main = life.problem(life.observe(at, code["copd"]), active=True, major=True)
    life.problem(life.observe(at, code["breathless"]), active=True, major=False).parent = main.id


_STATUSES: tuple[illness.Status, ...] = ("booked", "arrived", "seen", "dna", "cancelled")


def _booked(life: Life) -> None:
    since = max(life.world.first_session, life.registered)
    for status in _STATUSES:
        illness.book(life, life.world.today + 1 if status == "booked" else since, status)


def _family(life: Life) -> None:
    long_term.family_history(life, life.world.code["fh_heart"], life.last)


_SHOWN: tuple[Callable[[Life], None], ...] = (
    _signs, _beyond, _vague, _private, _allergies, _vaccines, _repeats, _acute, _papers, _recalls, _alerts, _problems,
    _booked, _family,
)  # fmt: skip


def show(life: Life, number: int) -> None:
    """Whatever this patient is to show besides the life drawn for them."""
    if number > SHOWN_TO:
        return
    _SHOWN[number % len(_SHOWN)](life)
    some = life.world.phrases
    texts = len(some.awkward) + len(some.outside)
    if number <= texts:
        _text(number - 1)(life)
