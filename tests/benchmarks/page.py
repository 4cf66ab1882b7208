"""What a page of figures is made of: a description of the machine, tables, and parts that are measured apart."""

from __future__ import annotations

import os
import platform
import re
from collections.abc import Iterable, Sequence
from math import log
from pathlib import Path
from statistics import linear_regression

import duckdb


def machine() -> str:
    """Processor, cores, memory, system and versions."""
    return (
        f"Machine: {_processor()}, {os.cpu_count()} cores, {_memory():.0f} GiB of memory, {platform.system()} "
        f"{platform.release().split('-')[0]}, Python {platform.python_version()}, DuckDB {duckdb.__version__}."
    )


def _processor() -> str:
    info = Path("/proc/cpuinfo")
    found = re.search(r"model name\s*:\s*(.+)", info.read_text(encoding="utf-8")) if info.exists() else None
    return found.group(1).strip() if found else platform.machine()


def _memory() -> float:
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table in Markdown, figures to the right."""
    lines = [list(head), ["---", *("---:" for _ in head[1:])], *map(list, rows)]
    return "\n".join(f"| {' | '.join(one)} |" for one in lines) + "\n"


def put_part(page: Path, part: str) -> None:
    """Put a part, which begins with its `# Title`, into a page: in the place of the part of that title, or as the last.
    Other parts stay as they are."""
    text = page.read_text(encoding="utf-8") if page.exists() else ""
    parts = {one.partition("\n")[0]: one.strip() for one in re.split(r"(?m)^(?=# )", text) if one.strip()}
    parts[part.partition("\n")[0]] = part.strip()
    page.write_text("\n\n".join(parts.values()) + "\n", encoding="utf-8")


def growth(sizes: Sequence[tuple[float, float]]) -> float:
    """How cost grows with size, from pairs of both: the slope of a straight line through their logarithms. 1 is in
    proportion, 2 with the square."""
    across, up = zip(*((log(size), log(cost)) for size, cost in sizes), strict=True)
    return linear_regression(across, up).slope
