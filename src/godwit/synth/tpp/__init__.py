"""A made-up practice in the shape of a SystmOne strategic reporting extract, version 93, with the free-text extract.

What a reader may rely on, beyond the columns: words of ContactMethod, AddressType, ContactType, RelationshipType,
RecallStatus and VaccPart, Method and Location of vaccinations are row numbers of SRMapping; RecallType and
ContactEventLocation (the place) are row numbers of SRConfiguredListOption; a word that no list has stands itself.
ContactMethod is the type of contact. DrugStatus is the supplier's number (0 normal, 4 historical, 6 private, 8 repeat
dispensed). A quantity is number and unit ("28 tablet"). The free text of any row is in SRFreeText.
"""

from __future__ import annotations

from godwit.synth.model import Practice
from godwit.synth.tpp.writer import TppWriter


def make_writer(practice: Practice) -> TppWriter:
    """A writer for this practice."""
    return TppWriter(practice)
