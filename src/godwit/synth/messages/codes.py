"""The national codes both messages use. SNOMED CT where not said otherwise; local ideas become the degrade codes."""

from __future__ import annotations

from dataclasses import dataclass

from godwit.synth.model import Authorisation, Code, Drug, Problem

Coded = tuple[str, str]
"""A SNOMED CT code and its words."""


@dataclass(frozen=True, slots=True)
class Concept:
    """A coded idea: codes as (system, code) with the main one first, its words, and the author's words if other."""

    codes: tuple[Coded, ...]
    term: str
    words: str = ""


CONSULTATIONS: dict[str, Coded] = {
    "Telephone": ("24681000000104", "Telephone consultation"),
    "Home Visit": ("25651000000106", "Home visit note"),
}
"""Kinds of consultation by the words of the practice; every other kind is a surgery note in words of its own."""

SURGERY: Coded = ("25671000000102", "Surgery consultation note")
FILED: Coded = ("196401000000100", "Non-consultation data")
COMMENT: Coded = ("37331000000100", "Comment note")
SIDES: dict[str, Coded] = {
    "left": ("7771000", "Left"),
    "right": ("24028007", "Right"),
    "bilateral": ("51440002", "Bilateral"),
}
RELATIVES: dict[str, Coded] = {
    "mother": ("72705000", "Mother"),
    "father": ("66839005", "Father"),
    "brother": ("70924004", "Brother"),
    "sister": ("27733009", "Sister"),
}
DEGRADED: dict[str, Coded] = {
    "allergy": ("196471000000108", "Transfer-degraded non-drug allergy"),
    "referral": ("196431000000106", "Transfer-degraded referral"),
    "recall": ("196451000000104", "Transfer-degraded plan"),
    "other": ("196411000000103", "Transfer-degraded record entry"),
}
"""What stands for an idea that has only a local code, by the kind of entry; the idea itself is in the words."""

DRUG_ALLERGY: Coded = ("196461000000101", "Transfer-degraded drug allergy")
MEDICATION: Coded = ("196421000000109", "Transfer-degraded medication entry")


def concept(code: Code) -> Concept:
    """A code of the practice as a message sends it: the Read code the clinician chose, and its SNOMED CT code."""
    if code.snomed is None:
        stands_in = DRUG_ALLERGY if code.degree == "drug" else DEGRADED.get(code.kind, DEGRADED["other"])
        return snomed(stands_in, code.term)
    both = (("read2", f"{code.read2}00"),) if code.read2 else ()
    return Concept((*both, ("snomed", code.snomed)), code.term)


def drug(product: Drug) -> Concept:
    """A product: its dm+d code, or the degrade code with the name in words."""
    return (
        Concept((("snomed", product.dmd),), product.name) if product.dmd else snomed(MEDICATION, product.name)
    )


def snomed(idea: Coded, words: str = "") -> Concept:
    """A concept of one national code."""
    return Concept((("snomed", idea[0]),), idea[1], words if words != idea[1] else "")


def consultation(kind: str) -> Concept:
    """A kind of consultation, with the practice's own words for it."""
    return snomed(CONSULTATIONS.get(kind, SURGERY), kind)


def status_of(medicine: Authorisation) -> str:
    """active, stopped (a repeat somebody ended) or completed (an acute course that ran out)."""
    if medicine.active:
        return "active"
    return "stopped" if medicine.kind != "acute" and medicine.ends else "completed"


def allowed_issues(entry: Authorisation) -> int:
    """How often it may be issued: nought for a single course, once where a repeat does not say."""
    return 0 if entry.kind == "acute" else entry.issues_allowed or 1


def problem_text(problem: Problem, entry_text: str | None) -> str | None:
    """What is said about a problem: its own words or, as most have none, those of the entry that names it."""
    return problem.text or entry_text
