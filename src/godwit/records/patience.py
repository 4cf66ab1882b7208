"""Wait for work that does not hear Ctrl-C: it runs on a thread of its own while this one listens."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event, Thread
from typing import TypeVar

Answer = TypeVar("Answer")

_LISTEN = 0.05
_TRIES_TO_START = 20


def patiently(work: Callable[[], Answer], stop: Callable[[], object]) -> Answer:
    """What `work` gives or raises. On `KeyboardInterrupt`, `stop` is called until the work has ended, and only then is
    the interrupt passed on, so that nothing still writes."""
    answers: list[Answer] = []
    errors: list[BaseException] = []
    done = Event()

    def body() -> None:
        try:
            answers.append(work())
        except BaseException as error:  # noqa: BLE001 - handed over to the thread that waits
            errors.append(error)
        finally:
            done.set()

    thread = Thread(target=body, daemon=True)
    try:
        thread.start()
        while not done.wait(1):
            pass
    except KeyboardInterrupt:
        _stop(thread, done, stop)
        raise
    if errors:
        raise errors.pop()  # popped, so that the error and this frame do not hold each other alive
    return answers.pop()


def _stop(thread: Thread, done: Event, stop: Callable[[], object]) -> None:
    """Ask again and again: a first call may come before the work has begun. A thread without an id never began."""
    tries = 0
    while not done.wait(_LISTEN) and (thread.ident is not None or tries < _TRIES_TO_START):
        stop()
        tries += 1
