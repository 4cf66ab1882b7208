"""One process at a time in one unfinished run: two commands with the same `--out` must not write into one folder."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from godwit.records.errors import WrongUse


@contextmanager
def held(folder: Path) -> Iterator[None]:
    """Hold the folder while the body runs; the system lets go when the process ends, however it ends.

    Raises `WrongUse` where another process holds it. On Windows a file in use cannot be wiped anyway, so there
    nothing is held.
    """
    if sys.platform == "win32":
        yield
        return
    import fcntl  # noqa: PLC0415 - there is none on Windows

    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError:
        raise WrongUse("run.busy", "another command is making this run at the moment", folder.name) from None
    finally:
        os.close(handle)
