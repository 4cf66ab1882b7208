"""The documents of a move as templates: what stands in each letter, form and register, to be changed without a program.

A text holds names in braces, such as ``{practice}`` or ``{GL}``; `godwit.papers.documents` knows what they stand for.
"""

from __future__ import annotations

from functools import lru_cache
from importlib import resources
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from godwit.definitions.guide.conditions import read_conditions
from godwit.definitions.read import Definition, parse, resource

Format = Literal["docx", "pdf"]


def _titled(value: Any) -> Any:
    return {"title": value} if isinstance(value, str) else value


def _labelled(value: Any) -> Any:
    return {"label": value} if isinstance(value, str) else value


class FormColumn(Definition):
    """A column. `show` names what of a row stands in it (`tick` is a box to tick); without it people write by hand."""

    title: str
    show: str = ""
    width: float = Field(default=1.0, gt=0)


class FormTable(Definition):
    """A table: `rows` is the name of a list of the plan, or the rows themselves; `blank` adds empty rows to write in.

    `columns_of` takes the fields of an artefact (ART-19), or of the capture stream at hand, as the columns; `shows`
    and `widths` then say by field what stands in a column and how wide it is. `only` keeps rows by their values.
    """

    columns: tuple[Annotated[FormColumn, BeforeValidator(_titled)], ...] = ()
    columns_of: str = ""
    shows: dict[str, str] = Field(default_factory=dict)
    widths: dict[str, float] = Field(default_factory=dict)
    rows: str | tuple[tuple[str, ...], ...] = ()
    only: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    blank: int = Field(default=0, ge=0)
    none: str = "None."

    @model_validator(mode="after")
    def _has_columns(self) -> Self:
        if not (self.columns or self.columns_of):
            raise ValueError("a table needs columns")
        return self


class FormField(Definition):
    """A label and its value; without a value people write on `lines` lines."""

    label: str
    value: str = ""
    lines: int = Field(default=1, ge=1)


class FieldsOf(Definition):
    """A label for each field of an artefact; `values` and `lines` go by the field's name."""

    artefact: str
    only: tuple[str, ...] = ()
    values: dict[str, str] = Field(default_factory=dict)
    lines: dict[str, int] = Field(default_factory=dict)


class Each(Definition):
    """One line for each row of a list."""

    of: str
    say: str
    look: Literal["bullets", "ticks"] = "bullets"
    only: dict[str, tuple[str, ...]] = Field(default_factory=dict)


class Sign(Definition):
    """Room for the person in a role to sign."""

    role: str
    statement: str


class DocumentBlock(Definition):
    """One block: exactly one of its kinds. `applies` lists conditions of which any brings it in; none means always."""

    applies: tuple[str, ...] = ()
    heading: str | None = None
    subheading: str | None = None
    text: str | None = None
    advice: str | None = None
    warning: str | None = None
    bullets: tuple[str, ...] | None = None
    ticks: tuple[str, ...] | None = None
    each: Each | None = None
    fields: tuple[Annotated[FormField, BeforeValidator(_labelled)], ...] | None = None
    fields_of: FieldsOf | None = None
    table: FormTable | None = None
    sign: Sign | None = None
    page_break: Literal[True] | None = None

    @model_validator(mode="after")
    def _one_kind(self) -> Self:
        if len(self.kinds) != 1:
            raise ValueError(f"a block is of one kind, this one of {', '.join(self.kinds) or 'none'}")
        return self

    @property
    def kinds(self) -> tuple[str, ...]:
        """Which kinds are given; one, once it is read."""
        names = (name for name in type(self).model_fields if name != "applies")
        return tuple(name for name in names if getattr(self, name) is not None)

    @property
    def kind(self) -> str:
        """Which kind of block it is."""
        return self.kinds[0]


class DocumentTemplate(Definition):
    """One document. `each` makes one for every notice, capture stream or extract request of the plan.

    `artefacts` are those of the guide's catalogue that it holds. It names every field of theirs; `covers` says which
    words stand for a field that is not called by its own. `for_role` is who needs it most, `phase` when. `applies`
    lists conditions of which any brings it in.
    """

    slug: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")
    name: str
    title: str
    subtitle: str = "{practice}"
    artefacts: tuple[Annotated[str, Field(pattern=r"^ART-\d\d$")], ...] = ()
    covers: dict[str, str] = Field(default_factory=dict)
    formats: tuple[Format, ...] = Field(default=("docx", "pdf"), min_length=1)
    folder: str = Field(default="", pattern=r"^([a-z]+(-[a-z]+)*)?$")
    each: Literal["", "notices", "streams", "extracts"] = ""
    for_role: str
    phase: str = Field(pattern=r"^P\d\d$")
    landscape: bool = False
    large: bool = False
    for_patients: bool = False
    applies: tuple[str, ...] = ()
    source: tuple[str, ...] = ()
    blocks: tuple[DocumentBlock, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _sound(self) -> Self:
        if self.each and not self.folder:
            raise ValueError(f"{self.slug}: a document made for each {self.each} needs a folder")
        named = {*self.applies, *(one for block in self.blocks for one in block.applies)}
        strangers = sorted(named - {one.slug for one in read_conditions().conditions})
        if strangers:
            raise ValueError(f"{self.slug}: no condition is called {', '.join(strangers)}")
        return self


class DocumentFile(Definition):
    """Documents that are kept in one file because they are changed together."""

    documents: tuple[DocumentTemplate, ...] = Field(min_length=1)


class NoticeAsks(Definition):
    """What a notice asks of the party it goes to: of everybody, and of one by its slug."""

    everybody: tuple[str, ...] = Field(min_length=1)
    parties: dict[str, tuple[str, ...]]


@lru_cache(maxsize=1)
def read_documents() -> tuple[DocumentTemplate, ...]:
    """All templates, by file and place. Raises `DefinitionError`."""
    folder = resources.files(__package__).joinpath("documents")
    files = sorted((one for one in folder.iterdir() if one.name.endswith(".yaml")), key=lambda one: one.name)
    return tuple(one for file in files for one in parse(DocumentFile, file).documents)


@lru_cache(maxsize=1)
def read_notice_asks() -> NoticeAsks:
    """What notices ask for. Raises `DefinitionError`."""
    return parse(NoticeAsks, resource(__package__, "notice_asks.yaml"))
