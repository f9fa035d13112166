"""Single answers of a survey: which count, of which career, place, year and level."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from courses.importing.cleaning import key
from courses.importing.refusal import Refused, Unreadable
from facts.importing import words
from facts.importing.amounts import amount
from facts.importing.columns import Names, mapped, scored
from facts.importing.planning import File
from facts.importing.table import Line, Table, read

SURVEY: Names = {
    "title": "job title|job",
    "place": "employee residence",
    "year": "work year",
    "level": "experience level|experience",
    "contract": "employment type|employment",
    "usd": "salary in usd|salary usd",
}
NEEDED = ("title", "place", "year", "usd")
WHERE = {"employeeresidence": "where people live", "companylocation": "where the employer is"}
FULL_TIME = frozenset(("ft", "full-time", "full time", "fulltime"))
DOLLARS = frozenset(("", "$", "US$", "USD"))

Group = tuple[str, str, int]  # the slug of a career, the code of a country, a year


@dataclass(frozen=True)
class Asked:
    """Which answers count: job titles that mean careers, by their keys, each as written and with a slug.

    `place_names` are names of countries by their codes, for those that are to be made.
    """

    careers: dict[str, tuple[str, str]]
    place_names: dict[str, str] = field(default_factory=dict)
    full_time: bool = True


@dataclass
class Answers:
    """Amounts, US dollars a year, of each group by level (nothing if unknown), and what was left out."""

    groups: dict[Group, dict[str, list[Decimal]]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(list))
    )
    refused: list[tuple[str, list[tuple[str, str]]]] = field(default_factory=list)
    passed: Counter[str] = field(default_factory=Counter)
    notes: list[str] = field(default_factory=list)
    where: str = ""


def answers_in(file: File, asked: Asked) -> Answers:
    """Return what the survey in `file` says. Raises `Unreadable`."""
    table = read(file.path, file.encoding, scored(file.fields, SURVEY))
    columns = _columns(table, file, asked)
    found = Answers(notes=list(table.notes))
    place = columns["place"]
    found.where = WHERE.get("".join(filter(str.isalpha, place)).casefold(), f"as “{place[:40]}” gives it")
    for line in table.lines():
        _take(found, line, columns, asked)
    return found


def _columns(table: Table, file: File, asked: Asked) -> dict[str, str]:
    """Return the column of each field. Raises `Unreadable` where one is missing that is needed."""
    fields = mapped(table.header, file.fields, SURVEY).fields
    columns = {name: column for column, name in fields.items()}
    needed = [*NEEDED, *(["contract"] if asked.full_time else [])]
    if missing := [name for name in needed if name not in columns]:
        raise Unreadable(
            f"No column gives: {', '.join(missing)}. Say which does, such as --map “Job=title”; "
            "without a contract, give --all-contracts."
        )
    return columns


def _take(found: Answers, line: Line, columns: dict[str, str], asked: Asked) -> None:
    if line.passed:
        found.passed[line.passed] += 1
        return
    if line.fault:
        found.refused.append((line.place, [("", line.fault)]))
        return
    cells = {name: line.cells.get(column, "") for name, column in columns.items()}
    career = asked.careers.get(key(cells["title"]), ("", ""))[1]
    if not career:
        found.passed["a job title that means no career here"] += 1
    elif asked.full_time and key(cells["contract"]) not in FULL_TIME:
        found.passed["no full-time work"] += 1
    else:
        _add(found, line, cells, columns, career)


def _add(found: Answers, line: Line, cells: dict[str, str], columns: dict[str, str], career: str) -> None:
    faults: list[tuple[str, str]] = []
    said: dict[str, Any] = {}
    for name, parse in (("place", _country), ("year", words.year), ("level", words.level), ("usd", _usd)):
        try:
            said[name] = parse(cells.get(name, ""))
            if not said[name] and name != "level":
                raise Refused("is empty")
        except Refused as refused:
            faults.append((columns[name], str(refused)))
    if faults:
        found.refused.append((line.place, faults))
    else:
        found.groups[career, said["place"], said["year"]][said["level"]].append(said["usd"])


def _country(raw: str) -> str:
    code = words.name(raw).upper()
    if code and not (len(code) == 2 and code.isalpha() and code.isascii()):
        raise Refused(f"“{code[:20]}” is no code of a country, such as US")
    return code


def _usd(raw: str) -> Decimal | None:
    read = amount(raw)
    if read.sign not in DOLLARS:
        raise Refused(f"“{raw[:30]}” is not in US dollars")
    return read.value
