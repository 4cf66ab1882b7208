"""Exit codes, and how an error becomes one line (or one JSON object) that holds no value of any record."""

from __future__ import annotations

import json
import sys
import traceback
from collections.abc import Callable
from enum import IntEnum

import typer
from rich.console import Console

from godwit.cli.file_refused import FileRefused
from godwit.definitions.errors import DefinitionError
from godwit.records.errors import (
    InputRefused,
    MachineRefused,
    OutOfBalance,
    RecordsError,
    RunTampered,
    WrongUse,
)


class Exit(IntEnum):
    """Exit codes of every command (the contract fixes 0 to 5; 6 and 130 are ours)."""

    DONE = 0
    FINDINGS = 1
    USAGE = 2
    REFUSED = 3
    OUT_OF_BALANCE = 4
    DEFECT = 5
    MACHINE = 6
    INTERRUPTED = 130


_BY_KIND: tuple[tuple[type[RecordsError], Exit], ...] = (
    (WrongUse, Exit.USAGE),
    (InputRefused, Exit.REFUSED),
    (RunTampered, Exit.REFUSED),
    (OutOfBalance, Exit.OUT_OF_BALANCE),
    (MachineRefused, Exit.MACHINE),
)

_stderr = Console(stderr=True, soft_wrap=True, highlight=False)


def guarded(work: Callable[[], Exit], as_json: bool) -> None:
    """Run a command's work and leave with its exit code; every failure is one clear line, never a trace."""
    try:
        code = work()
    except KeyboardInterrupt:
        code = _fail(
            Exit.INTERRUPTED, "interrupted", "stopped before the end; nothing was kept", None, as_json
        )
    except RecordsError as error:
        code = next((code for kind, code in _BY_KIND if isinstance(error, kind)), Exit.DEFECT)
        _fail(code, error.rule, error.because, error.place, as_json)
    except FileRefused as error:
        code = _fail(Exit.REFUSED, error.rule, error.because, error.where, as_json)
    except DefinitionError as error:
        code = _fail(Exit.DEFECT, error.rule, str(error), error.file, as_json)
    except MemoryError:
        code = _fail(Exit.MACHINE, "machine.memory", "the machine ran out of memory", None, as_json)
    except Exception as error:  # noqa: BLE001 - the last door: a defect must not print a record's values
        code = _fail(Exit.DEFECT, "defect", f"a defect in Godwit: {_where(error)}", None, as_json)
    raise typer.Exit(int(code))


def _fail(code: Exit, rule: str, because: str, place: str | None, as_json: bool) -> Exit:
    if as_json:
        error = {"exit": int(code), "rule": rule, "because": because, "place": place}
        sys.stdout.write(json.dumps({"error": error}) + "\n")
    where = f"{place}: " if place else ""
    _stderr.print(f"godwit: {where}{because} [{rule}]", style="bold red" if code else None, markup=False)
    return code


def _where(error: Exception) -> str:
    """The kind of error and the place in our code; its text could quote a record, so it is left out."""
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if "godwit" in frame.filename]
    place = f" at {frames[-1].name}, line {frames[-1].lineno}" if frames else ""
    return f"{type(error).__name__}{place}. Please report it with the version of Godwit and this line"
