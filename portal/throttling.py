"""How often the API may be called: counted by the minute, in the cache."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from django.core.cache import cache
from rest_framework.throttling import BaseThrottle

if TYPE_CHECKING:  # REST framework imports its throttles before its views
    from rest_framework.request import Request
    from rest_framework.views import APIView

SAFE_METHODS = ("GET", "HEAD", "OPTIONS")


class MinuteThrottle(BaseThrottle):
    """At most `allowed` calls in each minute of the clock for one caller."""

    allowed: int

    def allow_request(self, request: Request, view: APIView) -> bool:
        caller = self.caller_of(request)
        if caller is None:
            return True
        key = f"throttle:{caller}:{int(time.time() // 60)}"
        cache.add(key, 0, timeout=120)
        try:
            return cache.incr(key) <= self.allowed
        except ValueError:  # the entry was evicted in between
            return True

    def wait(self) -> float:
        """Return the seconds until the next minute begins."""
        return 60 - time.time() % 60

    def caller_of(self, request: Request) -> str | None:
        """Return who is counted, or None if this throttle does not count the request."""
        raise NotImplementedError  # each throttle says whom it counts


class Changes(MinuteThrottle):
    """Changes, for each learner."""

    allowed = 240

    def caller_of(self, request: Request) -> str | None:
        if request.method in SAFE_METHODS:
            return None
        return f"changes:{request.user.pk or self.get_ident(request)}"


class Readings(MinuteThrottle):
    """Readings, for each address."""

    allowed = 1200

    def caller_of(self, request: Request) -> str | None:
        return f"readings:{self.get_ident(request)}" if request.method in SAFE_METHODS else None
