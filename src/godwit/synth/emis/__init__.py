"""A made-up practice in the shape of an EMIS Web bulk extract, layout 8.2 with free text.

What a reader may rely on, beyond the columns: GUIDs are in upper case, in braces in the Admin and Agreements files and
bare elsewhere. A problem is an Observation row and a Problem row with the same GUID, and ProblemGuid elsewhere names
it. The `Qualifiers` cell is XML: `<Qualifiers><Qualifier><Name>…</Name><Value>…</Value></Qualifier>…</Qualifiers>`
with the names of `clinical.QUALIFIERS`. A cancelled appointment has given its slot back: the patient is blank.
"""

from __future__ import annotations

from godwit.synth.emis.writer import EmisWriter
from godwit.synth.model import Practice


def make_writer(practice: Practice) -> EmisWriter:
    """A writer for this practice, without defects."""
    return EmisWriter(practice)
