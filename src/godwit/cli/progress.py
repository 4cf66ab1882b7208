"""Progress people can see: a bar on a terminal, plain lines elsewhere, nothing where JSON is asked for."""

from __future__ import annotations

from typing import Self

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TextColumn,
    TimeElapsedColumn,
)

_PLAIN_EVERY = 500


class Bars:
    """Shows the steps of long work on standard error."""

    def __init__(self, quiet: bool) -> None:
        self._console = Console(stderr=True, quiet=quiet)
        self._quiet = quiet
        self._title = ""
        self._done = 0
        self._bars: Progress | None = None
        if self._console.is_terminal and not quiet:
            self._bars = Progress(
                SpinnerColumn(),
                TextColumn("{task.description}"),
                BarColumn(),
                MofNCompleteColumn(),
                TimeElapsedColumn(),
                console=self._console,
            )

    def __enter__(self) -> Self:
        if self._bars:
            self._bars.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self._bars:
            for task in self._bars.tasks:
                self._bars.update(task.id, total=task.total or 1, completed=task.total or 1)
            self._bars.stop()

    def begin(self, title: str, parts: int | None = None, of: str = "files") -> None:
        """A step starts, with so many parts of some kind; the step before it is done."""
        self._title, self._done = title, 0
        if self._bars:
            for task in self._bars.tasks:
                self._bars.update(task.id, total=task.total or 1, completed=task.total or 1)
            self._bars.add_task(title, total=parts)
        else:
            self._console.print(f"{title}: {parts} {of}" if parts else title, highlight=False)

    def advance(self) -> None:
        """One part is done."""
        self._done += 1
        if self._bars:
            self._bars.advance(self._bars.tasks[-1].id)
        elif self._done % _PLAIN_EVERY == 0:
            self._console.print(f"{self._title}: {self._done} done", highlight=False)
