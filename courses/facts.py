"""What sources say of an offer, in words; what no source says is None, and shown as unknown."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from courses.browsing.filters import plain
from courses.models import Course, CourseFigures, Figures


@dataclass(frozen=True)
class Fact:
    """What a source says, and when it was read there."""

    words: str
    source: str
    source_url: str
    retrieved_on: date

    @classmethod
    def of(cls, words: str, row: Figures) -> "Fact":
        return cls(words, row.source, row.source_url, row.retrieved_on)


def price_of(offer: Any) -> Fact | None:
    """Return what the newest source that names a price says; the figures of `offer` are prefetched."""
    return next((Fact.of(price_words(row), row) for row in _newest(offer) if row.price is not None), None)


def rating_of(course: Course) -> Fact | None:
    """Return the stars that the newest source gives, with the number of ratings if it has one."""
    rows = (row for row in _newest(course) if row.rating is not None)
    return next((Fact.of(rating_words(row), row) for row in rows), None)


def price_words(row: Figures) -> str:
    """Return the price that a source gives: “free”, “49 USD”."""
    if row.price is None:
        return ""
    return "free" if row.is_free else f"{money(row.price)} {row.currency}"


def rating_words(row: CourseFigures) -> str:
    """Return the stars that a source gives: “4.9 of 5 by 6,747”."""
    if row.rating is None:
        return ""
    count = f" by {whole(row.ratings)}" if row.ratings is not None else ""
    return f"{plain(row.rating)} of 5{count}"


def effort_words(course: Course) -> str:
    """Return what a course takes as its provider says it: “40 hours”, “4 to 6 weeks at 3 hours a week”."""
    weeks = _range(course.weeks_min, course.weeks_max, "week")
    weekly = _range(course.weekly_hours_min, course.weekly_hours_max, "hour")
    total = _range(course.effort_hours, course.effort_hours, "hour")
    pace = f"{weekly} a week" if weekly else ""
    if total and weeks:
        total = f"{total} over {weeks}"
    amount = total or weeks
    return f"{amount} at {pace}" if amount and pace else amount or pace


def validity_words(months: int | None) -> str:
    """Return how long a certification is valid: “3 years”, “does not expire”; empty if unknown."""
    if months is None:
        return ""
    if months == 0:
        return "does not expire"
    return _range(months // 12, months // 12, "year") if months % 12 == 0 else _range(months, months, "month")


def whole(number: int) -> str:
    """Return a count as it is read: “220,274”."""
    return f"{number:,}"


def money(amount: Decimal) -> str:
    """Return an amount without cents that are none: “49”, “1,250.50”."""
    return f"{amount:,.0f}" if amount == amount.to_integral_value() else f"{amount:,.2f}"


def _newest(offer: Any) -> Sequence[Any]:
    """Return the figures of an offer, the newest first, in the order in which filters take them."""
    rows: Iterable[Any] = offer.figures.all()
    return sorted(rows, key=lambda row: (-row.retrieved_on.toordinal(), row.source))


def _range(least: int | None, most: int | None, unit: str) -> str:
    if not most:
        return ""
    words = f"{unit}{'' if most == 1 else 's'}"
    return f"{most:,} {words}" if least == most else f"{least:,} to {most:,} {words}"
