"""The catalog as the ranking reads it: four queries, however large it is."""

from collections import defaultdict
from collections.abc import Collection
from decimal import Decimal
from typing import Any

from django.db.models import F, QuerySet

from courses.matching.programme import Price, Programme
from courses.models import Course, CourseFigures, Status

FIELDS = (
    "pk",
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


def programmes_teaching(skills: Collection[str]) -> list[Programme]:
    """Return the listed courses that teach one or more of `skills`, given by slug, with those skills alone."""
    taught = _taught(skills)
    teaching = Course.objects.listed().filter(skills__slug__in=skills).order_by()
    prices, ratings = _prices(teaching), _ratings(teaching)
    rows = Course.objects.filter(pk__in=teaching.values("pk")).order_by().values_list(*FIELDS)
    return [
        _programme(row, frozenset(taught[pk]), tuple(prices[pk]), ratings.get(pk, (None, None)))
        for pk, *row in rows
    ]


def _taught(skills: Collection[str]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    links = Course.skills.through.objects.filter(skill__slug__in=skills)
    for course, skill in links.values_list("course_id", "skill__slug"):
        found[course].append(skill)
    return found


def _prices(courses: QuerySet[Any]) -> dict[int, list[Price]]:
    """Return the prices of each course: those read last first, and the dearest of a day."""
    found: dict[int, list[Price]] = defaultdict(list)
    rows = CourseFigures.objects.filter(course__in=courses.values("pk"), price__isnull=False)
    for course, *price in rows.order_by("-retrieved_on", "-price").values_list(
        "course_id", "price", "currency"
    ):
        found[course].append(Price(*price))
    return found


def _ratings(courses: QuerySet[Any]) -> dict[int, Rated]:
    """Return the stars of each course and their number: what was read last, of a day what most people gave."""
    rows = CourseFigures.objects.filter(course__in=courses.values("pk"), rating__isnull=False)
    oldest_first = rows.order_by("retrieved_on", F("ratings").asc(nulls_first=True), "rating")
    return {
        course: (rating, ratings)
        for course, rating, ratings in oldest_first.values_list("course_id", "rating", "ratings")
    }


def _programme(row: list[Any], skills: frozenset[str], prices: tuple[Price, ...], rated: Rated) -> Programme:
    slug, format_, language, hours, weeks, least, most, status = row
    rating, ratings = rated
    return Programme(
        slug=slug,
        skills=skills,
        format=format_,
        language=language,
        hours=hours or (weeks * most if weeks and most else None),  # as Course.hours has it
        weeks_max=weeks,
        weekly_hours_min=least,
        weekly_hours_max=most,
        prices=prices,
        is_checked=status == Status.ACTIVE,
        rating=rating,
        ratings=ratings,
    )
