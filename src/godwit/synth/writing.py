"""What a writer of one supplier's shape must offer, and what it hands back for each patient."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from godwit.synth.model import Patient


@dataclass(slots=True)
class Written:
    """One patient in a supplier's shape: text to append by file name, and how often each loss was suffered."""

    parts: dict[str, str] = field(default_factory=dict)
    losses: Counter[str] = field(default_factory=Counter)

    def add(self, file: str, text: str) -> None:
        """Append `text` (whole lines, or a whole document) to `file`."""
        self.parts[file] = self.parts.get(file, "") + text


class Writer(Protocol):
    """Writes one practice in the shape of one supplier. Made once for a practice; cheap to make, and picklable."""

    @property
    def system(self) -> str:
        """Short name: emis, tpp, vision, gp2gp or gpconnect."""

    @property
    def encoding(self) -> str:
        """How the files' text becomes bytes: utf-8 or cp1252."""

    @property
    def losses(self) -> Mapping[str, str]:
        """Everything this shape cannot hold: loss id -> title in plain words."""

    def openings(self) -> Mapping[str, str]:
        """Every file that is there even for an empty practice -> its opening text: the header, or all of a reference
        file (staff, codes, organisations, sessions, manifest)."""

    def patient(self, patient: Patient) -> Written:
        """Everything about one patient."""
