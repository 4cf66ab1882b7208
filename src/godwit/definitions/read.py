"""Read a YAML definition into a typed object, or say which file, line and rule stopped it."""

from __future__ import annotations

import hashlib
from importlib import resources
from importlib.resources.abc import Traversable
from typing import TYPE_CHECKING, Any, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from godwit.definitions.errors import DefinitionError

if TYPE_CHECKING:
    from yaml import SafeLoader as _Safe
else:
    # The same in C, where PyYAML came with it: reading definitions is a good part of a short command.
    _Safe = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

Model = TypeVar("Model", bound="Definition")


class Definition(BaseModel):
    """Base of every typed definition: frozen, and an unknown key is an error and not a silence."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def resource(package: str, name: str) -> Traversable:
    """A data file beside the code of `package`."""
    return resources.files(package).joinpath(name)


def parse(model: type[Model], source: Traversable) -> Model:
    """The file as `model`. Raises `DefinitionError` with the file, the line where known, and the rule."""
    return parse_text(model, source.name, source.read_text(encoding="utf-8"))


def parse_text(model: type[Model], name: str, text: str) -> Model:
    """`text` as `model`; `name` is what errors call it."""
    try:
        loader = _Loader(text)
        root = loader.get_single_node()
        data = loader.construct_document(root) if root else None
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else None
        raise DefinitionError(name, "yaml.syntax", error.problem or "not YAML", line=line) from None
    except yaml.YAMLError:
        raise DefinitionError(name, "yaml.syntax", "not a text that YAML allows") from None
    try:
        return model.model_validate(data)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"] if part not in _INWARD)
        said = _said(first["type"], first["msg"])
        because = f"{where}: {said}" if where else said
        raise DefinitionError(name, "definition.shape", because, line=_line(root, first["loc"])) from None


def line_of(text: str, path: tuple[int | str, ...]) -> int | None:
    """The line of a YAML text on which the value at `path` stands, or the nearest one above it."""
    return _line(_Loader(text).get_single_node(), path)


def sha256(source: Traversable) -> str:
    """Fingerprint of a definition file, for the manifest of a run."""
    return hashlib.sha256(source.read_bytes()).hexdigest()


def _said(kind: str, message: str) -> str:
    """Pydantic's message in our words, where its own speak of a program and not of a file."""
    if kind == "literal_error":
        return message.replace("Input should be", "write one of").replace(" or ", ", ")
    return _WORDS.get(kind, message.removeprefix("Value error, "))


_DAY = "write a day such as 2027-03-01"
_MAPPING = "write names with their values, each behind a colon"
_WORDS = {
    "extra_forbidden": "this key is not known here",
    "missing": "this key is missing",
    "bool_parsing": "write true or false",
    "bool_type": "write true or false",
    "date_from_datetime_inexact": _DAY,
    "date_from_datetime_parsing": _DAY,
    "date_parsing": _DAY,
    "date_type": _DAY,
    "dict_type": _MAPPING,
    "greater_than": "this is too small a number",
    "int_parsing": "write a whole number",
    "int_type": "write a whole number",
    "int_from_float": "write a whole number",
    "list_type": "write a list",
    "model_type": _MAPPING,
    "string_pattern_mismatch": "this is not written in the way that is needed here",
    "string_type": "write a text; put it into quotes",
    "tuple_type": "write a list",
}
_INWARD = ("[key]", "str", "int", "bool")
"""Parts of a pydantic place that name no key of a file: the key itself, and members of a union."""


def _line(node: yaml.Node | None, path: tuple[int | str, ...]) -> int | None:
    """The line of the file on which the value at `path` stands, or the nearest one above it."""
    line = None
    for step in path:
        key, node = _child(node, step)
        if node is None:
            break
        line = (key or node).start_mark.line + 1
    return line


def _child(node: yaml.Node | None, step: int | str) -> tuple[yaml.Node | None, yaml.Node | None]:
    if isinstance(node, yaml.MappingNode):
        return next(((key, value) for key, value in node.value if key.value == str(step)), (None, None))
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        return None, node.value[step]
    return None, None


class _Loader(_Safe):
    """Safe YAML in which a key given twice is an error, and a day that no calendar has is one with its line."""

    def construct_yaml_timestamp(self, node: yaml.ScalarNode) -> Any:
        try:
            return super().construct_yaml_timestamp(node)
        except ValueError:
            raise yaml.MarkedYAMLError(
                problem=f"no calendar has the day {node.value}", problem_mark=node.start_mark
            ) from None

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        made: dict[Any, Any] = super().construct_mapping(node, deep)
        seen = set()
        for key_node, _ in node.value:
            key = self.construct_object(key_node, deep=True)
            if key in seen:
                raise yaml.MarkedYAMLError(problem="a key stands twice", problem_mark=key_node.start_mark)
            seen.add(key)
        return made


_Loader.add_constructor("tag:yaml.org,2002:timestamp", _Loader.construct_yaml_timestamp)
