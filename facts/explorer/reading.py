"""What is said of a career, read once for each version of the figures and kept in memory."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from uuid import UUID

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from facts.explorer.version import figures_version
from facts.models import Figure, Naming, Outlook, Place, Salary
from guides.models import Edition, Source

KEPT = 16  # careers that each process keeps; a thousand figures come to about two megabytes
KINDS = list(Place.Kind.values)
WHOLE = (Place.Kind.COUNTRY, Place.Kind.WORLD)


@dataclass(frozen=True, eq=False)
class Facts:
    """The figures and names of a career, with sources and places at hand; all share them: change nothing.

    `all_occupations` are national figures to compare with. `places` are all that there are, by id. `today` is
    a day of the year in which they are looked at: with the next one, figures grow older.
    """

    version: str
    today: date
    pay: tuple[Salary, ...]
    all_occupations: tuple[Salary, ...]
    outlook: tuple[Outlook, ...]
    namings: tuple[Naming, ...]
    places: Mapping[int, Place]

    @property
    def key(self) -> str:
        """What changes whenever a page of these figures does."""
        return f"{self.version} {self.today.year}"

    @cached_property
    def publishers(self) -> int:
        """How many publishers give figures of pay."""
        return len({figure.source.publisher for figure in self.pay})

    @cached_property
    def newest(self) -> int | None:
        """The newest year that a figure of pay describes."""
        return max((figure.year for figure in self.pay if figure.year), default=None)

    @cached_property
    def undated(self) -> int:
        """How many figures of pay name no year."""
        return sum(figure.year is None for figure in self.pay)

    @cached_property
    def current(self) -> int:
        """How many figures of pay are not old."""
        return sum(not figure.is_old(self.today) for figure in self.pay)

    @cached_property
    def years(self) -> list[int]:
        """The years that figures describe, the newest first."""
        every = (*self.pay, *self.all_occupations)
        return sorted({figure.year for figure in every if figure.year is not None}, reverse=True)

    @cached_property
    def sources(self) -> list[Source]:
        """Who says the figures of pay, and who passes them on, by publisher and title."""
        return _cited((*self.pay, *self.all_occupations))

    @cached_property
    def places_with_pay(self) -> list[Place]:
        """The places that figures of pay are of, the wide ones first."""
        there = [self.places[key] for key in {figure.place_id for figure in self.pay}]
        return sorted(there, key=lambda place: (KINDS.index(place.kind), place.name))

    @cached_property
    def outlook_sources(self) -> list[Source]:
        """Those of the outlook and of the lists of names."""
        named = [source for naming in self.namings for source in naming.sources.all()]
        return _by_name((*_cited(self.outlook), *named))


def facts_of(guide_id: UUID) -> Facts:
    """Return what is said of the career with this id as it is now: one query where nothing has changed."""
    return _read(guide_id, figures_version(), timezone.localdate().year)


def careers_with(model: type[Figure]) -> list[Edition]:
    """Return the public editions of careers that have figures of this kind, by title."""
    there = model._default_manager.filter(guide=OuterRef("guide"))
    return list(Edition.objects.public().filter(Exists(there)).defer("document").order_by("title"))


def forget() -> None:
    """Read everything anew when it is next asked for."""
    _read.cache_clear()


@lru_cache(maxsize=KEPT)
def _read(guide_id: UUID, version: str, year: int) -> Facts:
    places = _places()
    of_career_or_all = Q(guide=guide_id) | Q(guide=None, place__kind__in=WHOLE, industry="", level="")
    pay = list(Salary.objects.filter(of_career_or_all))
    outlook = list(Outlook.objects.filter(guide=guide_id))
    _relate([*pay, *outlook], places)
    namings = Naming.objects.filter(guide=guide_id).prefetch_related("sources").select_related("place")
    return Facts(
        version=version,
        today=date(year, 1, 1),
        pay=tuple(figure for figure in pay if figure.guide_id is not None),
        all_occupations=tuple(figure for figure in pay if figure.guide_id is None),
        outlook=tuple(outlook),
        namings=tuple(namings),
        places=places,
    )


def _cited(figures: Iterable[Figure]) -> list[Source]:
    return _by_name(each for figure in figures for each in (figure.source, figure.via) if each)


def _by_name(sources: Iterable[Source]) -> list[Source]:
    return sorted({source.pk: source for source in sources}.values(), key=_name)


def _name(source: Source) -> tuple[str, str]:
    return source.publisher.casefold(), source.title.casefold()


def _places() -> dict[int, Place]:
    """Return all places, each with what it lies in at hand."""
    places = Place.objects.in_bulk()
    for place in places.values():
        if place.within_id is not None:
            place.within = places[place.within_id]
    return places


def _relate(figures: Iterable[Figure], places: Mapping[int, Place]) -> None:
    """Give each figure its source, who passes it on and its place; each of these is one object for all."""
    figures = list(figures)
    cited = {key for figure in figures for key in (figure.source_id, figure.via_id) if key is not None}
    sources = Source.objects.in_bulk(cited)
    for figure in figures:  # as prefetching does; setting the attributes would check each of them
        related = figure._state.fields_cache
        related["source"] = sources[figure.source_id]
        related["via"] = None if figure.via_id is None else sources[figure.via_id]
        related["place"] = places[figure.place_id]
