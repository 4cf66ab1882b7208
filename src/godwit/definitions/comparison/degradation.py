"""Codes that only say that an entry could not be carried over as coded, by clinical class."""

from __future__ import annotations

from functools import lru_cache

from godwit.definitions.read import Definition, parse, resource


class DegradedClass(Definition):
    """One clinical class with its marker codes."""

    id: str
    title: str
    read2: str
    snomed: str

    @property
    def codes(self) -> tuple[str, ...]:
        """The markers as the canonical lists of codes have them; CTV3 shares Read's."""
        return f"snomed|{self.snomed}", f"read2|{self.read2}", f"ctv3|{self.read2}"


class _File(Definition):
    edition: str
    classes: tuple[DegradedClass, ...]


FILE = "degradation.yaml"


@lru_cache(maxsize=1)
def read_degraded_classes() -> tuple[DegradedClass, ...]:
    """The classes, the most harmful first. Raises `DefinitionError`."""
    return parse(_File, resource(__package__, FILE)).classes
