"""The words of a cause: ours and the definitions' only. No value of any record, except codes and units that enough
patients have."""

from __future__ import annotations

import json

from godwit.records.canonical import ENTITIES
from godwit.records.compare.cause_shares import Shared

CHANGES = {
    "lost": "no longer there",
    "gained": "there only in the target",
    "degraded": "carried over only as “could not be coded”",
    "changed": "changed",
    "patient_not_paired": "of patients who are not on the other side",
    "no_counterpart": "",
    "no_place": "because the other format has no place for them",
    "house_keeping": "that a system made for its own house-keeping",
    "duplicate": "a second time",
    "duplicate_collapsed": "because two that are the same became one",
    "moved": "",
}
"""What became of a field or record, by the reason of a finding."""

KINDS_OF_CHANGE = {
    "decimal": "decimal point moved",
    "sign": "plus and minus swapped",
    "finer": "more exact than in the source",
    "coarser": "less exact than in the source",
    "swapped": "day and month swapped",
    "new_year": "moved to 1 January",
    "century": "moved by a hundred years",
    "one_day": "moved by one day",
    "one_hour": "moved by one hour",
    "clock": "another time on the same day",
    "spacing": "only blanks and capital letters differ",
    "cut": "cut short",
    "grown": "words added at its end",
    "garbled": "letters spoilt",
    "local": "only a local code in the target",
    "fewer": "fewer codes",
    "more": "more codes",
}
"""How a value changed, where that can be told."""

_PRIVATE = "(see the private page)"

_TRAITS = {
    "code": "of one code",
    "unit": "of one unit",
    "staff": f"entered by one member of staff {_PRIVATE}",
    "site": f"from one site {_PRIVATE}",
    "day": f"entered on one day {_PRIVATE}",
    "month": f"entered in one month {_PRIVATE}",
    "kind": "from one table of the extract",
    "file": "from one file",
    "person": f"of one patient {_PRIVATE}",
    "turn": f"the same change each time {_PRIVATE}",
}

_PRIVATELY = {
    "code": "Code", "unit": "Unit", "staff": "Entered by", "site": "Site", "day": "Entered on",
    "month": "Entered in", "kind": "Table", "file": "File number", "person": "Patient number", "turn": "Change",
}  # fmt: skip

_SYSTEMS = {"snomed": "SNOMED CT", "read2": "Read", "ctv3": "CTV3"}


def title_of(entity: str, field: str | None, outcome: str, reason: str, change: str = "") -> str:
    """`Allergies: code changed`, `Problems missing in the target`: words of ours only."""
    if reason == "moved":
        return "Records that stand in another patient's record"
    if reason == "patient_not_paired" and entity == "patient":
        return f"Whole patients {_where(outcome)}, with everything in their records"
    model = ENTITIES[entity]
    if outcome == "different":
        how = KINDS_OF_CHANGE.get(change) or CHANGES.get(reason, reason)
        return f"{model.title}: {model.title_of(field or '')} {how}" if not change else (
            f"{model.title}: {model.title_of(field or '')}, {how}"
        )  # fmt: skip
    if reason.startswith("kind_changed_"):
        other = ENTITIES[reason.removeprefix("kind_changed_")].title.lower()
        side = "target has" if outcome == "missing" else "source has"
        return f"{model.title} {_where(outcome)}: the {side} them under {other}"
    return " ".join(part for part in (model.title, _where(outcome), CHANGES.get(reason, "")) if part)


def pattern(shared: Shared, openly: bool, term: str | None = None) -> str:
    """What all findings of a cause share, as far as it may be said in the open."""
    if shared.trait == "measure":
        return measured(shared.value)
    if openly and shared.trait == "code":
        return f"of code {code_words(shared.value, term)}"
    if openly and shared.trait == "unit":
        return f"of unit {shared.value}"
    if openly and shared.trait == "turn":
        source, target = json.loads(shared.value)
        return f"from {_plain(source)} to {_plain(target)}"
    if shared.trait == "kind":
        return f"from table {shared.value}"
    words = _TRAITS[shared.trait]
    return f"{words} {_PRIVATE}" if shared.trait in ("code", "unit") else words


def shared_words(words: str, trait: str) -> str:
    """A pattern as a phrase of its own: `all of unit mmol/L`, `10 times as large in the target each time`."""
    if trait == "measure":
        return f"{words} each time"
    return (
        f"{words} each time"
        if trait == "turn" and words.startswith("from ")
        else (words if trait == "turn" else f"all {words}")
    )


def private_pattern(shared: Shared, openly: bool) -> str | None:
    """The same with its value, for the private page; None where the open words say it already."""
    if "private page" not in pattern(shared, openly):
        return None
    value = shared.value
    if shared.trait == "turn":
        value = " → ".join(_plain(one) for one in json.loads(value))
    elif shared.trait == "code":
        value = code_words(value, None)
    return f"{_PRIVATELY[shared.trait]}: {value}"


def measured(value: str) -> str:
    """A change that is the same each time, in words: `10 times as large`, `cut after 255 characters`."""
    kind, _, figure = value.partition(" ")
    if kind == "times":
        return f"{figure} times as large in the target"
    if kind == "divided":
        return f"{figure} times as small in the target"
    if kind == "cut":
        return f"cut after {figure} characters"
    if kind == "shift":
        days = int(figure)
        return f"{abs(days):,} days {'later' if days > 0 else 'earlier'} in the target"
    return f"about {float(figure):g} times the source's number"


def code_words(codes: str, term: str | None) -> str:
    """`SNOMED CT 44054006, Type 2 diabetes mellitus`: the best known code of a list, and its term."""
    listed = [str(one).partition("|") for one in json.loads(codes)] if codes.startswith("[") else []
    if not listed:
        return codes
    best = next((one for one in listed if one[0] == "snomed"), listed[0])
    return ", ".join(part for part in (f"{_SYSTEMS.get(best[0], best[0])} {best[2]}", term) if part)


def _where(outcome: str) -> str:
    return "missing in the target" if outcome == "missing" else "only in the target"


def _plain(value: str) -> str:
    return code_words(value, None) if value.startswith("[") else value
