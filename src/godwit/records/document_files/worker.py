"""A process that opens files and does nothing else: a file's path in on one line, what came of it out on the next.

It stands apart because a file may make a library hang or eat memory: then it is stopped, and nothing else is lost.
"""

from __future__ import annotations

import json
import logging
import sys
from dataclasses import asdict
from pathlib import Path

from godwit.records.document_files.looking import look
from godwit.records.document_files.opened import MOST_MEMORY, READY, Opened

if sys.platform == "linux":
    import resource


def main() -> None:
    """Serve until the input ends."""
    _bound_memory()
    logging.disable(logging.CRITICAL)  # libraries quote what they stumble on
    _say(READY)
    for line in sys.stdin:
        try:
            found = look(Path(json.loads(line)))
        except OSError:
            found = Opened("unopenable")
        _say(json.dumps(asdict(found)))


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _bound_memory() -> None:
    """Allow no more memory than opening a letter needs; other systems than Linux do not keep to such a bound."""
    if sys.platform == "linux":
        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))


if __name__ == "__main__":
    main()
