"""What can go wrong in the data half, by meaning; each kind has its own exit code at the command line.

No error text may hold a value from a record: a rule name, a place and plain words only.
"""

from __future__ import annotations


class RecordsError(Exception):
    """Base of every expected failure of the data half. `rule` is stable and countable; `because` is for people."""

    def __init__(self, rule: str, because: str, place: str | None = None) -> None:
        super().__init__(rule, because, place)
        self.rule = rule
        self.because = because
        self.place = place

    def __str__(self) -> str:
        where = f"{self.place}: " if self.place else ""
        return f"{where}{self.because} [{self.rule}]"


class WrongUse(RecordsError):
    """The command was asked for something it cannot do, such as writing over an existing run (exit 2)."""


class InputRefused(RecordsError):
    """A delivery cannot be read as a whole: the error names file, record and rule (exit 3)."""


class OutOfBalance(RecordsError):
    """The books do not close: records read and records accounted for differ. Such a run is never sealed (exit 4)."""


class RunTampered(RecordsError):
    """A sealed run folder no longer is what was sealed (exit 3)."""


class MachineRefused(RecordsError):
    """Disk full, no permission, out of memory: the machine, not the input (exit 6)."""


class ValueUnreadable(ValueError):
    """One value in one record has the wrong shape; the record is quarantined. Holds the path, never the value."""

    def __init__(self, rule: str, path: str) -> None:
        super().__init__(rule, path)
        self.rule = rule
        self.path = path
