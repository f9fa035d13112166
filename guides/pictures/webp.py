"""WebP files by their parts: which are made as ours are, and need not be encoded once more.

The container is described at https://developers.google.com/speed/webp/docs/riff_container.
"""

import struct
from collections.abc import Iterator

HEADER = 12  # bytes: RIFF, the size of what follows it, WEBP
COLOURS, ALPHA = 0x20, 0x10  # flags: a profile of colours, and transparency
OURS = (
    *([b"VP8 "], [b"VP8L"], [b"VP8X", b"ICCP", b"VP8 "], [b"VP8X", b"ICCP", b"VP8L"]),
    *([b"VP8X", b"ALPH", b"VP8 "], [b"VP8X", b"ICCP", b"ALPH", b"VP8 "]),
)


def is_ours(content: bytes) -> bool:
    """Whether a file holds one still picture and no note, and ends where it says."""
    parts = list(_parts(content))
    flags = next((body[0] for name, body in parts if name == b"VP8X" and body), 0)
    return _is_whole(content) and [name for name, _ in parts] in OURS and not flags & ~(COLOURS | ALPHA)


def is_lossless(content: bytes) -> bool:
    """Whether a WebP file shows exactly what it was made from."""
    return any(name == b"VP8L" for name, _ in _parts(content))


def _is_whole(content: bytes) -> bool:
    size = struct.unpack("<I", content[4:8])[0] if len(content) >= HEADER else -1
    return content[:4] == b"RIFF" and content[8:HEADER] == b"WEBP" and size + 8 == len(content)


def _parts(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield the name and the body of each part of a file; what is no part ends it, under no name."""
    place = HEADER
    while place < len(content):
        head = content[place : place + 8]
        size = struct.unpack("<I", head[4:])[0] if len(head) == 8 else len(content)
        end = place + 8 + size + size % 2
        yield (head[:4], content[place + 8 : place + 8 + size]) if end <= len(content) else (b"", b"")
        place = end
