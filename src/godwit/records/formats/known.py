"""The format of one side of a run: what it is called, what it fills, what it must lose, which definitions say so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.resources.abc import Traversable

from godwit.definitions.read import resource
from godwit.records.canonical import ENTITIES
from godwit.records.formats.losses import Losses, read_losses
from godwit.records.formats.reading import Format


@dataclass(frozen=True)
class Known:
    """A format as it was met on one side. `fills` are fields and roles by entity; `reasons` words for setting aside."""

    system: str
    title: str
    reasons: Mapping[str, str]
    fills: dict[str, frozenset[str]]

    @property
    def folder(self) -> Traversable:
        """Where the definitions of the format lie."""
        return resource(f"godwit.records.formats.{self.system}", "")

    @property
    def losses(self) -> Losses:
        """What the format cannot hold."""
        return read_losses(self.system)

    def definitions(self) -> Iterator[tuple[str, Traversable]]:
        """Every definition file of the format with its name, in name order."""
        yield from ((f"{self.system}/{name}", file) for name, file in sorted(_files(self.folder, "")))


def known(format_: Format) -> Known:
    """A format of one file per patient, as a run needs it."""
    fills = {name: format_.mapping.fills(name) for name in ENTITIES}
    return Known(format_.system, format_.mapping.title, format_.mapping.reasons, fills)


def _files(folder: Traversable, prefix: str) -> Iterator[tuple[str, Traversable]]:
    for one in folder.iterdir():
        if one.is_dir() and not one.name.startswith("_"):
            yield from _files(one, f"{prefix}{one.name}/")
        elif one.name.endswith((".yaml", ".sql", ".txt")):
            yield f"{prefix}{one.name}", one
