"""Rows of XLSX: of the first sheet."""

import zipfile
from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from courses.importing.reading.row import Row, Table, named, text_of
from courses.importing.refusal import Unreadable

UNPACKED = 1024**3  # bytes: what a file of a hundred thousand rows needs several times over


def read_workbook(path: Path) -> Table:
    """Return what the first sheet of the XLSX file at `path` holds. Raises `Unreadable`."""
    _check_size(path)
    names, rows = _sheet(path)
    _, header = next(((number, cells) for number, cells in rows if any(cells)), (0, []))
    header = named(header)
    if not header:
        raise Unreadable("The first sheet is empty.")
    notes = [f"Only the first sheet, “{names[0]}”, was read."] if len(names) > 1 else []
    return Table(header, lambda: _rows(path, header), notes)


def first_sheet(path: Path) -> tuple[list[str], Iterator[tuple[int, list[str]]]]:
    """Return the names of the sheets, and the rows of the first by their numbers. Raises `Unreadable`.

    For tables whose header has to be looked for.
    """
    _check_size(path)
    return _sheet(path)


def _check_size(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as packed:
            size = sum(each.file_size for each in packed.infolist())
            names = packed.namelist()
    except zipfile.BadZipFile as error:
        raise Unreadable("This is no XLSX file, or it is broken.") from error
    if "xl/workbook.xml" not in names:
        raise Unreadable("This is a zip, but no XLSX file. Unpack it first.")
    if size > UNPACKED:
        raise Unreadable(f"Unpacked, the file has more than {UNPACKED // 1024**2} MB. Split it.")


def _sheet(path: Path) -> tuple[list[str], Iterator[tuple[int, list[str]]]]:
    """Return the names of the sheets, and the rows of the first, by their numbers."""
    try:
        book: Any = load_workbook(path, read_only=True, data_only=True, keep_links=False)
    except (InvalidFileException, KeyError, ValueError, SyntaxError, OSError) as error:
        raise Unreadable("The XLSX file is broken. Save it anew, or as CSV.") from error
    if not book.worksheets:
        raise Unreadable("The XLSX file has no sheet with cells.")
    sheet = book.worksheets[0]
    sheet.reset_dimensions()  # some programs write wrong ones
    return book.sheetnames, _cells(book, sheet)


def _cells(book: Any, sheet: Any) -> Iterator[tuple[int, list[str]]]:
    try:
        for number, cells in enumerate(sheet.iter_rows(values_only=True), 1):
            yield number, [text_of(cell) for cell in cells]
    finally:
        book.close()


def _rows(path: Path, header: list[str]) -> Iterator[Row]:
    _, rows = _sheet(path)
    next((number for number, cells in rows if any(cells)), None)
    for number, cells in rows:
        if any(cells[len(header) :]):
            yield Row(number, None, {}, "it has cells beyond the last column that has a name")
        else:
            # What is empty at the end of a row may be missing.
            yield Row(number, None, dict(zip_longest(header, cells[: len(header)], fillvalue="")))
