"""A format as data: which kinds of record it has, and where in each the canonical fields are.

`mapping.yaml` beside a reader lists, per kind of record, the entity it becomes, a converter and path for every field,
a path for every link, sub-records counted as records of their own (`parts`), and what is not content (`ignore`, each
with its reason). Everything else a record holds goes to its extras: nothing read is lost.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from importlib.resources.abc import Traversable

from pydantic import Field, model_validator

from godwit.definitions.read import Definition, parse
from godwit.records.canonical import ENTITIES
from godwit.records.errors import ValueUnreadable
from godwit.records.formats.converters import COMMON, Converted, Converter, Nodes, Picked, Setting, remaining
from godwit.records.formats.tree import Address, Tree, select
from godwit.records.formats.tree import parse as parse_path
from godwit.records.model import Issue, Link, Place, Reject, Row


class FieldSource(Definition):
    """Where one field comes from: the converter's name, the path, and a value map for choices."""

    by: str
    at: str
    values: dict[str, str] = Field(default_factory=dict)

    @model_validator(mode="before")
    @classmethod
    def _short_form(cls, given: object) -> object:
        """`{moment: effectiveDateTime}` is the short form of `{by: moment, at: effectiveDateTime}`."""
        if isinstance(given, dict) and "by" not in given:
            converters = [key for key in given if key != "values"]
            if len(converters) == 1:
                return {"by": converters[0], "at": given[converters[0]], "values": given.get("values", {})}
        return given


class KindMapping(Definition):
    """How one kind of record becomes a row of `entity`."""

    entity: str
    fields: dict[str, FieldSource] = Field(default_factory=dict)
    constants: dict[str, str] = Field(default_factory=dict)
    links: dict[str, str] = Field(default_factory=dict)
    parts: dict[str, str] = Field(default_factory=dict)
    ignore: dict[str, str] = Field(default_factory=dict)


class FormatMapping(Definition):
    """A whole format: its kinds of record, what no kind counts as content, the reasons for setting aside.

    `labels` are keys that only name what stands beside them (the address of an extension): they are content exactly
    when what they name was not picked. `common` fields are mapped alike for every kind;
    `by_reader` names fields that the reader fills itself. Fields of the model that no
    kind maps are the ones this format has no place for.
    """

    edition: str
    system: str
    title: str
    kinds: dict[str, KindMapping]
    ignore: dict[str, str] = Field(default_factory=dict)
    labels: tuple[str, ...] = ()
    common: dict[str, FieldSource] = Field(default_factory=dict)
    reasons: dict[str, str]
    lists: dict[str, dict[str, str]] = Field(default_factory=dict)
    by_reader: dict[str, tuple[str, ...]] = Field(default_factory=dict)

    def fills(self, entity: str) -> frozenset[str]:
        """Names of the fields and roles of `entity` that some kind of record of this format can fill."""
        found: set[str] = set(self.by_reader.get(entity, ()))
        for kind in self.kinds.values():
            if kind.entity == entity:
                found |= {*_filled_by({**self.common, **kind.fields}), *kind.constants, *kind.links}
        return frozenset(found)


def load(source: Traversable, converters: Mapping[str, Converter]) -> FormatMapping:
    """Read a mapping and check it against the canonical model and the converters.

    Raises `DefinitionError` for a file that is not a mapping and `LookupError` for a name the model does not have
    or a path that is none.
    """
    mapping = parse(FormatMapping, source)
    for name, fields in mapping.by_reader.items():
        _refuse(f"{mapping.system}: by_reader", _unknown_names(name, fields))
    for name, kind in mapping.kinds.items():
        where = f"{mapping.system}: {name}"
        sources = {**mapping.common, **kind.fields}
        unknown = _unknown_names(kind.entity, [*_filled_by(sources), *kind.constants], kind.links)
        unknown |= {one.by for one in sources.values()} - set(converters)
        unknown |= set(kind.parts.values()) - set(mapping.kinds)
        _refuse(where, unknown)
        _check_paths(where, [*(one.at for one in sources.values()), *kind.links.values(), *kind.parts])
        _check_paths(where, [*kind.ignore, *mapping.ignore])
    return mapping


def _filled_by(sources: Mapping[str, FieldSource]) -> set[str]:
    """Names of the fields that sources fill: a concept fills three."""
    concepts = [name for name, source in sources.items() if source.by == "concept"]
    return {*sources, *(f"{name}_{part}" for name in concepts for part in ("term", "text"))}


def _unknown_names(name: str, fields: Iterable[str], roles: Iterable[str] = ()) -> set[str]:
    """What the canonical model does not have of an entity, its fields and its roles."""
    entity = ENTITIES.get(name)
    if entity is None:
        return {name}
    return (set(fields) - set(entity.field_names)) | (set(roles) - set(entity.role_names))


def _refuse(where: str, unknown: set[str]) -> None:
    if unknown:
        raise LookupError(f"{where}: the model has no {sorted(unknown)}")


def _check_paths(where: str, paths: Iterable[str]) -> None:
    for path in paths:
        try:
            parse_path(path)
        except ValueError:
            raise LookupError(f"{where}: not a path: {path}") from None


LinkReader = Callable[[Nodes], tuple[list[tuple[str | None, str | None]], list[Address]]]
"""Picked nodes -> (key of the record pointed at, words instead of a key) for each, and the addresses used."""


@dataclass(frozen=True, slots=True)
class Identity:
    """What a reader knows of a record before its fields: its place, keys and the patient it belongs to."""

    place: Place
    key: str | None
    source_id: str | None
    patient: str | None


class Mapper:
    """Turns record trees of one format into rows by its mapping."""

    def __init__(
        self,
        mapping: FormatMapping,
        converters: Mapping[str, Converter],
        setting: Setting,
        link: LinkReader,
    ) -> None:
        self.mapping = mapping
        self._converters = {**COMMON, **converters}
        self._setting = setting
        self._link = link

    def row(self, kind: str, tree: Tree, identity: Identity) -> tuple[Row | Reject, list[Issue]]:
        """The row for a record, or its rejection where a value has the wrong shape."""
        one = self.mapping.kinds[kind]
        try:
            made, links = self._convert(one, tree)
        except ValueUnreadable as refused:
            return Reject(identity.place, one.entity, refused.rule, refused.path, identity.key), []
        used = [*made.used, *self._ignored(one, tree)]
        row = Row(
            identity.place,
            one.entity,
            identity.key,
            identity.source_id,
            {**one.constants, **made.values},
            tuple(links),
            made.original,
            remaining(tree, used, self.mapping.labels),
            identity.patient,
        )
        return row, [Issue(identity.place, one.entity, rule, detail) for rule, detail in made.issues]

    def _convert(self, one: KindMapping, tree: Tree) -> tuple[Converted, list[Link]]:
        total = Converted()
        for name, source in {**self.mapping.common, **one.fields}.items():
            nodes = select(tree, source.at)
            made = self._converters[source.by](Picked(name, nodes, source.values, self._setting))
            total.values |= made.values
            total.original |= made.original
            total.used += made.used
            total.issues += made.issues
        links: list[Link] = []
        for role, path in one.links.items():
            found, used = self._link(select(tree, path))
            links += [Link(role, target, display) for target, display in dict.fromkeys(found)]
            total.used += used
        return total, links

    def _ignored(self, one: KindMapping, tree: Tree) -> list[Address]:
        paths = [*self.mapping.ignore, *one.ignore, *one.parts]
        return [address for path in paths for address, _ in select(tree, path)]
