"""A made-up practice in the shape of a Vision extract: six files without a header row.

What a reader may rely on, beyond the columns: a problem and the entry that names it are one journal row of subset P,
with the entry's number. LINKS are `E` and the number of an encounter, then the journal number of a problem. A quantity
or a result is VALUE1, with its sign before the number (`<2.5`). A time that is not known is 9999. Quotes stand only
where a cell needs them.
"""

from __future__ import annotations

from godwit.synth.model import Practice
from godwit.synth.vision.writer import VisionWriter


def make_writer(practice: Practice) -> VisionWriter:
    """A writer for this practice."""
    return VisionWriter(practice)
