"""Which kind of file it is, and whether it is small enough."""

from pathlib import Path

from courses.importing.reading.delimited import read_delimited
from courses.importing.reading.objects import read_objects
from courses.importing.reading.row import Table
from courses.importing.reading.workbook import read_workbook
from courses.importing.refusal import Unreadable

LARGEST = 300 * 1024**2  # bytes
ZIP = b"PK\x03\x04"
OLD_EXCEL = b"\xd0\xcf\x11\xe0"


def read(path: Path, encoding: str = "") -> Table:
    """Return what the file at `path` holds; `encoding` is that of its letters, if it is known.

    CSV with any of the usual signs between its cells, XLSX, or JSON: what the file holds says which. Raises
    `Unreadable`.
    """
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            start = file.read(4096)
    except OSError as error:
        raise Unreadable(f"The file cannot be opened: {error.strerror}.") from error
    if size > LARGEST:
        raise Unreadable(f"The file has more than {LARGEST // 1024**2} MB. Split it.")
    if start.startswith(OLD_EXCEL):
        raise Unreadable("This is an Excel file of the old kind. Save it as XLSX or CSV.")
    if start.startswith(ZIP):
        return read_workbook(path)
    if start.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")[:1] in (b"[", b"{"):
        return read_objects(path, encoding)
    return read_delimited(path, encoding)
