"""What both formats need to write: identifiers made from keys, and the addresses of code systems."""

from __future__ import annotations

import uuid

from examples.family_maker.model import Patient

_NAMES = uuid.UUID("5c0a9f0e-0000-4000-8000-676f64776974")
"""Start of every identifier, so that a second run makes the same ones."""

OIDS = {"snomed": "2.16.840.1.113883.2.1.3.2.4.15", "read2": "2.16.840.1.113883.2.1.6.2"}
"""Code systems as GP2GP names them."""

ADDRESSES = {"snomed": "http://snomed.info/sct", "read2": "http://read.info/readv2"}
"""Code systems as GP Connect names them."""


def identifier(*parts: object) -> str:
    """The identifier of what these parts name, in the capitals that EMIS uses."""
    return str(uuid.uuid5(_NAMES, "/".join(map(str, parts)))).upper()


def source_id(patient: Patient, key: str) -> str:
    """The identifier of a patient's entry in the sending system."""
    return identifier(patient.number, key)


def target_id(patient: Patient, key: str) -> str:
    """The identifier of a patient's entry in the receiving system."""
    return identifier("received", patient.number, key) if patient.new_identifiers else source_id(patient, key)
