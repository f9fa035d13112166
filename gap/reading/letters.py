"""Plain text, whatever its letters are encoded in."""

from courses.importing.reading.letters import MARKS
from gap.parsing.refusal import Refused

NO_TEXT = "This is no text, PDF or DOCX file. Save the posting as one of these, or paste its text."
KNOWN = {
    b"\xd0\xcf\x11\xe0": "This is a file of an old Word. Save it as DOCX or PDF, or paste the text.",
    b"{\\rtf": "This is an RTF file. Save it as DOCX or PDF, or paste the text.",
    b"\x89PNG": "This is a picture, and pictures are not read. Paste the text of the posting.",
    b"\xff\xd8\xff": "This is a picture, and pictures are not read. Paste the text of the posting.",
    b"GIF8": "This is a picture, and pictures are not read. Paste the text of the posting.",
}


def plain_text(data: bytes) -> str:
    """Return the text that `data` holds: as its mark says, UTF-8 if that fits, else Windows-1252.

    Raises `Refused` where it is no text.
    """
    for start, why in KNOWN.items():
        if data.startswith(start):
            raise Refused(why)
    encoding = _encoding(data)
    text = data.decode(encoding, errors="replace")
    if "\0" in text:
        raise Refused(NO_TEXT)
    return text


def _encoding(data: bytes) -> str:
    for mark, name in MARKS.items():
        if data.startswith(mark):
            return name
    if b"\0" in data[:2]:
        return "utf-16-le" if data[1:2] == b"\0" else "utf-16-be"
    try:
        data.decode()
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"
