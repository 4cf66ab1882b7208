"""The canonical model: what a record is once it has left its supplier's shape.

One `Entity` per kind of clinical or administrative record, each with its fields (plain values), its roles (links to
other records) and the keys by which two copies of it may be recognised. Every format is checked against this file
when it is imported; every table, comparison and count is generated from it. Source: format notes, section 10.
"""

from __future__ import annotations

from godwit.records.entities import administrative, clinical
from godwit.records.entity import DURING, EXTRAS, Entity, Field, Kind, Role, text

__all__ = ["DURING", "ENTITIES", "EXTRAS", "Entity", "Field", "Kind", "Role"]


CONFIDENTIALITY = text("confidentiality", "confidentiality mark")

_ALL = (
    administrative.PATIENT,
    administrative.REGISTRATION,
    administrative.CONSULTATION,
    administrative.CONSULTATION_SECTION,
    clinical.OBSERVATION,
    clinical.PROBLEM,
    clinical.ALLERGY,
    clinical.IMMUNISATION,
    clinical.MEDICATION_AUTHORISATION,
    clinical.MEDICATION_ISSUE,
    administrative.REFERRAL,
    administrative.RECALL,
    administrative.DOCUMENT,
    administrative.APPOINTMENT,
    administrative.PRACTITIONER,
    administrative.ORGANISATION,
    Entity("unclassified", "Index lists and unknown records", ()),
)

ENTITIES: dict[str, Entity] = {
    entity.name: Entity(
        entity.name,
        entity.title,
        (*entity.fields, *((CONFIDENTIALITY,) if entity.fields else ())),
        entity.roles,
        entity.keys,
    )
    for entity in _ALL
}
"""Every entity by name, in the order in which people read them. `unclassified` never holds converted records."""


def check() -> None:
    """Refuse a model whose keys name a field that does not exist (run when the module is imported)."""
    for entity in ENTITIES.values():
        for key in entity.keys:
            unknown = set(key) - {*entity.field_names, DURING}
            if unknown:
                raise LookupError(f"canonical model: {entity.name} has no field {sorted(unknown)}")


check()
