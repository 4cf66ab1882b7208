"""Requirements of the national Data Migration Standard (S26), as far as their wording was seen."""

from __future__ import annotations

from functools import lru_cache
from typing import Literal, Self

from pydantic import Field, model_validator

from godwit.definitions.guide.rows import Row, Rows
from godwit.definitions.read import Definition, parse, resource

NOT_ASSESSED = "not assessed"
"""What every page and report says of a requirement whose wording nobody here has seen."""


class Requirement(Row):
    """One requirement. An unseen one holds its id and nothing more: no text, no level, no evidence.

    `level_status` is stated where the standard's own page shows the level, presumed where it was read out of context.
    `reference` says where the wording was read; `source_date` is as exact as the source gives it.
    """

    id: str = Field(pattern=r"^DMI(\d\d|-unnumbered)$")
    also_called: tuple[str, ...] = ()
    text_status: Literal["seen", "subject_only", "unseen"]
    text_paraphrase: str | None = None
    applies_to: tuple[Literal["source", "target"], ...] = ()
    applies_note: str | None = None
    level: Literal["must", "may"] | None = None
    level_status: Literal["stated", "presumed", "unknown"] = "unknown"
    reference: str | None = None
    source_date: str | None = None
    evidence_capability: str | None = None
    evidence_query: str | None = None
    cited_by_guide: bool = False
    source: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _honest(self) -> Self:
        if self.text_status == "unseen" and self.model_fields_set - {"id", "text_status"}:
            raise ValueError(f"{self.id} is unseen, so nothing may be said of it")
        if self.text_status != "unseen" and not (self.text_paraphrase and self.reference):
            raise ValueError(f"{self.id} needs its text and where it was read")
        if (self.level is None) != (self.level_status == "unknown"):
            raise ValueError(f"{self.id} has a level and how it is known, or neither")
        return self

    @property
    def told(self) -> str:
        """The text to print: the paraphrase, or that it is not assessed."""
        return self.text_paraphrase or NOT_ASSESSED


class Heading(Definition):
    """One of the twelve headings under which a Documented Data Extract is written (DMI02)."""

    number: int
    heading: str
    asks: str


class Standard(Definition):
    """What is known of the standard itself."""

    id: str
    name: str
    versions: tuple[str, ...]
    covers: str
    leaves_out: tuple[str, ...]
    lodged: str
    nothing_to_migrate: str
    companion: str
    source: tuple[str, ...]


class DataMigrationStandard(Definition):
    """The standard, its requirements, and the headings of the extract's documentation."""

    edition: str
    standard: Standard
    requirements: Rows[Requirement]
    dde_headings: tuple[Heading, ...]

    @model_validator(mode="after")
    def _numbered(self) -> Self:
        if [one.number for one in self.dde_headings] != list(range(1, len(self.dde_headings) + 1)):
            raise ValueError("the headings are numbered from 1 without a hole")
        return self


@lru_cache(maxsize=1)
def read_dmi() -> DataMigrationStandard:
    """DMI01 to DMI27 and the one without a number. Raises `DefinitionError`."""
    return parse(DataMigrationStandard, resource(__package__, "dmi.yaml"))
