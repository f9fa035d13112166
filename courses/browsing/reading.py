"""Reading a catalog from the database into an index; a number of queries that does not depend on its size."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import F

from courses.browsing.index import Ids, Index, Scale
from courses.languages import NAMES
from courses.models import (
    Certification,
    CertificationFigures,
    Course,
    CourseFigures,
    Provider,
    Skill,
)

Sets = dict[str, dict[str, list[int]]]
Row = Mapping[str, Any]
LAST = float("inf")  # where what is unknown stands in an order


def read_courses() -> Index:
    """Return the index of all courses that are listed."""
    fields = ("id", "slug", "title", "added_at", "kind", "level", "format", "language", "effort_hours")
    rows = {
        row["id"]: row
        for row in Course.objects.listed()
        .order_by()
        .values(*fields, "weeks_max", "weekly_hours_max", one=F("provider__slug"), two=F("platform__slug"))
    }
    sets = _sets(rows, ("kind", "level", "format", "language"))
    sets["provider"] = _by_provider(rows)
    sets["skill"] = _linked(Course.skills.through, "course_id", "skill__slug", rows)
    sets["leads_to"] = _linked(Course.leads_to.through, "course_id", "certification__slug", rows)
    prices = _newest(CourseFigures, "course_id", rows, "price", "currency")
    ratings = _newest(CourseFigures, "course_id", rows, "rating", "ratings")
    efforts = {pk: Decimal(hours) for pk, row in rows.items() if (hours := _hours(row))}
    labels = _names() | {
        "kind": dict(Course.Kind.choices),
        "level": dict(Course.Level.choices),
        "format": dict(Course.Format.choices),
        "language": NAMES,
        "leads_to": dict(Certification.objects.values_list("slug", "title")),
    }
    orders = _orders(rows, prices, efforts=efforts, ratings=ratings)
    return _index(rows, sets, labels, orders, prices, effort_max=efforts, rating_min=_values(ratings))


def read_certifications() -> Index:
    """Return the index of all certifications that are listed."""
    fields = ("id", "slug", "title", "added_at", "kind", "assessment")
    rows = {
        row["id"]: row
        for row in Certification.objects.listed().order_by().values(*fields, one=F("issuer__slug"))
    }
    sets = _sets(rows, ("kind", "assessment"))
    sets["provider"] = _by_provider(rows)
    sets["skill"] = _linked(Certification.skills.through, "certification_id", "skill__slug", rows)
    prices = _newest(CertificationFigures, "certification_id", rows, "price", "currency")
    labels = _names() | {
        "kind": dict(Certification.Kind.choices),
        "assessment": dict(Certification.Assessment.choices),
    }
    return _index(rows, sets, labels, _orders(rows, prices), prices)


def _index(
    rows: Mapping[int, Row],
    sets: Sets,
    labels: Mapping[str, Mapping[str, str]],
    orders: Mapping[str, list[int]],
    prices: Mapping[int, tuple[Decimal, str]],
    **numbers: Mapping[int, Decimal],
) -> Index:
    currencies = sorted({currency for _, currency in prices.values() if currency}) or ["USD"]
    scales = {(name, ""): _scale(values) for name, values in numbers.items()}
    for currency in currencies:  # what is free is so in every currency
        scales["price_max", currency] = _scale(
            {pk: price for pk, (price, own) in prices.items() if own in ("", currency)}
        )
    return Index(
        all=Ids(rows),
        sets={name: {value: Ids(ids) for value, ids in values.items()} for name, values in sets.items()},
        labels=labels,
        scales=scales,
        orders=orders,
        currencies=tuple(currencies),
    )


def _scale(numbers: Mapping[int, Decimal]) -> Scale:
    return Scale.of((number, pk) for pk, number in numbers.items())


def _names() -> dict[str, Mapping[str, str]]:
    return {
        "skill": dict(Skill.objects.values_list("slug", "name")),
        "provider": dict(Provider.objects.values_list("slug", "name")),
    }


def _sets(rows: Mapping[int, Row], fields: Iterable[str]) -> Sets:
    sets: Sets = {field: defaultdict(list) for field in fields}
    for pk, row in rows.items():
        for field, values in sets.items():
            if row[field]:
                values[row[field]].append(pk)
    return sets


def _by_provider(rows: Mapping[int, Row]) -> dict[str, list[int]]:
    """Return the ids by who teaches or issues, and by where it is taken."""
    found: dict[str, list[int]] = defaultdict(list)
    for pk, row in rows.items():
        for slug in {row["one"], row.get("two")} - {None}:
            found[slug].append(pk)
    return found


def _linked(through: Any, key: str, value: str, rows: Mapping[int, Row]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for pk, slug in through.objects.order_by().values_list(key, value):
        if pk in rows:
            found[slug].append(pk)
    return found


def _newest(
    model: Any, key: str, rows: Mapping[int, Row], field: str, beside: str
) -> dict[int, tuple[Any, Any]]:
    """Return what the newest source that gives `field` says of each offer, with the field `beside` it."""
    known = model.objects.filter(**{f"{field}__isnull": False}).order_by("retrieved_on", "-source")
    said = known.values_list(key, field, beside)
    return {pk: (value, other) for pk, value, other in said if pk in rows}


def _values(pairs: Mapping[int, tuple[Decimal, Any]]) -> dict[int, Decimal]:
    return {pk: value for pk, (value, _) in pairs.items()}


def _hours(row: Row) -> int | None:
    """Return what a course takes in hours, as `Course.hours` does."""
    weeks, weekly = row["weeks_max"], row["weekly_hours_max"]
    return row["effort_hours"] or (weeks * weekly if weeks and weekly else None)


def _orders(
    rows: Mapping[int, Row],
    prices: Mapping[int, tuple[Decimal, str]],
    *,
    efforts: Mapping[int, Decimal] | None = None,
    ratings: Mapping[int, tuple[Decimal, int | None]] | None = None,
) -> dict[str, list[int]]:
    """Return all ids in each order; what is unknown comes last, what is equal by title."""
    by_title = sorted(rows, key=lambda pk: (rows[pk]["title"].casefold(), rows[pk]["slug"]))
    orders = {
        "title": by_title,
        "newest": sorted(by_title, key=lambda pk: _age(rows[pk]["added_at"])),
        "price": sorted(by_title, key=lambda pk: _price(prices.get(pk))),
    }
    if efforts is not None:
        orders["effort"] = sorted(by_title, key=lambda pk: efforts.get(pk, LAST))
    if ratings is not None:
        orders["rating"] = sorted(by_title, key=lambda pk: _stars(ratings.get(pk)))
    return orders


def _age(moment: datetime) -> float:
    return -moment.timestamp()


def _price(price: tuple[Decimal, str] | None) -> tuple[str, Decimal | float]:
    """Order prices within their currency: what is free, the currencies by name, what is unknown."""
    return ("~", LAST) if price is None else (price[1], price[0])


def _stars(rating: tuple[Decimal, int | None] | None) -> tuple[float, float]:
    return (LAST, 0) if rating is None else (-float(rating[0]), -(rating[1] or 0))
