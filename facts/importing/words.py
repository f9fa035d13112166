"""Words and small numbers that tables use for levels, periods, kinds of places, years, days."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone

from courses.importing.cleaning import given, key, line
from courses.importing.prices import iso_currency
from courses.importing.refusal import Refused
from facts.importing.amounts import without_mark
from facts.importing.places import KINDS
from facts.models import Salary
from facts.models.figure import EARLIEST, OCCUPATION_CODE
from facts.models.salary import FEWEST_ANSWERS

LEVELS = {
    Salary.Level.ENTRY: "entry|entry level|en|junior|early career|entry-level",
    Salary.Level.MID: "mid|mid level|mi|intermediate|mid career|mid-level",
    Salary.Level.SENIOR: "senior|se|senior level|senior-level",
    Salary.Level.EXECUTIVE: "executive|ex|executive level|executive-level",
}
PERIODS = {
    Salary.Period.HOUR: "hour|hourly|an hour|per hour|h",
    Salary.Period.DAY: "day|daily|a day|per day",
    Salary.Period.WEEK: "week|weekly|a week|per week",
    Salary.Period.MONTH: "month|monthly|a month|per month",
    Salary.Period.YEAR: "year|yearly|annual|annually|a year|per year|per annum|y",
}
ALL = frozenset(("all", "any", "total", "all levels", "all industries", "cross-industry", "all sectors"))


def by_words(table: Mapping[Any, str]) -> dict[str, str]:
    """Return what each of the words, which bars divide, stands for."""
    return {word: str(value) for value, words in table.items() for word in words.split("|")}


LEVEL_OF, PERIOD_OF = by_words(LEVELS), by_words(PERIODS)


def level(raw: str) -> str:
    """Return the level that `raw` names; nothing for all, or if unknown. Raises `Refused`."""
    return "" if key(given(raw)) in ALL else _word(raw, LEVEL_OF, "level", Salary.Level.values)


def period(raw: str) -> str:
    """Return the period that `raw` names; nothing if unknown. Raises `Refused`."""
    return _word(raw, PERIOD_OF, "period", Salary.Period.values)


def place_kind(raw: str) -> str:
    """Return the kind of place that `raw` names; nothing if unknown. Raises `Refused`."""
    return _word(raw, KINDS, "kind of place", ["country", "state", "city"])


def industry(raw: str) -> str:
    """Return the industry in `raw`; nothing for all of them. Raises `Refused`."""
    text = name(raw)
    return "" if key(text) in ALL else text


def name(raw: str, limit: int = 120) -> str:
    """Return `raw` as one line without the mark of a footnote; nothing if unknown. Raises `Refused`."""
    return without_mark(line(raw, limit)) if given(raw) else ""


def statistic(raw: str) -> str:
    """Return the publisher's word for a figure; nothing if unknown. Raises `Refused`."""
    return name(raw, 80)


def note(raw: str) -> str:
    """Return a note of at most 300 characters. Raises `Refused`."""
    return line(raw, 300)


def currency(raw: str) -> str:
    """Return the code (ISO 4217) in `raw`; nothing if unknown. Raises `Refused`."""
    return iso_currency(raw)


def us_state(raw: str) -> str:
    """Return the two letters of a US state; nothing if unknown. Raises `Refused`."""
    letters = given(raw).upper()
    if letters and not re.fullmatch("[A-Z]{2}", letters):
        raise Refused(f"“{letters[:20]}” is not the two letters of a US state")
    return letters


def occupation_code(raw: str) -> str:
    """Return a code of the US classification, such as 15-1221; nothing if unknown. Raises `Refused`."""
    code = name(raw)
    try:
        OCCUPATION_CODE(code) if code else None
    except ValidationError:
        raise Refused(f"“{code}” is no code of the US classification, such as 15-1221") from None
    return code


def year(raw: str) -> int | None:
    """Return the year in `raw`; None if unknown. Raises `Refused`."""
    return _number(raw, EARLIEST, timezone.localdate().year, "year until now")


def month(raw: str) -> int | None:
    """Return the month (1 to 12) in `raw`; None if unknown. Raises `Refused`."""
    return _number(raw, 1, 12, "month; write it as a number from 1 to 12")


def answers(raw: str) -> int | None:
    """Return how many people answered; None if unknown. Raises `Refused` of fewer than are ever shown."""
    found = _number(raw.replace(",", ""), 0, 2_147_483_647, "number of answers")
    if found is not None and found < FEWEST_ANSWERS:
        raise Refused(f"comes from {found} answers, and fewer than {FEWEST_ANSWERS} are never shown")
    return found


def past_day(raw: str) -> date | None:
    """Return the day in `raw`; None if unknown. Raises `Refused`, also of a day to come."""
    text = given(raw)
    try:
        day = date.fromisoformat(text.split(" ")[0]) if text else None
    except ValueError:
        raise Refused(f"“{text[:30]}” is no day; write it as 2026-11-21") from None
    if day and day > timezone.localdate():
        raise Refused(f"“{text}” is in the future")
    return day


def _word(raw: str, words: Mapping[str, str], what: str, values: list[str]) -> str:
    text = name(raw)
    found = words.get(key(text)) if text else ""
    if found is None:
        raise Refused(f"“{text[:60]}” is no {what} that is known here; use {', '.join(values)}")
    return found


def _number(raw: str, least: int, most: int, what: str) -> int | None:
    text = name(raw)
    if not text:
        return None
    if not re.fullmatch(r"[0-9]{1,10}(\.0+)?", text) or not least <= int(text.split(".")[0]) <= most:
        raise Refused(f"“{text[:30]}” is no {what}")
    return int(text.split(".")[0])
