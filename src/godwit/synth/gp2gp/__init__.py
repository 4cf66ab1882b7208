"""A made-up record as GP2GP sends it: one RCMR_IN030000UK07 message for each patient, laid out as EMIS does.

Facts from format notes 6.1 to 6.3 and the public message schemas; shares no code with the reader of that format.
"""

from __future__ import annotations

from godwit.synth.gp2gp.writer import Gp2gpWriter
from godwit.synth.model import Practice
from godwit.synth.writing import Writer


def make_writer(practice: Practice) -> Writer:
    """The writer of a practice."""
    return Gp2gpWriter(practice)
