"""Faults of meaning: what an entry is about, of whom, on which side, how sure, in which words."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from godwit.synth.faults.chart import Chart, Proposal, holders
from godwit.synth.faults.wholes import degrade_code
from godwit.synth.model import Code, Observation, Problem

QUALIFIED = ("emis",)
"""Shapes that can say of an entry that it is denied or only suspected, and on which side: EMIS, in qualifiers."""

FAMILY_WORDS = ("family history of ", "family history: ", "fh: ", "fh ", "fh of ")
"""How terms of the family history begin."""


ALLERGIES = "SN5"
"""Read codes that some shapes file as allergies, so that an entry with such a code becomes another kind of record."""


def code_changed(here: Chart, collection: str, item: Observation) -> Proposal | None:
    """The code of something else altogether, of the same kind."""
    if not _is_finding(here, collection, item):
        return None
    now = here.code(item)
    others = [one for one in here.practice.codes if _is_alike(one, now) and one.id != now.sibling]
    start = (now.id * 7 + item.id) % max(1, len(others))
    for other in others[start:] + others[:start]:
        if here.would_be_clear(collection, item, code=other.id):
            return _recoded(here, collection, item, other)
    return None


def code_to_sibling(here: Chart, collection: str, item: Observation) -> Proposal | None:
    """The code next to the right one; where the entry names problems, they have it too."""
    now = here.code(item)
    if now.sibling is None or not here.is_clear(collection, item):
        return None
    if not here.would_be_clear(collection, item, code=now.sibling):
        return None
    sibling = here.practice.code(now.sibling)
    made = _recoded(here, collection, item, sibling)
    for problem in (one for one in here.patient.problems if one.entry == item.id):
        if not here.is_clear("problems", problem):
            return None
        named = _recoded(here, "problems", problem, sibling)
        made = Proposal(made.edits + named.edits, made.marks + named.marks)
    return made


def code_degraded(here: Chart, collection: str, item: Observation) -> Proposal | None:
    """The code is gone and its words are left as text."""
    degraded = degrade_code(here)
    if degraded is None or not _is_finding(here, collection, item):
        return None
    if not here.would_be_clear(collection, item, code=degraded):
        return None
    words = " ".join(part for part in (here.code(item).term, item.text) if part)
    return _recoded(here, collection, item, here.practice.code(degraded), text=words)


def family_history_lost(here: Chart, collection: str, item: Observation) -> Proposal | None:
    """What a relative had is now the patient's own."""
    now = here.code(item)
    if now.kind != "family_history" or not here.is_free(collection, item):
        return None
    own = own_finding(here, now)
    if own is None or not here.would_be_clear(collection, item, code=own.id):
        return None
    return _recoded(here, collection, item, own, relative=None)


def own_finding(here: Chart, code: Code) -> Code | None:
    """The finding that a code of the family history is about; without one of that name, the first finding."""
    term = code.term.lower()
    named = next((term.removeprefix(words) for words in FAMILY_WORDS if term.startswith(words)), term)
    findings = [one for one in here.practice.codes if one.kind == "finding" and one.snomed]
    same = (one for one in findings if named in one.term.lower())
    return next(same, findings[0] if findings else None)


def negation_lost(here: Chart, collection: str, item: Any) -> Proposal | None:
    """What was said not to be so, or not to have been given, now is."""
    if not here.is_clear(collection, item):
        return None
    if collection == "immunisations":
        if item.given:
            return None
        made = here.changed(collection, item, "not_given", ("true", "false"), given=True)
        return _seen_in(made, ("emis", "tpp", "vision", "gpconnect"))
    if not item.negated:
        return None
    return _seen_in(here.changed(collection, item, "qualifiers", ("negated", None), negated=False), QUALIFIED)


def certainty_lost(here: Chart, collection: str, item: Any) -> Proposal | None:
    """What was only suspected is now said as if it were certain."""
    if item.certainty not in ("suspected", "likely", "possible") or not here.is_clear(collection, item):
        return None
    if collection == "allergies":
        after = "certain"
        made = here.changed(collection, item, "verification", (item.certainty, after), certainty=after)
        return _seen_in(made, ("emis", "vision", "gpconnect"))
    return _seen_in(
        here.changed(collection, item, "qualifiers", (item.certainty, None), certainty=None), QUALIFIED
    )


def laterality_lost(here: Chart, collection: str, item: Observation) -> Proposal | None:
    """The side of the body is not said any more."""
    if item.laterality is None or not here.is_clear(collection, item):
        return None
    return _seen_in(
        here.changed(collection, item, "qualifiers", (item.laterality, None), laterality=None), QUALIFIED
    )


def text_truncated(here: Chart, collection: str, item: Any) -> Proposal | None:
    """The end of the free text is cut off."""
    if not item.text or len(item.text) < 40 or not here.is_clear(collection, item):
        return None
    kept = item.text[: len(item.text) * 2 // 3].rstrip()
    return reworded(here, collection, item, kept)


def text_misencoded(here: Chart, collection: str, item: Any) -> Proposal | None:
    """The bytes of the text were read in the wrong alphabet, so that é became Ã©."""
    if not item.text or not here.is_clear(collection, item):
        return None
    garbled = "".join(map(_misread, item.text))
    if garbled == item.text:
        return None
    return reworded(here, collection, item, garbled)


def reworded(here: Chart, collection: str, item: Any, text: str | None) -> Proposal:
    """Other free text for an item, or none."""
    made = here.changed(collection, item, "text", (item.text, text), text=text)
    # Vision's referral file has no text.
    hidden = {"vision"} if collection == "referrals" else set()
    return _seen_in(made, tuple(shape for shape in holders(collection) if shape not in hidden))


def _misread(letter: str) -> str:
    try:
        return letter.encode("utf-8").decode("cp1252")
    except UnicodeDecodeError:  # some bytes stand for nothing in that alphabet
        return letter


def _is_finding(here: Chart, collection: str, item: Observation) -> bool:
    is_plain = item.value is None and here.code(item).kind in ("finding", "procedure")
    return is_plain and here.code(item).snomed is not None and here.is_free(collection, item)


def _is_alike(one: Code, other: Code) -> bool:
    same = one.kind == other.kind and one.id != other.id
    has_all = one.snomed and one.read2 and one.ctv3
    return same and bool(has_all) and not (one.read2 or "").startswith(ALLERGIES)


def _recoded(here: Chart, collection: str, item: Observation | Problem, to: Code, **values: Any) -> Proposal:
    shown = (here.code(item).term, to.term)
    return here.changed(collection, item, "code", shown, code=to.id, **values)


def _seen_in(made: Proposal, shapes: tuple[str, ...]) -> Proposal:
    return replace(made, marks=tuple(replace(mark, visible_in=shapes) for mark in made.marks))
