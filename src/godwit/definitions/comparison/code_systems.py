"""Code systems by one short name each, whatever a format calls them."""

from __future__ import annotations

from functools import lru_cache

from godwit.definitions.read import Definition, parse, resource


class CodeSystem(Definition):
    """A code system: our short `name`, its title, and every spelling (address, object identifier) seen for it."""

    name: str
    title: str
    spellings: tuple[str, ...]


class _File(Definition):
    edition: str
    systems: tuple[CodeSystem, ...]


class CodeSystems:
    """Look-up from any spelling to the short name."""

    def __init__(self, systems: tuple[CodeSystem, ...]) -> None:
        self._by_spelling = {spelling: one.name for one in systems for spelling in one.spellings}

    def short(self, spelling: str) -> str:
        """The short name of a code system; a system nobody listed keeps the name it came with."""
        return self._by_spelling.get(spelling, spelling)


FILE = "code_systems.yaml"


@lru_cache(maxsize=1)
def read_code_systems() -> CodeSystems:
    """The shipped list. Raises `DefinitionError`."""
    return CodeSystems(parse(_File, resource(__package__, FILE)).systems)
