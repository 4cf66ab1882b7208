"""What every statement of a GP2GP message is written with: whose it is, in which filing, and who did it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from godwit.synth.gp2gp.hl7 import CONFIDENTIAL, agent
from godwit.synth.messages.layout import Filing, Layout
from godwit.synth.model import Authorisation, Issue, Item, Practice


@dataclass
class Context:
    """One filing of a patient on the way into a message; `losses` counts what does not fit."""

    layout: Layout
    filing: Filing
    losses: Counter[str] = field(default_factory=Counter)

    @property
    def practice(self) -> Practice:
        """The practice whose record it is."""
        return self.layout.practice

    def id(self, item: Item, suffix: str = "") -> str:
        """The identifier of the statement of an item; where it has more than one, `suffix` tells the others apart."""
        return f'<id root="{self.layout.id("item" + suffix, item.id)}"/>'

    def pointer(self, item: Item, tag: str = "statementRef") -> str:
        """A link to a statement; to a drug it leads to the statement around the supply."""
        if isinstance(item, Authorisation | Issue):
            return f'<{tag} classCode="SBADM" moodCode="INT">{self.id(item, "/statement")}</{tag}>'
        return f'<{tag} classCode="OBS" moodCode="EVN">{self.id(item)}</{tag}>'

    def staff(self, number: int | None) -> str:
        """A pointer to a member of staff."""
        return agent(self.layout.id("staff", number) if number else None)

    def performer(self, item: Item) -> str:
        """Who did it, where that is not the one the whole filing names."""
        if item.clinician is None or item.clinician == self.filing.clinician:
            return ""
        return (
            f'<Participant typeCode="PRF" contextControlCode="OP">{self.staff(item.clinician)}</Participant>'
        )

    def mark(self, item: Item) -> str:
        """The confidentiality mark, where there is one."""
        return CONFIDENTIAL if item.confidential else ""
