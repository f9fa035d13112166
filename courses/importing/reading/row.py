"""What every kind of file comes to: the names of its columns, and rows of texts."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any


@dataclass(frozen=True)
class Row:
    """A row: its number as a spreadsheet counts, with the header as the first, or from 1 in JSON.

    `line` is the line of the file that it begins on, if the file has lines, and `fault` why its cells cannot
    be told apart, if they cannot.
    """

    number: int
    line: int | None
    cells: Mapping[str, str]
    fault: str = ""

    @property
    def is_empty(self) -> bool:
        return not self.fault and not any(cell.strip() for cell in self.cells.values())


@dataclass(frozen=True)
class Table:
    """A file that can be read: the names of its columns, its rows, and what one should know of it."""

    header: list[str]
    rows: Callable[[], Iterator[Row]]
    notes: list[str] = field(default_factory=list)


def named(cells: list[str]) -> list[str]:
    """Return the names of columns in `cells`; one without is called by its number.

    The empty ones that a spreadsheet leaves at the end are no columns.
    """
    names = [" ".join(cell.split()) for cell in cells]
    while names and not names[-1]:
        names.pop()
    return [name or f"column {number}" for number, name in enumerate(names, 1)]


def text_of(value: Any) -> str:
    """Return the value of a cell as the text that somebody would have typed."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return str(value.date()) if value.time() == datetime.min.time() else value.isoformat(" ")
    if isinstance(value, date):
        return str(value)
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False)
    return str(value)
