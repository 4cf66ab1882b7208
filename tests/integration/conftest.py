"""What files of tests that compare whole deliveries may ask for."""

from collections.abc import Iterator

import pytest

from tests.support.no_control import without_control


@pytest.fixture(scope="module")
def no_control() -> Iterator[None]:
    """For a whole file of tests."""
    with without_control():
        yield
