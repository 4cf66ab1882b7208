"""What every statement of a GP2GP message is written with: its identifier, its time, and pointers to the others."""

from __future__ import annotations

from dataclasses import dataclass

from examples.family_maker.hl7 import Element, act, agent, element
from examples.family_maker.model import Composition, Entry, Patient, Supply
from examples.family_maker.writing import source_id


@dataclass(frozen=True, slots=True)
class Context:
    """One composition of a patient; `entries` are all of the patient's by key."""

    patient: Patient
    entries: dict[str, Entry]
    composition: Composition

    def id(self, *key: str) -> Element:
        """The identifier of a statement."""
        return element("id", root=source_id(self.patient, "/".join(key)))

    def pointer(self, key: str, tag: str = "statementRef") -> Element:
        """A link to a statement; to a drug it leads to the statement around the supply."""
        if isinstance(self.entries[key], Supply):
            return act(tag, "SBADM", "INT", self.id(key, "statement"))
        return act(tag, "OBS", "EVN", self.id(key))


def times(when: str) -> tuple[Element, Element]:
    """The time of a statement, where EMIS puts it."""
    return element("effectiveTime", element("center", nullFlavor="NI")), element(
        "availabilityTime", value=when
    )


def performer(entry: Entry) -> Element | None:
    """Who did it, where that is not the one who held the consultation."""
    if not entry.by:
        return None
    return element("Participant", agent(entry.by), typeCode="PRF", contextControlCode="OP")


def status(code: str = "COMPLETE") -> Element:
    """The status of a statement."""
    return element("statusCode", code=code)
