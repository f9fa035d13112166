"""How long and how large an answer may be."""

import time
from dataclasses import dataclass

from portal.fetching.errors import TooLarge, TooSlow

MEGABYTE = 1024 * 1024  # bytes


@dataclass(frozen=True)
class Limits:
    """Seconds to connect, to wait for the next piece and in all; bytes that travel and that come of them."""

    connect: float = 5
    read: float = 10
    total: float = 30
    travelling: int = 4 * MEGABYTE
    content: int = 8 * MEGABYTE


class Budget:
    """What is left of the limits while something is fetched, redirects included."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self._end = time.monotonic() + limits.total
        self._travelled = 0

    def seconds(self, most: float | None = None) -> float:
        """Return how long the next wait may take: at most `most` seconds. Raises `TooSlow`."""
        left = self._end - time.monotonic()
        if left <= 0:
            raise self.too_slow()
        return left if most is None else min(left, most)

    def travelled(self, size: int) -> None:
        """Count bytes that came. Raises `TooLarge`."""
        self._travelled += size
        if self._travelled > self.limits.travelling:
            raise too_large(self.limits.travelling)

    def too_slow(self) -> TooSlow:
        return TooSlow(f"The answer did not come within {self.limits.total:g} seconds.")


def too_large(limit: int) -> TooLarge:
    """Return what to raise for an answer of more than `limit` bytes."""
    size = f"{limit // MEGABYTE} MB" if limit >= MEGABYTE else f"{limit} bytes"
    return TooLarge(f"The answer is larger than {size}.")
