"""How harm is weighed when people accept a difference, and whose word it takes: the risk matrix as data."""

from __future__ import annotations

from functools import lru_cache
from typing import Self

from pydantic import model_validator

from godwit.definitions.guide.roles import read_roles
from godwit.definitions.read import Definition, parse, resource


class Harm(Definition):
    """The matrix: likelihood -> one figure from 1 to 5 for each severity, in the order of `severities`.

    From `clinical_from` on, and for causes ranked as `clinical_risks`, one of the two people holds one of
    `clinical_roles`; from `never_from` on nobody may accept. The second person holds one of `approving_roles`.
    """

    edition: str
    severities: dict[str, str]
    likelihoods: dict[str, str]
    matrix: dict[str, tuple[int, ...]]
    clinical_from: int
    never_from: int
    clinical_risks: tuple[str, ...]
    clinical_roles: tuple[str, ...]
    approving_roles: tuple[str, ...]
    further_roles: dict[str, str]

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        if set(self.matrix) != set(self.likelihoods):
            raise ValueError("the matrix needs one line for each likelihood")
        for line in self.matrix.values():
            if len(line) != len(self.severities) or not set(line) <= set(range(1, 6)):
                raise ValueError("a line of the matrix needs one figure from 1 to 5 for each severity")
        if not {*self.clinical_roles, *self.approving_roles} <= set(self.roles):
            raise ValueError("every role that decides must be a role of the guide or a further one")
        return self

    @property
    def roles(self) -> dict[str, str]:
        """Every role that may propose -> its name."""
        return {**{one.slug: one.name for one in read_roles().roles}, **self.further_roles}

    def result(self, severity: str, likelihood: str) -> int:
        """The figure of the matrix, 1 (least) to 5. Raises `KeyError` or `ValueError` for a word it does not know."""
        return self.matrix[likelihood][list(self.severities).index(severity)]


FILE = "harm.yaml"


@lru_cache(maxsize=1)
def read_harm() -> Harm:
    """The shipped matrix. Raises `DefinitionError`."""
    return parse(Harm, resource(__package__, FILE))
