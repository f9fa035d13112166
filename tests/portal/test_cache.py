"""The shared cache while its Redis is dead: an empty cache, and never an error."""

import logging
import socket

import pytest

from portal.cache import FailOpenRedisCache


@pytest.fixture
def dead(caplog):
    """A cache whose Redis is at a port where nothing listens."""
    caplog.set_level(logging.CRITICAL)  # that it does not answer is said at each call
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        yield FailOpenRedisCache(f"redis://127.0.0.1:{trial.getsockname()[1]}/0", {})


@pytest.mark.parametrize(
    ("method", "arguments", "answer"),
    [
        ("get", ("key",), None),
        ("get", ("key", "default"), "default"),
        ("get_many", (["key", "other"],), {}),
        ("get_or_set", ("key", "value"), "value"),
        ("has_key", ("key",), False),
        ("set", ("key", "value"), None),
        ("set_many", ({"key": "value"},), []),
        ("add", ("key", "value"), True),
        ("touch", ("key",), False),
        ("incr", ("key",), 1),
        ("delete", ("key",), False),
        ("delete_many", (["key"],), None),
        ("clear", (), False),
    ],
)
def test_dead_redis_is_an_empty_cache(dead, method, arguments, answer):
    assert getattr(dead, method)(*arguments) == answer


def test_default_may_be_given_by_name(dead):
    assert dead.get("key", default="default", version=2) == "default"


def test_dead_redis_is_told_to_the_log(dead, caplog):
    caplog.set_level(logging.WARNING)
    dead.get("key")
    assert [record.name for record in caplog.records] == ["portal.cache"]


def test_mistake_of_the_caller_is_not_hidden(dead):
    with pytest.raises(TypeError):
        dead.get_many(5)
