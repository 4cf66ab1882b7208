"""How data checking is run: which patients are looked at, how an issue is kept, and who signs for what."""

from __future__ import annotations

from functools import lru_cache

from pydantic import Field

from godwit.definitions.guide.rows import Entry, Part, Row, Rows, TaskId
from godwit.definitions.read import Definition, parse, resource

FILE = "checking_rules.yaml"


class IssueRule(Entry):
    """What the log of issues and its handling must keep to; `fields` where the rule lists what the log holds."""

    id: str = Field(pattern=r"^IS-\d\d$")
    text: str
    tasks: tuple[TaskId, ...] = ()
    fields: tuple[Part, ...] = ()


class PatientChoiceRule(Entry):
    """What the choice of test patients must keep to."""

    id: str = Field(pattern=r"^TP-\d\d$")
    text: str
    tasks: tuple[TaskId, ...] = ()


class Criterion(Row):
    """A trait that at least one test patient should have (TP-09); the id is a slug."""

    id: str
    name: str
    applies: tuple[str, ...] = ()


class SignOff(Entry):
    """A signature: by which roles, `given_to` whom, and what it says. `superseded` marks an older rule."""

    id: str = Field(pattern=r"^SO-\d\d$")
    name: str
    signers: tuple[str, ...] = Field(min_length=1)
    given_to: tuple[str, ...] = ()
    meaning: str
    task: TaskId | None = None
    applies: tuple[str, ...] = ()
    superseded: bool = False


class CheckingRules(Definition):
    """The four tables. The criteria are proposed: the guide leaves them to the supplier."""

    test_patients: Rows[PatientChoiceRule]
    criteria: Rows[Criterion]
    issue_log: Rows[IssueRule]
    sign_offs: Rows[SignOff]


@lru_cache(maxsize=1)
def read_checking_rules() -> CheckingRules:
    """The shipped tables. Raises `DefinitionError`."""
    return parse(CheckingRules, resource(__package__, FILE))
