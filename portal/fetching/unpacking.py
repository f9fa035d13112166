"""Answers unpacked piece by piece, so that a small one cannot become a huge one."""

import zlib
from collections.abc import Iterable
from typing import Protocol

import brotli

from portal.fetching.errors import Broken
from portal.fetching.limits import too_large

ACCEPTED = "gzip, deflate, br"
PIECE = 64 * 1024  # bytes unpacked at a time


class Unpacker(Protocol):
    """Takes bytes and gives at most `most` of what they become; the rest is asked for with no bytes."""

    def take(self, data: bytes, most: int) -> bytes: ...

    @property
    def is_complete(self) -> bool: ...


class Plain:
    """Nothing is packed."""

    is_complete = True

    def take(self, data: bytes, most: int) -> bytes:
        return data


class Zlib:
    """gzip, and deflate with or without the header that it should have."""

    def __init__(self) -> None:
        self._inner = zlib.decompressobj(zlib.MAX_WBITS | 32)  # 32: finds out which of the two
        self._is_first = True

    def take(self, data: bytes, most: int) -> bytes:
        data = self._inner.unconsumed_tail + data
        try:
            return self._inner.decompress(data, most)
        except zlib.error:
            if not self._is_first:
                raise
            self._inner = zlib.decompressobj(-zlib.MAX_WBITS)
            return self._inner.decompress(data, most)
        finally:
            self._is_first = False

    @property
    def is_complete(self) -> bool:
        return self._inner.eof


class Brotli:
    def __init__(self) -> None:
        self._inner = brotli.Decompressor()

    def take(self, data: bytes, most: int) -> bytes:
        if not data and self._inner.can_accept_more_data():
            return b""
        return bytes(self._inner.process(data, output_buffer_limit=most))

    @property
    def is_complete(self) -> bool:
        return bool(self._inner.is_finished())


UNPACKERS: dict[str, type[Unpacker]] = {
    "": Plain,
    "identity": Plain,
    "gzip": Zlib,
    "x-gzip": Zlib,
    "deflate": Zlib,
    "br": Brotli,
}


def unpacked(pieces: Iterable[bytes], encoding: str, limit: int) -> bytes:
    """Return what `pieces` become, at most `limit` bytes; `encoding` is the header Content-Encoding.

    Raises `TooLarge`, and `Broken` if it cannot be unpacked or ends too early.
    """
    kind = UNPACKERS.get(encoding.strip().lower())
    if kind is None:
        raise Broken(f"The answer is packed as “{encoding[:40]}”, which was not asked for.")
    content = bytearray()
    unpacker, is_empty = kind(), True
    for piece in pieces:
        is_empty = is_empty and not piece
        try:
            _take(unpacker, piece, content, limit)
        except (zlib.error, brotli.error) as error:
            raise Broken("The answer is packed in a way that cannot be unpacked.") from error
    if not (is_empty or unpacker.is_complete):
        raise Broken("The answer ends too early.")
    return bytes(content)


def _take(unpacker: Unpacker, piece: bytes, content: bytearray, limit: int) -> None:
    """Add all that `piece` becomes to `content`."""
    more = unpacker.take(piece, PIECE)
    while more:
        content += more
        if len(content) > limit:
            raise too_large(limit)
        more = unpacker.take(b"", PIECE)
