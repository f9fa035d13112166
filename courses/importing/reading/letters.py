"""Which letters the bytes of a file are."""

import codecs
from pathlib import Path

from courses.importing.refusal import Unreadable

CHUNK = 1024**2  # bytes
BROKEN = range(0xDC80, 0xDD00)  # how bytes that are no letters are read
MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
GUESSED = (
    "The file is not UTF-8; its letters were read as Windows-1252. If some look wrong, save the file as "
    "UTF-8 or name its encoding."
)


def encoding_of(path: Path, told: str = "") -> tuple[str, list[str]]:
    """Return the encoding of the text at `path`, and what one should know of that.

    `told` is what somebody says it is; otherwise it is what its mark says, UTF-8 if that fits, and else
    Windows-1252. Raises `Unreadable`.
    """
    if told:
        return _known(told), []
    with path.open("rb") as file:
        start = file.read(4096)
    for mark, name in MARKS.items():
        if start.startswith(mark):
            return name, []
    if start[1:2] == b"\0" or start[:1] == b"\0":
        return ("utf-16-le" if start[1:2] == b"\0" else "utf-16-be"), []
    if b"\0" in start:
        raise Unreadable("This is no CSV, XLSX or JSON file.")
    return ("utf-8", []) if _is_utf8(path) else ("cp1252", [GUESSED])


def is_broken(text: str) -> bool:
    """Return whether `text` has bytes that are no letters."""
    return not text.isascii() and any(ord(letter) in BROKEN for letter in text)


def _known(told: str) -> str:
    try:
        return codecs.lookup(told).name
    except LookupError:
        raise Unreadable(f"There is no encoding “{told}”. Usual ones are utf-8, utf-16 and cp1252.") from None


def _is_utf8(path: Path) -> bool:
    """Return whether the text is UTF-8; a broken byte here and there is no reason against it."""
    decode = codecs.getincrementaldecoder("utf-8")("surrogateescape").decode
    broken = letters = 0
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            if not chunk.isascii():
                beyond = [letter for letter in decode(chunk) if letter > "\x7f"]
                bad = sum(ord(letter) in BROKEN for letter in beyond)
                broken, letters = broken + bad, letters + len(beyond) - bad
    return letters >= broken
