"""Rows of CSV, whichever sign stands between their cells."""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TextIO

from courses.importing.columns import recognised
from courses.importing.reading.letters import encoding_of, is_broken
from courses.importing.reading.row import Row, Table, named
from courses.importing.refusal import Unreadable

SIGNS = (",", ";", "\t", "|")


def read_delimited(path: Path, told: str = "") -> Table:
    """Return what the CSV file at `path` holds; `told` is its encoding, if known. Raises `Unreadable`."""
    encoding, notes = encoding_of(path, told)
    sign = _sign_of(path, encoding)
    with _opened(path, encoding) as file:
        header = _header(file, sign)
    if not any(header):
        raise Unreadable("The file is empty.")
    return Table(header, lambda: _rows(path, encoding, sign), notes)


def _opened(path: Path, encoding: str) -> TextIO:
    return path.open(
        encoding=encoding, errors="surrogateescape" if "utf-16" not in encoding else "replace", newline=""
    )


def _sign_of(path: Path, encoding: str) -> str:
    """Return the sign that makes the most sense of the header."""
    with _opened(path, encoding) as file:
        first = file.readline(1000)
    if first.startswith("sep=") and len(first.strip()) == 5:
        return first[4]
    headers = []
    for sign in SIGNS:
        with _opened(path, encoding) as file:
            headers.append((_header(file, sign), sign))
    return max(headers, key=lambda each: (recognised(each[0]), len(each[0])))[1]


def _header(file: TextIO, sign: str) -> list[str]:
    """Return the names of the columns, and leave `file` behind them."""
    try:
        for _, cells in _records(csv.reader(file, delimiter=sign, strict=True)):
            if isinstance(cells, list) and any(cells) and not _is_hint(cells, sign):
                return named(cells)
    except UnicodeError as error:
        raise Unreadable("The letters of the file cannot be read. Save it as UTF-8.") from error
    return []


def _is_hint(cells: list[str], sign: str) -> bool:
    return sign.join(cells).strip() in (f"sep={sign}", "sep=")


def records(path: Path, encoding: str, sign: str) -> Iterator[tuple[int, list[str] | str]]:
    """Yield the line on which each record of a CSV file begins, and its cells, or why it has none.

    For tables whose header has to be looked for. Raises `Unreadable`.
    """
    try:
        with _opened(path, encoding) as file:
            yield from _records(csv.reader(file, delimiter=sign, strict=True))
    except UnicodeError as error:
        raise Unreadable("The letters of the file cannot be read. Save it as UTF-8.") from error


def _records(reader: Any) -> Iterator[tuple[int, list[str] | str]]:
    """Yield the line on which each record begins, and its cells, or why it has none."""
    while True:
        line = reader.line_num + 1
        try:
            yield line, next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield line, str(error)


def _rows(path: Path, encoding: str, sign: str) -> Iterator[Row]:
    with _opened(path, encoding) as file:
        header: list[str] = []
        records = _records(csv.reader(file, delimiter=sign, strict=True))
        for number, (line, cells) in enumerate(records, 1):
            if header:
                yield _row(number, line, header, cells)
            elif isinstance(cells, list) and any(cells) and not _is_hint(cells, sign):
                header = named(cells)


def _row(number: int, line: int, header: list[str], cells: list[str] | str) -> Row:
    if isinstance(cells, str):
        return Row(number, line, {}, f"its quotes or cells cannot be told apart ({cells})")
    if len(cells) > len(header) and any(cell.strip() for cell in cells[len(header) :]):
        return Row(number, line, {}, f"it has {len(cells)} cells, and there are {len(header)} columns")
    if cells and any(cells) and len(cells) < len(header):
        return Row(number, line, {}, f"it has {len(cells)} cells, and there are {len(header)} columns")
    if any(is_broken(cell) for cell in cells):
        return Row(number, line, {}, "it has bytes that are no letters; save the file as UTF-8")
    return Row(number, line, dict(zip(header, cells, strict=False)))
