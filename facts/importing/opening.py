"""Which kind of file it is, and whether it can be opened."""

from enum import Enum
from pathlib import Path

from courses.importing.reading.opening import LARGEST, OLD_EXCEL, ZIP
from courses.importing.refusal import Unreadable


class Kind(Enum):
    DELIMITED = "CSV"
    WORKBOOK = "XLSX"


def opened(path: Path) -> Kind:
    """Return what kind of table lies at `path`. Raises `Unreadable`."""
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            start = file.read(8)
    except OSError as error:
        raise Unreadable(f"The file cannot be opened: {error.strerror}.") from error
    if size > LARGEST:
        raise Unreadable(f"The file has more than {LARGEST // 1024**2} MB. Split it.")
    if not size:
        raise Unreadable("The file is empty.")
    if start.startswith(OLD_EXCEL):
        raise Unreadable("This is an Excel file of the old kind. Save it as XLSX or CSV.")
    return Kind.WORKBOOK if start.startswith(ZIP) else Kind.DELIMITED
