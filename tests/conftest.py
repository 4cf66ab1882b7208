"""What every test gets: settings for made-up input, a closed network, and what the machine has to offer."""

import gc
import os
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from pytest_socket import SocketBlockedError

from tests.needs import NO_BROWSER, NO_FIXTURES, find_chromium, find_fixtures, missing
from tests.order import rank

# A slow machine is not a wrong answer, so no profile has a deadline. CI must give the same verdict twice.
settings.register_profile("ci", derandomize=True, deadline=None, print_blob=True)
settings.register_profile("dev", deadline=None)
settings.load_profile("ci" if os.environ.get("CI") else "dev")

# Asking for a name already tells the world about it, and pytest-socket lets that through.
LOOPBACK = {"127.0.0.1", "::1", "localhost", b"127.0.0.1", b"::1", b"localhost", None}


def pytest_xdist_auto_num_workers() -> int:
    """One more than there are processors: tests wait a good part of their time, for the disk and for the browser."""
    return (os.cpu_count() or 1) + 1


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Long files first; within a file, and among files alike, the order stays."""
    items.sort(key=lambda item: rank(item.nodeid))


def pytest_collection_finish() -> None:
    """Thousands of tests stay in memory to the end: the collector of rubbish need not look through them again."""
    gc.collect()
    gc.freeze()


def pytest_unconfigure() -> None:
    """What was kept from the collector is let go in the end; some libraries complain of what is left."""
    gc.unfreeze()


@pytest.fixture(autouse=True, scope="session")
def no_name_lookups() -> Iterator[None]:
    """No test asks a name server anything."""
    ask = socket.getaddrinfo

    def refuse(host: Any, *rest: Any, **options: Any) -> Any:
        if host in LOOPBACK:
            return ask(host, *rest, **options)
        raise SocketBlockedError

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket, "getaddrinfo", refuse)
        yield


@pytest.fixture(scope="session")
def fixtures_root() -> Path:
    """The folder of public test records, which is no part of this repository."""
    return find_fixtures() or missing(NO_FIXTURES, "GODWIT_REQUIRE_FIXTURES")


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of a real browser, for `playwright.chromium.launch(executable_path=...)`."""
    return find_chromium() or missing(NO_BROWSER, "GODWIT_REQUIRE_BROWSER")
