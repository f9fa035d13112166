"""A page of a list of offers: what matches, what the filters offer, and where each choice leads."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from courses.browsing import Answer, Catalog, Fault, Query, answer, ask
from courses.browsing.answering import Facet, Value
from courses.browsing.asking import ORDERS, Params
from courses.browsing.filters import Choice
from courses.browsing.index import Index
from courses.cards import Card, cards_of
from search.finding import ids_of

PAGE_SIZE = 24
SHOWN = 8  # values of a filter that are shown at once


@dataclass(frozen=True)
class Chip:
    """A choice that was made, and the address without it."""

    words: str
    without: str


@dataclass(frozen=True)
class Way:
    """A filter to drop: its name, what that would find, and the address without it."""

    label: str
    count: int
    address: str


@dataclass(frozen=True)
class Offered:
    """The values of a filter as a page shows them: some at once, the rest on demand."""

    facet: Facet
    first: Sequence[Value]
    rest: Sequence[Value]


class Listing:
    """What was asked of a catalog, and what it answers."""

    def __init__(self, catalog: Catalog, params: Params, *, also: Sequence[str] = ()) -> None:
        """Answer `params`, of which somebody else reads `also`; `faults` are what cannot be answered."""
        self.catalog = catalog
        self.index: Index = catalog.index()
        self.query: Query
        self.faults: list[Fault]
        self.query, self.faults = ask(catalog, self.index, params, also=also)
        self.answer: Answer = answer(catalog, self.index, self.query, self._found())

    def _found(self) -> list[int] | None:
        if not self.query.search:
            return None
        return [int(key) for key in ids_of(self.catalog.kind, self.query.search)]

    @property
    def count(self) -> int:
        return self.answer.count

    @property
    def pages(self) -> int:
        return max(1, -(-self.count // PAGE_SIZE))

    @property
    def page(self) -> int:
        """The page that is shown: the last one, where a later one was asked for."""
        return min(self.query.page, self.pages)

    @property
    def address(self) -> str:
        """The parameters of this page, as all who ask the same get them."""
        return self.query.address(self.page)

    @property
    def earlier(self) -> str | None:
        """The address of the page before, if there is one; without parameters it is “?”."""
        return self.query.address(self.page - 1) or "?" if self.page > 1 else None

    @property
    def later(self) -> str | None:
        return self.query.address(self.page + 1) if self.page < self.pages else None

    @cached_property
    def cards(self) -> list[Card]:
        """The offers of this page."""
        start = (self.page - 1) * PAGE_SIZE
        return cards_of(self.catalog, self.index, self.answer.ids[start : start + PAGE_SIZE])

    @property
    def chips(self) -> list[Chip]:
        """What was chosen, each with the way to be without it."""
        words = [Chip(f"“{self.query.search}”", self._without("search"))] if self.query.search else []
        chosen = [
            Chip(self._words(name, value), self._without(name, value))
            for name, values in self.query.chosen
            for value in values
        ]
        return [*words, *chosen]

    @property
    def relaxed(self) -> list[Way]:
        """The filters without which something would be found."""
        return [Way(way.label, way.count, self._without(way.name)) for way in self.answer.relaxed]

    @property
    def orders(self) -> list[tuple[str, str]]:
        """The orders that can be chosen, with their words; the best match only of a search."""
        names = [name for name in self.catalog.orders if name != "relevance" or self.query.search]
        return [(name, ORDERS[name]) for name in names]

    @property
    def usual(self) -> str:
        """The order that a list has where none is asked for."""
        return replace(self.query, ordering="").order

    @property
    def offered(self) -> list[Offered]:
        """The values of each filter; what is chosen is always among those that are shown at once."""
        return [_offered(facet) for facet in self.answer.facets]

    def _words(self, name: str, value: str) -> str:
        filter_ = next(filter_ for filter_ in self.catalog.filters if filter_.name == name)
        if isinstance(filter_, Choice):
            return self.index.labels[name].get(value, value)
        return f"{filter_.label}: {filter_.say(value, self.query.currency)}"

    def _without(self, name: str, value: str | None = None) -> str:
        return self.query.without(name, value).address() or "?"


def _offered(facet: Facet) -> Offered:
    if not isinstance(facet.filter, Choice):
        return Offered(facet, facet.values, ())
    first = [value for place, value in enumerate(facet.values) if place < SHOWN or value.is_chosen]
    rest = [value for value in facet.values if value not in first]
    return Offered(facet, first, rest)
