"""The figures of a row: amounts, ranges, quartiles, each from the columns that give its parts."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from courses.importing.refusal import Refused
from facts.importing import words
from facts.importing.amounts import TopCoded, amount, currency_of
from facts.importing.columns import PARTS, QUARTILES, Columns
from facts.importing.drafts import Options
from facts.importing.table import Line

Group = dict[str, str]  # columns, by the parts that they give


@dataclass
class Figure:
    """A figure that a row gives, in `currency` for each `period`; `faults` say what was not understood."""

    statistic: str
    period: str
    currency: str = ""
    values: dict[str, Decimal | None] = field(default_factory=dict)
    faults: list[tuple[str, str]] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    signs: set[str] = field(default_factory=set)
    is_empty: bool = False


def figures_of(line: Line, columns: Columns, said: Mapping[str, Any], options: Options) -> list[Figure]:
    """Return the figures that `line` gives; what `said` and `options` say of them is of all of them.

    If none of its columns has an amount, the only one has that as its fault. A range without one of its ends
    is left out where there is an amount, and the figure says so.
    """
    found = [
        _figure(line, group, statistic, period, columns, said, options)
        for (statistic, period), group in _groups(columns).items()
    ]
    filled = [figure for figure in found if not figure.is_empty]
    return filled or [_nothing(line, columns)]


def _groups(columns: Columns) -> dict[tuple[str, str], Group]:
    groups: dict[tuple[str, str], Group] = defaultdict(dict)
    for column, part in columns.parts.items():
        groups[part.statistic, part.period].setdefault(part.part, column)
    return groups


def _nothing(line: Line, columns: Columns) -> Figure:
    cells = ", ".join(f"{column} is “{line.cells.get(column, '').strip()[:20]}”" for column in columns.parts)
    return Figure("", "", faults=[("", f"gives no amount: {cells}")])


def _figure(
    line: Line,
    group: Group,
    statistic: str,
    period: str,
    columns: Columns,
    said: Mapping[str, Any],
    options: Options,
) -> Figure:
    figure = Figure(statistic or said.get("statistic") or options.statistic, "")
    for part in PARTS:
        _read(figure, part, group, line)
    if not figure.faults:
        _check_range(figure, group)
    figure.is_empty = not figure.faults and not any(figure.values.values())
    if not figure.is_empty:
        _name(figure, period or said.get("period") or options.period, columns, said, options)
    return figure


def _read(figure: Figure, part: str, group: Group, line: Line) -> None:
    figure.values[part] = None
    column = group.get(part, "")
    try:
        read = amount(line.cells.get(column, ""))
    except TopCoded as refused:
        if part == "amount" or not figure.values["amount"]:
            figure.faults.append((column, str(refused)))
        else:
            figure.told.append(f"{column}: {refused}")
        return
    except Refused as refused:
        figure.faults.append((column, str(refused)))
        return
    figure.values[part] = read.value
    figure.signs |= {read.sign} if read.value else set()
    figure.told += [f"{column}: {read.told}"] if read.told else []


def _check_range(figure: Figure, group: Group) -> None:
    """Refuse what is in no order; leave out a range that has one end, if there is an amount beside it."""
    value, low, high = (figure.values[part] for part in PARTS)
    ends = group.get("low", ""), group.get("high", "")
    if (low is None) != (high is None):
        if value is None:
            figure.faults.append((ends[low is not None], "has one end alone; a range needs both"))
            return
        figure.told.append(
            f"stored without the range, of which {ends[low is not None] or 'one end'} gives nothing"
        )
        figure.values |= {"low": None, "high": None}
    elif low is not None and high is not None and not low <= (low if value is None else value) <= high:
        figure.faults.append(
            (ends[0], f"the amounts are in no order: {low:,} to {high:,}, and {value or low:,}")
        )
    if figure.statistic == QUARTILES and figure.values["low"] is None:
        figure.statistic = "median"


def _name(figure: Figure, period: str, columns: Columns, said: Mapping[str, Any], options: Options) -> None:
    """Say what the amounts are, in which currency and for which period, or why that is not known."""
    if not figure.statistic:
        figure.faults.append(
            ("", "does not say what the amount is; give a column or --statistic, such as median")
        )
    try:
        figure.period = words.period(period)
        if not figure.period:
            raise Refused("does not say for which period; give a column or --period, such as year")
        otherwise = options.currency or ("USD" if columns.is_oews else "")
        currencies = {
            currency_of(sign, said.get("currency") or "", otherwise) for sign in figure.signs or {""}
        }
        if len(currencies) > 1:
            raise Refused(f"has amounts in {' and '.join(sorted(currencies))}")
        figure.currency = currencies.pop()
    except Refused as refused:
        figure.faults.append(("", str(refused)))
