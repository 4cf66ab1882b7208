"""Processes that open files, each within a time: one that gives no answer is stopped and another begun."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread
from types import TracebackType
from typing import Self

from godwit.records.document_files.opened import READY, SECONDS, SECONDS_TO_BEGIN, Opened
from godwit.records.errors import MachineRefused

_WORKER = "godwit.records.document_files.worker"


class Opener:
    """One process that opens files, begun when the first one comes."""

    def __init__(self, seconds: float = SECONDS) -> None:
        self._seconds = seconds
        self._process: subprocess.Popen[str] | None = None
        self._answers: SimpleQueue[str] = SimpleQueue()

    def open(self, path: Path) -> Opened:
        """What came of opening a file. No answer in time is `hung`; a file that a process dies of is `too_large`.

        Raises `MachineRefused` when no process can be started.
        """
        if self._process is not None and self._process.poll() is not None:
            self.stop()  # it died of something else than a file
        process = self._process or self._begin()
        try:
            self._told(process, path)
            answer = self._answers.get(timeout=self._seconds)
        except Empty:
            self.stop()
            return Opened("hung")
        except BrokenPipeError:
            answer = ""
        if not answer:
            self.stop()
            return Opened("too_large")
        return Opened(**json.loads(answer))

    def stop(self) -> None:
        """End the process, if there is one."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            for pipe in (self._process.stdin, self._process.stdout):
                if pipe is not None:
                    pipe.close()
            self._process = None

    def _begin(self) -> subprocess.Popen[str]:
        self._answers = SimpleQueue()
        self._process = subprocess.Popen(
            [sys.executable, "-m", _WORKER],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            encoding="utf-8",
            start_new_session=True,  # Ctrl-C is for the command; it ends the process itself
        )
        Thread(target=_listen, args=(self._process, self._answers), daemon=True).start()
        self._hear_it_begin()
        return self._process

    def _hear_it_begin(self) -> None:
        try:
            said = self._answers.get(timeout=SECONDS_TO_BEGIN).strip()
        except Empty:
            said = ""
        if said != READY:
            self.stop()
            raise MachineRefused("machine.worker", "the process that opens documents could not be started")

    @staticmethod
    def _told(process: subprocess.Popen[str], path: Path) -> None:
        if process.stdin is not None:
            process.stdin.write(json.dumps(str(path)) + "\n")
            process.stdin.flush()


def _listen(process: subprocess.Popen[str], answers: SimpleQueue[str]) -> None:
    """Hand on each answer, and an empty one when there will be no more."""
    if process.stdout is not None:
        try:
            for line in process.stdout:
                answers.put(line)
        except ValueError:  # it was closed because the process was stopped, so nobody waits for an answer
            answers.put("")
    answers.put("")


_WORTH_ANOTHER = 20
"""Files for which one more process is worth its start."""


class Crew:
    """Openers for so many files: as many as the machine has processors, fewer for a few files."""

    def __init__(self, files: int, seconds: float = SECONDS) -> None:
        count = max(1, min(os.cpu_count() or 1, files // _WORTH_ANOTHER))
        self._openers: SimpleQueue[Opener] = SimpleQueue()
        self._all = [Opener(seconds) for _ in range(count)]
        for one in self._all:
            self._openers.put(one)
        self._pool = ThreadPoolExecutor(count)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._pool.shutdown(wait=error is None, cancel_futures=True)
        for one in self._all:
            one.stop()

    def open_all(self, paths: Iterable[tuple[str, Path]]) -> Iterator[tuple[str, Opened]]:
        """Each file by its key with what came of it, in any order; few are on the way at a time."""
        waiting: dict[Future[Opened], str] = {}
        for key, path in paths:
            waiting[self._pool.submit(self._one, path)] = key
            if len(waiting) > 2 * len(self._all):
                yield from _done(waiting)
        while waiting:
            yield from _done(waiting)

    def _one(self, path: Path) -> Opened:
        opener = self._openers.get()
        try:
            return opener.open(path)
        finally:
            self._openers.put(opener)


def _done(waiting: dict[Future[Opened], str]) -> Iterator[tuple[str, Opened]]:
    finished, _ = wait(waiting, return_when=FIRST_COMPLETED)
    for one in finished:
        yield waiting.pop(one), one.result()
