"""What sources say of careers at a glance: a few national figures of each, for pages that compare."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from facts.models import Figure, Outlook, Place, Salary
from facts.words import change, described, pay
from guides.models import Edition

MOST = 3  # figures of each kind that a career shows
WIDE = (Place.Kind.COUNTRY, Place.Kind.WORLD)


@dataclass(frozen=True)
class Glimpse:
    """One figure in words; `described` is the year or the span that it describes, or “undated”."""

    publisher: str
    via: str
    words: str
    statistic: str
    place: str
    described: str
    year: int | None
    is_old: bool
    retrieved_on: date


@dataclass(frozen=True)
class Glance:
    """The newest figures of a career, at most as many as were asked for, and how many there are in all."""

    pay: list[Glimpse] = field(default_factory=list)
    pay_count: int = 0
    outlook: list[Glimpse] = field(default_factory=list)
    outlook_count: int = 0


def glance(guide_slug: str, *, most: int = MOST) -> Glance:
    """Return what `glances` does of one career; an empty one if nothing is public at this slug."""
    return glances([guide_slug], most=most).get(guide_slug, Glance())


def glances(guide_slugs: Iterable[str], *, most: int = MOST) -> dict[str, Glance]:
    """Return at most `most` figures of pay and of the outlook of each career, by the slug of its guide.

    They are those of whole countries, for all industries and levels, the newest first and undated ones last.
    Figures stand as their publishers give them and are never averaged. Three queries, whatever the number of
    careers; each slug at which a guide is public has an entry.
    """
    public = Edition.objects.public().filter(slug__in=list(guide_slugs))
    slugs = dict(public.values_list("guide_id", "slug"))
    found, today = {slug: Glance() for slug in slugs.values()}, timezone.localdate()
    for salary in _national(Salary.objects.filter(guide__in=slugs, industry="", level="")):
        found[slugs[salary.guide_id]].pay.append(_glimpse(salary, pay(salary), today))
    for outlook in _national(Outlook.objects.filter(guide__in=slugs)):
        found[slugs[outlook.guide_id]].outlook.append(_glimpse(outlook, change(outlook), today))
    return {slug: _first(told, most) for slug, told in found.items()}


def _national(figures: QuerySet[Any]) -> QuerySet[Any]:
    return figures.filter(place__kind__in=WIDE).select_related("source", "via", "place")


def _first(told: Glance, most: int) -> Glance:
    pay, outlook = (sorted(each, key=_newest_first) for each in (told.pay, told.outlook))
    return Glance(pay[:most], len(pay), outlook[:most], len(outlook))


def _newest_first(glimpse: Glimpse) -> tuple[int, str, str]:
    return -(glimpse.year or 0), glimpse.publisher, glimpse.statistic


def _glimpse(figure: Figure, words: str, today: date) -> Glimpse:
    return Glimpse(
        publisher=figure.source.publisher,
        via=figure.via.publisher if figure.via else "",
        words=words,
        statistic=figure.statistic,
        place=figure.place.name,
        described=described(figure),
        year=figure.year,
        is_old=figure.is_old(today),
        retrieved_on=figure.retrieved_on,
    )
