"""From the entries of a file to agreements: which decisions stand, and which may not be taken."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from godwit.definitions.comparison.harm import read_harm
from godwit.records.agreed.agreement import Agreement, Approved, Proposed, Withdrawn
from godwit.records.errors import InputRefused

_TITLES = frozenset(
    {"dr", "mr", "mrs", "ms", "miss", "mx", "prof", "professor", "sir", "dame", "sister", "nurse"}
)


def agreements(entries: Iterable[Proposed | Approved | Withdrawn], name: str) -> dict[str, Agreement]:
    """Every agreement by its id, in the order of their proposals. `name` is what errors call the file.

    Raises `InputRefused` at the first decision that may not stand, naming the agreement.
    """
    found: dict[str, Agreement] = {}
    for entry in entries:
        place = f"{name}, {entry.id}"
        if isinstance(entry, Proposed):
            _require_new(entry, found, place)
            found[entry.id] = Agreement(entry)
            continue
        if entry.id not in found:
            raise InputRefused("agreed.unknown", "nothing of that id was proposed", place)
        known = found[entry.id]
        _require_undecided(known, entry, place)
        if isinstance(entry, Approved):
            _require_two(known.proposed, entry, place)
            _require_acceptable(known.proposed, entry, place)
            found[entry.id] = replace(known, approved=entry)
        else:
            found[entry.id] = replace(known, withdrawn=entry)
    return found


def _require_new(entry: Proposed, found: dict[str, Agreement], place: str) -> None:
    if entry.id in found:
        raise InputRefused("agreed.id_twice", "two proposals have this id", place)
    if entry.expires < entry.day:
        because = "the day on which it ends has gone by already; an agreement needs a day to come"
        raise InputRefused("agreed.past_expiry", because, place)


def _require_undecided(known: Agreement, entry: Approved | Withdrawn, place: str) -> None:
    if known.withdrawn:
        raise InputRefused("agreed.withdrawn", "it was withdrawn; propose it anew", place)
    if isinstance(entry, Approved) and known.approved:
        raise InputRefused("agreed.approved_already", "it is approved already", place)
    if entry.day < (known.approved or known.proposed).day:
        raise InputRefused("agreed.day_order", "it was decided before it was proposed or approved", place)


def _require_two(proposed: Proposed, approved: Approved, place: str) -> None:
    """Two people in two roles, and the second one may decide."""
    if _person(proposed.by) == _person(approved.by):
        because = "another person has to approve it than the one who proposed it"
        raise InputRefused("agreed.same_person", because, place)
    if proposed.role == approved.role:
        because = "the two people have to hold different roles"
        raise InputRefused("agreed.same_role", because, place)
    if approved.role not in read_harm().approving_roles:
        because = f"this role cannot approve; one of {', '.join(read_harm().approving_roles)} can"
        raise InputRefused("agreed.not_a_deciding_role", because, place)


def _require_acceptable(proposed: Proposed, approved: Approved, place: str) -> None:
    harm, result = read_harm(), proposed.harm.result
    if approved.proposal != proposed.fingerprint:
        because = "what was proposed is not what was approved: it was changed since; propose it anew"
        raise InputRefused("agreed.changed", because, place)
    if approved.day > proposed.expires:
        raise InputRefused("agreed.past_expiry", "the day on which it ends has gone by already", place)
    if result >= harm.never_from:
        because = f"harm of {result} out of 5 cannot be accepted; it has to be removed or made smaller"
        raise InputRefused("agreed.harm_too_great", because, place)
    graver = result >= harm.clinical_from or proposed.counted.risk in harm.clinical_risks
    if graver and not {proposed.role, approved.role} & set(harm.clinical_roles):
        because = f"harm or risk of this weight needs one of {' or '.join(harm.clinical_roles)} among the two"
        raise InputRefused("agreed.no_clinician", because, place)


def _person(name: str) -> str:
    """A name as far as it tells two people apart: without title, case and punctuation."""
    words = re.findall(r"\w+", name.casefold())
    return " ".join(word for word in words if word not in _TITLES) or name.casefold()
