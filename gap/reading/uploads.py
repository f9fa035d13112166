"""What somebody uploaded, as text: by what it holds, whatever its name says."""

import json
import subprocess  # nosec
import sys

from django.conf import settings

from gap.parsing.refusal import EMPTY, LONGEST, TOO_HARD, TOO_LONG, Refused
from gap.reading.letters import plain_text

MOST_BYTES = 1024**2
PATIENCE = 10  # seconds that somebody waits for a file to be parsed
HEAD = 1024  # bytes within which a PDF says what it is
UNSEEN = dict.fromkeys([*range(9), 11, 12, *range(14, 32), *range(0xD800, 0xE000)], " ")


def text_of(data: bytes) -> str:
    """Return the text of a file of at most `MOST_BYTES`. Raises `Refused`."""
    if not data:
        raise Refused("This file is empty.")
    if len(data) > MOST_BYTES:
        raise Refused("This file is larger than 1 MB. Give the posting alone, or paste its text.")
    text = _read(data).translate(UNSEEN)
    if not text.strip():
        raise Refused(EMPTY)
    if len(text) > LONGEST:
        raise Refused(TOO_LONG)
    return text


def _read(data: bytes) -> str:
    if b"%PDF-" in data[:HEAD]:
        return _parsed("pdf", data)
    if data.startswith(b"PK\x03\x04"):
        return _parsed("docx", data)
    return plain_text(data)


def _parsed(kind: str, data: bytes) -> str:
    """Return what a process of its own reads in a file of this kind (see `gap.parsing`)."""
    command = [sys.executable, "-m", "gap.parsing", kind]
    try:
        done = subprocess.run(  # noqa: S603 # nosec
            command,
            input=data,
            capture_output=True,
            timeout=PATIENCE,
            cwd=settings.BASE_DIR,
            env={"PYTHONIOENCODING": "utf-8", "PYTHONDONTWRITEBYTECODE": "1"},
            check=True,
        )
        told: dict[str, str] = json.loads(done.stdout)
    except (subprocess.SubprocessError, OSError, ValueError):
        raise Refused(TOO_HARD) from None  # what it held is nobody's business
    if "refused" in told:
        raise Refused(told["refused"])
    return told["text"]
