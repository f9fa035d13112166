"""Which column of a table gives what: by the names that such columns usually have, or as one is told."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from courses.importing.refusal import Unreadable
from facts.importing.table import columns_twice
from facts.models import Salary

Names = Mapping[str, str]  # the usual other names of each field, by the field

FIELDS: Names = {
    "career": "guide|guide slug|career slug",
    "occupation_code": "occ code|soc|soc code",
    "occupation": "occ title|occupation title|occupation name",
    "place": "area title|area name|location|place name",
    "place_code": "iso code|iso 3166",
    "place_kind": "area type|kind of place",
    "within": "lies in",
    "us_state": "prim state",
    "industry": "naics title|sector|industry title",
    "level": "experience|experience level|seniority",
    "statistic": "measure|kind of figure",
    "amount": "salary|wage|pay|annual wage|annual salary",
    "low": "from|lowest|lower end",
    "high": "to|highest|upper end",
    "currency": "currency code|salary currency",
    "period": "per|pay period",
    "year": "reference year|work year",
    "month": "",
    "retrieved": "retrieved on|date retrieved",
    "answers": "respondents|responses|sample size|number of answers",
    "note": "notes|remark|remarks",
}
PARTS = ("amount", "low", "high")
QUARTILES = "median, with quartiles"
OEWS = {  # US Bureau of Labor Statistics, Occupational Employment and Wage Statistics: the yearly wages
    "A_MEAN": ("amount", "mean"),
    "A_MEDIAN": ("amount", QUARTILES),
    "A_PCT25": ("low", QUARTILES),
    "A_PCT75": ("high", QUARTILES),
    "A_PCT10": ("low", "10th to 90th percentile"),
    "A_PCT90": ("high", "10th to 90th percentile"),
}
BY_HOUR = re.compile(r"H_(MEAN|MEDIAN|PCT\d\d)")
OF = re.compile(r"(?P<part>amount|low|high) of (?P<statistic>.+?)(?: per (?P<period>[a-z]+))?")
LEFT_OUT = ("", "-")


@dataclass(frozen=True)
class Part:
    """What a column gives of a figure: one of `PARTS`, of this statistic, for this period if it is said.

    A statistic that is not said is that of the row.
    """

    part: str
    statistic: str = ""
    period: str = ""


@dataclass(frozen=True)
class Columns:
    """Which field, or part of a figure, each column gives; why the others are not used.

    `is_oews` says that the columns are those of the US Bureau of Labor Statistics.
    """

    fields: dict[str, str] = field(default_factory=dict)
    parts: dict[str, Part] = field(default_factory=dict)
    unused: dict[str, str] = field(default_factory=dict)
    is_oews: bool = False


def mapped(header: Sequence[str], told: Mapping[str, str], names: Names = FIELDS) -> Columns:
    """Return what the columns called `header` give, where `told` says it of some of them.

    It says a field, “amount of mean per hour”, or nothing to leave the column out. Raises `Unreadable` where
    no column gives an amount, where `told` names what is not there, and of two columns with one name.
    """
    _check(header, told, names)
    columns = Columns(is_oews=names is FIELDS and "OCC_CODE" in map(str.upper, header))
    for column, meaning in told.items():
        _tell(columns, column, meaning)
    for column in header:
        if column not in told:
            _recognise(columns, column, names)
    return columns


def scored(told: Mapping[str, str], names: Names = FIELDS) -> Callable[[list[str]], int]:
    """Return what says of a line how many names of columns it has; 0 if it can be no header."""

    def score(header: list[str]) -> int:
        if any(column not in header for column in told):
            return 0
        known = sum(column in told or bool(_meaning(column, names)) for column in header)
        return known if known > 1 else 0

    return score


def is_part(meaning: str) -> bool:
    return meaning in PARTS or bool(OF.fullmatch(meaning))


def part_of(meaning: str) -> Part:
    """Return what “amount of mean per hour” says."""
    match = OF.fullmatch(meaning)
    return Part(match["part"], match["statistic"], match["period"] or "") if match else Part(meaning)


def _tell(columns: Columns, column: str, meaning: str) -> None:
    if meaning in LEFT_OUT:
        columns.unused[column] = "left out"
    elif is_part(meaning):
        columns.parts[column] = part_of(meaning)
    else:
        columns.fields[column] = meaning


def _recognise(columns: Columns, column: str, names: Names) -> None:
    meaning = _meaning(column, names)
    if columns.is_oews and BY_HOUR.fullmatch(column.upper()):
        columns.unused[column] = "the same by the hour; --map can bring it too"
    elif not meaning:
        columns.unused[column] = "no usual name"
    elif other := _giver(columns, meaning):
        columns.unused[column] = f"“{other}” gives the same already"
    elif isinstance(meaning, Part):
        columns.parts[column] = meaning
    else:
        columns.fields[column] = meaning


def _giver(columns: Columns, meaning: str | Part) -> str:
    """Return the column that gives `meaning` already; nothing if there is none."""
    given = [*columns.fields.items(), *columns.parts.items()]
    return next((column for column, taken in given if taken == meaning), "")


def _meaning(column: str, names: Names) -> str | Part:
    """Return the field that a column usually gives, or the part of a figure; nothing if it is not known."""
    if names is FIELDS and column.upper() in OEWS:
        return Part(*OEWS[column.upper()], period=Salary.Period.YEAR)
    plain = _plain(column)
    found = next((name for name, others in names.items() if plain in _usual(name, others)), "")
    return Part(found) if names is FIELDS and found in PARTS else found


def _usual(name: str, others: str) -> list[str]:
    return [_plain(name), *map(_plain, filter(None, others.split("|")))]


def _plain(name: str) -> str:
    """Return the letters and digits of a name alone: “OCC_CODE” is “occ code”."""
    return re.sub(r"[\W_]", "", name).casefold()


def _check(header: Sequence[str], told: Mapping[str, str], names: Names) -> None:
    if twice := columns_twice(header):
        raise Unreadable(f"Two columns have the same name: {', '.join(twice)}. Rename one of them.")
    for column, meaning in told.items():
        if column not in header:
            raise Unreadable(f"There is no column “{column}”. There are: {', '.join(header)}.")
        if meaning not in (*names, *LEFT_OUT) and not (names is FIELDS and is_part(meaning)):
            raise Unreadable(f"There is no field “{meaning}”. There are: {', '.join(names)}.")
    given = [meaning for meaning in told.values() if meaning not in LEFT_OUT]
    if again := sorted({each for each in given if given.count(each) > 1}):
        raise Unreadable(f"Two columns are to give the same: {', '.join(again)}.")
