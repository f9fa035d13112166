"""The text of a DOCX. For the process of `gap.parsing` alone."""

import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from docx import Document
from docx.table import Table

from gap.parsing.refusal import EMPTY, LONGEST, TOO_LONG, Refused

UNPACKED = 20 * 1024**2  # bytes; a zip may claim to hold any number
PARTS = 1000
DEPTH = 5  # tables within tables
OTHER = "This is no DOCX file. Save the posting as DOCX or PDF, or paste its text."
MACROS = (
    "This Word file may hold macros, and is not opened. Save it as DOCX without macros, or paste the text."
)
LOCKED = "This file is locked with a password. Save a copy without one, or paste the text."


def text_of_docx(data: bytes) -> str:
    """Return the paragraphs and tables of the DOCX that `data` holds, as text. Raises `Refused`."""
    _check(data)
    pieces: list[str] = []
    length = 0
    for piece in _pieces(Document(BytesIO(data))):
        pieces.append(piece)
        length += len(piece) + 1
        if length > LONGEST:
            raise Refused(TOO_LONG)
    text = "\n".join(pieces)
    if not text.strip():
        raise Refused(EMPTY)
    return text


def _check(data: bytes) -> None:
    """Raise `Refused` where the zip is no DOCX, or too large unpacked; nothing is unpacked to see that."""
    with zipfile.ZipFile(BytesIO(data)) as parts:
        listed = parts.infolist()
        if len(listed) > PARTS or sum(part.file_size for part in listed) > UNPACKED:
            raise Refused("This file is far larger unpacked than any posting. Paste the text instead.")
        names = {part.filename for part in listed}
        if any(part.flag_bits & 1 for part in listed):
            raise Refused(LOCKED)
        if "word/vbaProject.bin" in names:
            raise Refused(MACROS)
        if "word/document.xml" not in names:
            raise Refused(OTHER)


def _pieces(block: Any, depth: int = 0) -> Iterator[str]:
    """Yield the paragraphs of a document or cell in order, and of tables each cell, those merged once."""
    for inner in block.iter_inner_content():
        if not isinstance(inner, Table):
            yield inner.text
        elif depth < DEPTH:
            seen = set[Any]()
            for row in inner.rows:
                for cell in row.cells:
                    if cell._tc not in seen:
                        seen.add(cell._tc)
                        yield from _pieces(cell, depth + 1)
