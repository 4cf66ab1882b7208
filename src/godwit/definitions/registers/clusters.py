"""Code lists (clusters) by id: the starter lists that are shipped, and what a user's own lists put in their place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from godwit.definitions.read import Definition, parse, resource


@dataclass(frozen=True, slots=True)
class Clusters:
    """Codes by cluster, each as `system|code`. `starter`: the lists that are shipped and stand for no official one."""

    codes: Mapping[str, frozenset[str]]
    starter: frozenset[str] = frozenset()

    def with_lists(self, loaded: Mapping[str, frozenset[str]]) -> Clusters:
        """The same with loaded lists in the place of those of the same id."""
        return Clusters({**self.codes, **loaded}, self.starter - loaded.keys())

    def state(self, cluster: str) -> str:
        """loaded, starter, or absent."""
        if not self.codes.get(cluster):
            return "absent"
        return "starter" if cluster in self.starter else "loaded"


class _File(Definition):
    edition: str
    refsets: dict[str, str]
    starter: dict[str, tuple[str, ...]]


FILE = "starter_clusters.yaml"


@lru_cache(maxsize=1)
def read_starter_clusters() -> Clusters:
    """The shipped lists. Raises `DefinitionError`."""
    codes = {name: frozenset(f"snomed|{code}" for code in codes) for name, codes in _file().starter.items()}
    return Clusters(codes, frozenset(codes))


@lru_cache(maxsize=1)
def refset_names() -> Mapping[str, str]:
    """Cluster id by the number of its published reference set, so that a list may name either."""
    return {refset: cluster for cluster, refset in _file().refsets.items()}


@lru_cache(maxsize=1)
def _file() -> _File:
    return parse(_File, resource(__package__, FILE))
