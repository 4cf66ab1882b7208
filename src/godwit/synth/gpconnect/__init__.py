"""A made-up record as GP Connect Access Record Structured tells it: one FHIR STU3 bundle for each patient.

Facts from format notes 6.7; shares no code with the reader of that format.
"""

from __future__ import annotations

from godwit.synth.gpconnect.writer import GpConnectWriter
from godwit.synth.model import Practice
from godwit.synth.writing import Writer


def make_writer(practice: Practice) -> Writer:
    """The writer of a practice."""
    return GpConnectWriter(practice)
