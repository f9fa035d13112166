import pytest

from tests.hostile import HostileServer


@pytest.fixture
def server(settings):
    """A server on this machine, which alone is let through."""
    made = HostileServer()
    settings.FETCHING_LETS_THROUGH = frozenset({made.place})
    yield made
    made.close()
