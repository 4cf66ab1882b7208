"""Every list that a template may name, with the names that its rows have."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from godwit.definitions.guide.guide import Guide
from godwit.papers.documents import rows_of_cutover, rows_of_people, rows_of_plan
from godwit.papers.documents.desk import Desk
from godwit.papers.documents.rows_of_plan import Row


@dataclass(frozen=True, slots=True)
class Listing:
    """A list of the plan: `names` are what each of its rows holds."""

    rows: Callable[[Desk], Iterator[Row]]
    names: tuple[str, ...]


def _listing(rows: Callable[[Desk], Iterator[Row]], names: str) -> Listing:
    return Listing(rows, tuple(names.split()))


_NOTICE: Final = "id slug party kind product contact tell_by first second off on period because who_tells"

LISTS: Final[Mapping[str, Listing]] = {
    "milestones": _listing(rows_of_plan.milestones, "id name phase date status because"),
    "key_dates": _listing(rows_of_plan.key_dates, "id name date"),
    "tasks": _listing(rows_of_plan.tasks, "id phase name about who start date evidence status critical"),
    "weeks": _listing(rows_of_plan.weeks, "week milestones count"),
    "gates": _listing(rows_of_plan.gates, "id name question state missing signed_by"),
    "needs": _listing(rows_of_plan.needs, "gate need due"),
    "readiness": _listing(rows_of_plan.readiness, "gate question edition"),
    "risks": _listing(rows_of_plan.risks, "id risk result because mitigation gate"),
    "hazards": _listing(rows_of_plan.hazards, "id hazard control kinds status"),
    "limits": _listing(rows_of_plan.limits, "id name limit due state bound"),
    "windows": _listing(rows_of_plan.windows, "name starts ends"),
    "contacts": _listing(rows_of_people.contacts, "slug role name contact side tasks responsibility"),
    "raci": _listing(
        rows_of_people.raci,
        "phase practice_manager practice_staff lead_gp clinicians project_manager commissioner delivery_partner "
        "it_lead new_supplier current_supplier third_party_suppliers pcse_and_senders trainers",
    ),
    "notices": _listing(rows_of_people.notices, _NOTICE),
    "parties": _listing(rows_of_people.parties, "id slug party kind product contact notice off on who_tells"),
    "extracts": _listing(rows_of_people.extracts, _NOTICE),
    "asks": _listing(rows_of_people.asks, "ask"),
    "steps": _listing(rows_of_people.steps, "party when what"),
    "streams": _listing(
        rows_of_cutover.streams,
        "id stream how planned owner starts ends re_entered re_entered_by fields",
    ),
    "stream_needs": _listing(rows_of_cutover.stream_needs, "need"),
    "log_fields": _listing(rows_of_cutover.log_fields, "name about"),
    "reentry": _listing(rows_of_cutover.reentry, "place item owner method why streams due"),
    "reentry_needs": _listing(rows_of_cutover.reentry_needs, "need"),
    "cleaning": _listing(rows_of_cutover.cleaning, "id check due"),
    "comparison": _listing(rows_of_cutover.comparison, "id check due"),
    "live_checks": _listing(rows_of_cutover.live_checks, "id check due"),
    "criteria": _listing(rows_of_cutover.criteria, "number criterion"),
    "data_kinds": _listing(rows_of_cutover.data_kinds, "id kind guide check handling"),
    "measures": _listing(rows_of_cutover.measures, "id measure"),
}

ONLY_FOR: Final[Mapping[str, tuple[str, ...]]] = {"asks": ("notices",)}
"""Lists that need a notice at hand."""


def field_names(guide: Guide, of: str) -> tuple[str, ...]:
    """The fields of an artefact, by its id. Raises `KeyError`."""
    return tuple(one.name for one in {one.id: one for one in guide.artefacts}[of].fields)
