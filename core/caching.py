"""What is kept in Redis: JSON, so that reading it back runs nothing; and the database while Redis is away."""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Callable
from typing import Any

from django.core.cache import caches
from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

OTHER = "database"  # of ``CACHES``: the table that ``createcachetable`` makes
REST = 5  # seconds in which a Redis that failed is not asked again
PATIENCE = {"socket_connect_timeout": 1, "socket_timeout": 1}  # seconds

logger = logging.getLogger(__name__)


class JsonSerializer:
    """For Django's Redis backend. Tuples come back as lists, keys of objects as text."""

    def __init__(self, protocol: int | None = None) -> None:
        """``protocol`` is pickle's; Django hands it to any serializer."""

    def dumps(self, value: Any) -> bytes | int:
        # Plain numbers stay plain: Redis counts with them.
        return value if type(value) is int else json.dumps(value, separators=(",", ":")).encode()

    def loads(self, data: bytes) -> Any:
        return json.loads(data)


class _Rest:
    until = 0.0  # by the monotonic clock of this process


def _either(name: str) -> Callable[..., Any]:
    ours = getattr(RedisCache, name)

    def ask(self: SturdyRedisCache, *args: Any, **more: Any) -> Any:
        if time.monotonic() >= _Rest.until:
            try:
                return ours(self, *args, **more)
            except RedisError:
                logger.warning("Redis does not answer; the database keeps its place.")
                _Rest.until = time.monotonic() + REST
        return getattr(caches[OTHER], name)(*args, **more)

    return ask


class SturdyRedisCache(RedisCache):
    """Redis; while it does not answer, the table of the database.

    Limits of sign-in then count anew, but they count: nobody is let in unlimited, and nobody
    waits for a report to be taken.
    """

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        options = {"serializer": JsonSerializer, **PATIENCE, **params.get("OPTIONS", {})}
        super().__init__(server, {**params, "OPTIONS": options})

    get = _either("get")
    set = _either("set")
    add = _either("add")
    touch = _either("touch")
    delete = _either("delete")
    has_key = _either("has_key")
    incr = _either("incr")
    get_many = _either("get_many")
    set_many = _either("set_many")
    delete_many = _either("delete_many")
    clear = _either("clear")
