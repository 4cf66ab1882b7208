"""What the machine refuses while files are read or written, as an error for people."""

from __future__ import annotations

import errno

from godwit.records.errors import MachineRefused


def machine_refused(error: OSError, place: str) -> MachineRefused:
    """The error of an operating system without the path in it, which may be a patient's name."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return MachineRefused("machine.disk", "the disk is full", place)
    because = f"a file could not be read or written ({error.strerror or 'unknown reason'})"
    return MachineRefused("machine.read", because, place)
