"""A program run from outside: how long it took, the most memory it and its children held, and why it ended."""

from __future__ import annotations

import os
import resource
import subprocess
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

PROC = Path("/proc")
EVERY = 0.05
"""Seconds between two looks at the memory."""


@dataclass(frozen=True)
class Ran:
    """Seconds by the clock and of the processors, the most MiB at any look (0 where the system does not tell), what it
    printed and said, and why it did not end well: empty where it did."""

    seconds: float
    processor: float
    peak: float
    out: str
    said: str
    failed: str = ""


def run(words: Sequence[str], most_mib: float = float("inf"), passing: Sequence[int] = (0,)) -> Ran:
    """Run a program, and end it once it holds more than `most_mib`. `passing`: exit codes that are no failure."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as said:
        begun, used = time.perf_counter(), _processor()
        with subprocess.Popen(words, stdout=out, stderr=said) as process:
            peak = _watch(process, most_mib)
        took = time.perf_counter() - begun, _processor() - used
        out.seek(0)
        said.seek(0)
        texts = (out.read().decode(errors="replace"), said.read().decode(errors="replace"))
    failed = "" if process.returncode in passing else f"exit code {process.returncode}"
    if peak > most_mib:
        failed = f"ended for holding more than {most_mib / 1024:g} GiB"
    return Ran(*took, peak, *texts, failed)


def _watch(process: subprocess.Popen[bytes], most_mib: float) -> float:
    peak = 0.0
    while process.poll() is None:
        peak = max(peak, _held(process.pid))
        if peak > most_mib:
            process.kill()
        time.sleep(EVERY)
    return peak


def _processor() -> float:
    """Seconds of the processors that all programs started here have used, once they have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _held(pid: int) -> float:
    """MiB of a process and all below it now: each one's own count, so that pages they share count again."""
    try:
        pages = int((PROC / str(pid) / "statm").read_text(encoding="ascii").split()[1])
        lists = [one.read_text(encoding="ascii") for one in (PROC / str(pid) / "task").glob("*/children")]
    except (OSError, IndexError):  # it has ended, or the system has no such files
        return 0.0
    below = sum(_held(int(child)) for one in lists for child in one.split())
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20 + below
