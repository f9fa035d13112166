"""The catalog as the ranking reads it, kept in memory until it changes."""

import sys
from collections import defaultdict
from decimal import Decimal
from functools import lru_cache
from threading import Lock
from typing import Any

from django.db.models import F

from courses.matching.programme import Effort, Price, Programme
from courses.models import Change, Course, CourseFigures, Status

FIELDS = (
    "slug",
    "format",
    "language",
    "effort_hours",
    "weeks_max",
    "weekly_hours_min",
    "weekly_hours_max",
    "status",
)
Rated = tuple[Decimal | None, int | None]

_reading = Lock()


def programmes() -> list[Programme]:
    """Return the courses that are listed; do not change the list, it is kept until the catalog changes.

    One query where nothing has changed; five, whatever the size of the catalog, where something has.
    """
    version = Change.objects.version()
    with _reading:  # whoever comes meanwhile waits for the one that reads, and has it too
        return _programmes(version)


@lru_cache(maxsize=1)
def _programmes(version: tuple[Any, ...]) -> list[Programme]:
    skills, prices, ratings = _skills(), _prices(), _ratings()
    rows = Course.objects.listed().order_by("slug").values_list("pk", *FIELDS)
    return [
        _programme(row, frozenset(skills[pk]), tuple(prices[pk]), ratings.get(pk, (None, None)))
        for pk, *row in rows
    ]


def forget() -> None:
    """Read the catalog anew when it is next asked for."""
    _programmes.cache_clear()


def _skills() -> dict[int, list[str]]:
    """Return the skills that each course teaches."""
    found: dict[int, list[str]] = defaultdict(list)
    for course, skill in Course.skills.through.objects.values_list("course_id", "skill__slug"):
        found[course].append(sys.intern(skill))
    return found


def _prices() -> dict[int, list[Price]]:
    """Return the prices of each course: those read last first, and the dearest of a day."""
    found: dict[int, list[Price]] = defaultdict(list)
    rows: Any = CourseFigures.objects.filter(price__isnull=False).order_by("-retrieved_on", "-price")
    for course, amount, currency in rows.values_list("course_id", "price", "currency"):
        found[course].append(Price(amount, currency))
    return found


def _ratings() -> dict[int, Rated]:
    """Return the stars of each course, and their number: what was read last, of a day the most."""
    rated = CourseFigures.objects.filter(rating__isnull=False)
    rows = rated.order_by("retrieved_on", F("ratings").asc(nulls_first=True), "rating")
    return {
        course: (stars, number)
        for course, stars, number in rows.values_list("course_id", "rating", "ratings")
    }


def _programme(row: list[Any], skills: frozenset[str], prices: tuple[Price, ...], rated: Rated) -> Programme:
    slug, format_, language, hours, weeks, least, most, status = row
    rating, ratings = rated
    hours = hours or (weeks * most if weeks and most else None)  # as Course.hours has it
    return Programme(
        slug=slug,
        skills=skills,
        effort=Effort(format_, hours, weeks, least, most),
        language=language,
        prices=prices,
        is_checked=status == Status.ACTIVE,
        rating=rating,
        ratings=ratings,
    )
