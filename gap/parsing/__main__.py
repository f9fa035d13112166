"""What the process does; see `gap.parsing`."""

import json
import logging
import sys

from gap.parsing.refusal import BROKEN, TOO_HARD, Refused

MEMORY = 768 * 1024**2  # bytes of address space, most of which libraries take
SECONDS = 8  # of processor time


def limit() -> None:
    """Limit what this process may use, where the system lets it."""
    try:
        import resource
    except ImportError:  # Windows
        return
    for what, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))


def parse(kind: str, data: bytes) -> dict[str, str]:
    """Return the `text` of a file of a `kind`, pdf or docx, or why it is `refused`."""
    try:
        if kind == "pdf":
            from gap.parsing.pdf import text_of_pdf as text_of
        else:
            from gap.parsing.docx import text_of_docx as text_of
        return {"text": text_of(data)}
    except Refused as refused:
        return {"refused": str(refused)}
    except (MemoryError, RecursionError):
        return {"refused": TOO_HARD}
    except Exception:  # noqa: BLE001 (a parser may raise anything, and the file is to blame)
        return {"refused": BROKEN}


if __name__ == "__main__":
    logging.disable()  # parsers tell what a file says
    limit()
    sys.stdout.buffer.write(json.dumps(parse(sys.argv[1], sys.stdin.buffer.read())).encode())
