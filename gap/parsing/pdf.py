"""The text of a PDF. For the process of `gap.parsing` alone."""

from io import BytesIO

from pypdf import PdfReader
from pypdf.errors import DependencyError, PdfReadError

from gap.parsing.refusal import BROKEN, LONGEST, TOO_LONG, Refused

PAGES = 20
LOCKED = "This PDF is locked with a password. Save a copy without one, or paste the text."
SCANNED = "There is no text in this PDF: it seems to be scanned. Paste the text of the posting instead."


def text_of_pdf(data: bytes) -> str:
    """Return the text of the pages of the PDF that `data` holds. Raises `Refused`."""
    try:
        reader = PdfReader(BytesIO(data), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            raise Refused(LOCKED)
        if len(reader.pages) > PAGES:
            raise Refused(f"This PDF has more than {PAGES} pages. Give the pages of the posting alone.")
        return _text(reader)
    except DependencyError as error:
        raise Refused(LOCKED) from error
    except PdfReadError as error:
        raise Refused(BROKEN) from error


def _text(reader: PdfReader) -> str:
    pages: list[str] = []
    for page in reader.pages:
        pages.append(page.extract_text())
        if sum(map(len, pages)) > LONGEST:
            raise Refused(TOO_LONG)
    text = "\n\n".join(pages)
    if not text.strip():
        raise Refused(SCANNED)
    return text
