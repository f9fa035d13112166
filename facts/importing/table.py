"""A table among other lines: what stands above and below it, and between its rows, is told apart."""

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from courses.importing.cleaning import clean
from courses.importing.reading.delimited import SIGNS, records
from courses.importing.reading.letters import encoding_of, is_broken
from courses.importing.reading.row import named
from courses.importing.reading.workbook import first_sheet
from courses.importing.refusal import Unreadable
from facts.importing.opening import Kind, opened

TOP = 50  # records among which the names of the columns are looked for
STRAY = 0.01  # NULs for each byte: so few are damage to a text, more are none
FOOTNOTE = re.compile(r"(?i)(notes?|sources?|footnotes?|legend|\*+|#|†|‡|\[\w{1,2}\]|\(\w{1,2}\))(\W|$)")
TOTAL = re.compile(r"(?i)(grand |sub-?)?totals?\b[:\s]*")

Score = Callable[[list[str]], int]


@dataclass(frozen=True)
class Line:
    """A record: its number as a spreadsheet counts, the line it begins on, and its cells by their columns.

    `fault` is why the cells cannot be told apart, and `passed` why it is no row of the table, if so.
    """

    number: int
    line: int | None
    cells: dict[str, str] = field(default_factory=dict)
    fault: str = ""
    passed: str = ""

    @property
    def place(self) -> str:
        """Where it stands in the file."""
        other = self.line is not None and self.line != self.number
        return f"row {self.number}" + (f" (line {self.line})" if other else "")


@dataclass(frozen=True)
class Table:
    """The names of the columns, what follows them, and what one should know of the file."""

    header: list[str]
    lines: Callable[[], Iterator[Line]]
    notes: list[str]


Record = tuple[int | None, list[str] | str]  # the line it begins on; its cells, or why it has none


def read(path: Path, encoding: str, score: Score) -> Table:
    """Return the table in a CSV or XLSX file, whose `encoding` is given if known.

    `score` says how many names of columns it knows: the header is the first line that has the most, among
    the first `TOP`. Raises `Unreadable`.
    """
    if opened(path) is Kind.WORKBOOK:
        names, _ = first_sheet(path)
        notes = [f"Only the first sheet, “{names[0]}”, was read."] if len(names) > 1 else []
        return _table(lambda: ((None, cells) for _, cells in first_sheet(path)[1]), score, notes)
    letters, notes = _encoding(path, encoding)
    sign = max(SIGNS, key=lambda sign: _best(records(path, letters, sign), score))
    return _table(lambda: records(path, letters, sign), score, notes)


def _encoding(path: Path, told: str) -> tuple[str, list[str]]:
    with path.open("rb") as file:
        start = file.read(4096)
    if not told and 0 < start.count(b"\0") < STRAY * len(start):
        told = "utf-8-sig"
    return encoding_of(path, told)


def _best(found: Iterator[Record], score: Score) -> int:
    return max((score(_names(cells)) for _, cells in islice(found, TOP)), default=0)


def _names(cells: list[str] | str) -> list[str]:
    return [] if isinstance(cells, str) else named([clean(cell) for cell in cells])


def _table(found: Callable[[], Iterator[Record]], score: Score, notes: list[str]) -> Table:
    tops = [_names(cells) for _, cells in islice(found(), TOP)]
    scores = [score(names) for names in tops]
    if not any(scores):
        seen = next((", ".join(names) for names in tops if names), "nothing")
        raise Unreadable(
            f"No line names columns that are known. First, there is: {seen[:200]}. "
            "Say which column gives what, such as --map “Wage=amount”."
        )
    at = scores.index(max(scores))
    above = [str(number) for number, names in enumerate(tops[:at], 1) if names]
    told = [f"Passed over above the names of the columns: rows {', '.join(above)}."] if above else []
    return Table(tops[at], lambda: _lines(found(), at, tops[at]), notes + told)


def _lines(found: Iterator[Record], at: int, header: list[str]) -> Iterator[Line]:
    for number, (line, cells) in islice(enumerate(found, 1), at + 1, None):
        if isinstance(cells, str):
            yield Line(number, line, fault=f"its quotes or cells cannot be told apart ({cells})")
        elif any(cell.strip() for cell in cells):
            yield _line(number, line, header, cells, is_sheet=line is None)


def _line(number: int, line: int | None, header: list[str], cells: list[str], *, is_sheet: bool) -> Line:
    if passed := _passed(header, cells):
        return Line(number, line, passed=passed)
    beyond = any(cell.strip() for cell in cells[len(header) :])
    if beyond or (len(cells) < len(header) and not is_sheet):
        return Line(number, line, fault=f"it has {len(cells)} cells, and there are {len(header)} columns")
    if any("\0" in cell for cell in cells):
        return Line(number, line, fault="it has a character that no text has (NUL)")
    if any(is_broken(cell) for cell in cells):
        return Line(number, line, fault="it has bytes that are no letters; save the file as UTF-8")
    padded = cells + [""] * (len(header) - len(cells))
    return Line(number, line, dict(zip(header, padded, strict=False)))


def _passed(header: list[str], cells: list[str]) -> str:
    """Return why `cells` are no row of the table; nothing if they may be one."""
    filled = [cell.strip() for cell in cells if cell.strip()]
    first = clean(cells[0]) or clean(filled[0])
    if _names(cells) == header:
        return "the names of the columns again"
    if TOTAL.fullmatch(first):
        return "a total of other rows"
    if len(header) > 1 and (len(filled) == 1 or (len(cells) < len(header) and FOOTNOTE.match(first))):
        return f"a line of text, “{first[:60]}”"
    return ""


def columns_twice(header: Collection[str]) -> list[str]:
    """Return the names that more than one column has."""
    names = list(header)
    return sorted({name for name in names if names.count(name) > 1})
