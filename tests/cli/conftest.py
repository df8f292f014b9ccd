"""What every verb of the command line has in its tests."""

import pytest


@pytest.fixture(autouse=True)
def _read_here(read_here: None) -> None:
    """Files are read in the test's process, but for tests that ask for `apart`."""
