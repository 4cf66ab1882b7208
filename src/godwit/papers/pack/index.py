"""`pack.json`: what is in a pack, what lies beside it, and the seal that the statement prints on its pages.

The seal is over all of the index but the statement's own files, which repeat it; signatures are over every byte.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any, Final, Literal

from pydantic import Field, ValidationError

from godwit.definitions.read import Definition
from godwit.records.errors import RunTampered
from godwit.records.evidence.seal import exact_json

INDEX: Final = "pack.json"
HTML, PDF = "statement.html", "statement.pdf"
STATEMENTS: Final = (HTML, PDF)
RUN_FILES: Final = ("manifest.json", "report.html", "summary.json")
"""Files of a run that hold no patient data; only these travel in a pack."""

Hash = Field(pattern=r"^[0-9a-f]{64}$")
Name = Field(pattern=r"^[\w.-]{1,200}$")
"""What is shown on a terminal: letters, digits and a few signs, so that a name can do nothing there."""


class Held(Definition):
    """A file by its size in bytes and its SHA-256."""

    bytes: int = Field(ge=0)
    sha256: str = Hash


class SealedRun(Definition):
    """A run that the pack stands on."""

    run: str = Name
    kind: str = Name
    seal: str = Hash
    godwit_version: str = Name
    started_at: str
    ended_at: str


class PrivatePart(Definition):
    """What is not in the pack because it holds patient data: who answers for it, and each file by its hash.

    `package` is the zip of these files that was made with the pack, where one was.
    """

    owner: str
    keep_until: str
    files: dict[str, str]
    package: Held | None = None


class Beside(Definition):
    """A file of the practice's own that the statement speaks of and the pack does not hold."""

    name: str
    sha256: str = Hash


class GateState(Definition):
    """A gate of the plan when the pack was made."""

    id: str
    name: str
    open: bool
    missing: int = Field(ge=0)


class PlanFacts(Definition):
    """What the statement says of the plan; the plan itself is not in the pack."""

    practice: str
    go_live: str
    edition: str
    gates: tuple[GateState, ...]
    file: Beside


class UsedDefinition(Definition):
    """A definition that the statement was made with."""

    name: str
    edition: str
    sha256: str = Hash


class Index(Definition):
    """All of `pack.json`. `maker` is the fingerprint of the key that signed it whole; null for an unsigned pack."""

    contract: Literal[1] = 1
    pack: str = Name
    godwit_version: str = Name
    made_at: str
    run: SealedRun
    listing: SealedRun | None = None
    plan: PlanFacts | None = None
    agreed: Beside | None = None
    definitions: tuple[UsedDefinition, ...]
    evidence: dict[str, Held]
    private: PrivatePart
    maker: str | None = Field(default=None, pattern=r"^[0-9a-f]{64}$")
    seal: str = ""
    statement: dict[str, Held] = Field(default_factory=dict)

    def sealed(self) -> Index:
        """The same with its seal."""
        return self.model_copy(update={"seal": _seal(self)})

    def exact(self) -> bytes:
        """The bytes of `pack.json`: what is signed."""
        return exact_json(self.model_dump(mode="json")).encode("utf-8")


def held(data: bytes) -> Held:
    """A file as the index lists it."""
    return Held(bytes=len(data), sha256=hashlib.sha256(data).hexdigest())


def _seal(index: Index) -> str:
    facts = index.model_dump(mode="json", exclude={"seal", "statement"})
    return hashlib.sha256(exact_json(facts).encode("utf-8")).hexdigest()


def read_index(data: bytes) -> Index:
    """The index, whose text must be exactly what packing writes and whose seal must fit. Raises `RunTampered`."""
    try:
        facts: Any = json.loads(data.decode("utf-8"))
        index = Index.model_validate(facts)
        same = index.exact() == data
    except (ValueError, RecursionError, ValidationError):
        raise RunTampered("pack.index", "the list of what is in the pack cannot be read", INDEX) from None
    if not same:
        raise RunTampered("pack.index", "the list of what is in the pack is not as it was written", INDEX)
    if index.seal != _seal(index):
        raise RunTampered(
            "pack.seal", "the list of what is in the pack is not the one that was sealed", INDEX
        )
    return index
