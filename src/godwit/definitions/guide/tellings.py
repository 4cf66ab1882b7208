"""Which tasks tell somebody a date, so that a moved date shows who must be told again."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from godwit.definitions.read import Definition, parse, resource


class Tellings(Definition):
    """For each anchor the tasks that, once done, have told others its day."""

    edition: str
    tellings: Mapping[str, tuple[str, ...]]


@lru_cache(maxsize=1)
def read_tellings() -> Mapping[str, tuple[str, ...]]:
    """The shipped table. Raises `DefinitionError`."""
    return parse(Tellings, resource(__package__, "tellings.yaml")).tellings
