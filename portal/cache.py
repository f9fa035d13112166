"""The shared cache: a dead Redis slows the site down and does not stop it."""

import functools
import logging
from typing import Any

from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)


def _or(otherwise: Any) -> Any:
    """Return a decorator that answers with `otherwise` while Redis cannot be reached."""

    def decorate(method: Any) -> Any:
        @functools.wraps(method)
        def call(*args: Any, **kwargs: Any) -> Any:
            try:
                return method(*args, **kwargs)
            except RedisError as error:
                logger.warning("The cache does not answer, going on without it: %s", error)
                return otherwise

        return call

    return decorate


class FailOpenRedisCache(RedisCache):
    """Django's Redis cache, that behaves as an empty one while Redis does not answer."""

    def get(self, key: Any, default: Any = None, version: int | None = None) -> Any:
        return _or(default)(super().get)(key, default, version)

    add = _or(True)(RedisCache.add)
    set = _or(None)(RedisCache.set)
    touch = _or(False)(RedisCache.touch)
    delete = _or(False)(RedisCache.delete)
    get_many = _or({})(RedisCache.get_many)
    set_many = _or([])(RedisCache.set_many)
    delete_many = _or(None)(RedisCache.delete_many)
    has_key = _or(False)(RedisCache.has_key)
    incr = _or(1)(RedisCache.incr)
    clear = _or(False)(RedisCache.clear)
