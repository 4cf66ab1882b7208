"""The checks of document files: what may be wrong, how grave it is, and what to do; data in `checks.yaml`."""

from __future__ import annotations

from functools import cache
from typing import Literal

from godwit.definitions.comparison.severities import Severity
from godwit.definitions.read import Definition, parse, resource

FILE = "checks.yaml"


class Check(Definition):
    """One thing that may be wrong. `fate`: told by laying both sides beside each other, not by looking at one."""

    id: str
    title: str
    why: str
    action: str
    severity: Severity
    gate: Literal["exact", "information"]
    in_source: Literal["counts", "told"]
    fate: bool = False


class Checks(Definition):
    """All of `checks.yaml`, in the order in which people read them."""

    edition: str
    checks: tuple[Check, ...]


@cache
def read_checks() -> tuple[Check, ...]:
    """The checks. Raises `DefinitionError`."""
    return parse(Checks, resource(__package__ or "", FILE)).checks
