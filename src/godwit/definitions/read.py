"""Read a YAML definition into a typed object, or say which file, line and rule stopped it."""

from __future__ import annotations

import hashlib
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from godwit.definitions.errors import DefinitionError

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
        return model.model_validate(_Loader(text).get_single_data())
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else None
        raise DefinitionError(name, "yaml.syntax", error.problem or "not YAML", line=line) from None
    except yaml.YAMLError:
        raise DefinitionError(name, "yaml.syntax", "not a text that YAML allows") from None
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise DefinitionError(name, "definition.shape", f"{where}: {first['msg']}") from None


def sha256(source: Traversable) -> str:
    """Fingerprint of a definition file, for the manifest of a run."""
    return hashlib.sha256(source.read_bytes()).hexdigest()


class _Loader(yaml.SafeLoader):
    """Safe YAML in which a key given twice is an error; YAML itself would keep the last silently."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        made: dict[Any, Any] = super().construct_mapping(node, deep)
        seen = set()
        for key_node, _ in node.value:
            key = self.construct_object(key_node, deep=True)
            if key in seen:
                raise yaml.MarkedYAMLError(problem="a key stands twice", problem_mark=key_node.start_mark)
            seen.add(key)
        return made
