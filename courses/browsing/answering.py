"""Answering a query: which offers, in which order, and how many each filter would leave."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from courses.browsing.asking import Query
from courses.browsing.catalogs import Catalog
from courses.browsing.filters import Choice, Filter, Range
from courses.browsing.index import Ids, Index


@dataclass(frozen=True)
class Value:
    """A value that a filter offers, and how many offers have it under the other filters.

    Only what is chosen already is there with a count of 0.
    """

    value: str
    label: str
    count: int
    is_chosen: bool


@dataclass(frozen=True)
class Facet:
    """A filter and its values, the most frequent first, those of a range from the narrowest."""

    filter: Filter
    values: tuple[Value, ...]


@dataclass(frozen=True)
class Relaxed:
    """A filter that could be dropped, by its parameter, and how many offers that would leave."""

    name: str
    label: str
    count: int


@dataclass(frozen=True)
class Answer:
    """All that matches, in order, and what each filter offers."""

    ids: Sequence[int]
    facets: tuple[Facet, ...]
    relaxed: tuple[Relaxed, ...]

    @property
    def count(self) -> int:
        return len(self.ids)


def answer(catalog: Catalog, index: Index, query: Query, found: Sequence[int] | None = None) -> Answer:
    """Return what `index` answers to `query`.

    `found` are the ids that a search for its words found, the best first; None if there was no search.
    What a filter offers is counted under all other filters, and what would find nothing is not offered.
    """
    matching = {filter_.name: _matching(filter_, index, query) for filter_ in catalog.filters}
    base = index.all if found is None else index.all & Ids(found)
    hits = _all(base, matching.values())
    facets = (_facet(filter_, index, query, _others(base, matching, filter_)) for filter_ in catalog.filters)
    return Answer(
        ids=_ordered(index, query, hits, found),
        facets=tuple(facet for facet in facets if facet.values),
        relaxed=() if hits else tuple(_relaxed(catalog, index, base, matching, found)),
    )


def _matching(filter_: Filter, index: Index, query: Query) -> Ids | None:
    """Return what a filter lets through; None if it is not set."""
    values = query.values(filter_.name)
    if not values:
        return None
    if isinstance(filter_, Choice):
        return Ids.union(Ids(), *(index.of_value(filter_.name, value) for value in values))
    return _within(filter_, index, query, values)


def _within(range_: Range, index: Index, query: Query, values: Sequence[str]) -> Ids:
    scale = index.scale(range_.name, query.currency)
    number = Decimal(range_.widest(values))
    return scale.at_most(number) if range_.bound == "most" else scale.at_least(number)


def _all(base: Ids, sets: Iterable[Ids | None]) -> Ids:
    """Return what is in `base` and in each of `sets` that is given."""
    for ids in sets:
        if ids is not None:
            base &= ids
    return base


def _others(base: Ids, matching: Mapping[str, Ids | None], filter_: Filter) -> Ids:
    return _all(base, (ids for name, ids in matching.items() if name != filter_.name))


def _ordered(index: Index, query: Query, hits: Ids, found: Sequence[int] | None) -> tuple[int, ...]:
    ranked = found if found is not None and query.order == "relevance" else index.orders[_order(index, query)]
    return tuple(pk for pk in ranked if pk in hits)


def _order(index: Index, query: Query) -> str:
    """Return an order that the index has: a catalog without ratings is in the order of titles."""
    return query.order if query.order in index.orders else next(iter(index.orders))


# --- What the filters offer ----------------------------------------------------------------------


def _facet(filter_: Filter, index: Index, query: Query, others: Ids) -> Facet:
    if isinstance(filter_, Choice):
        return Facet(filter_, tuple(_choices(filter_, index, query, others)))
    return Facet(filter_, tuple(_steps(filter_, index, query, others)))


def _choices(choice: Choice, index: Index, query: Query, others: Ids) -> list[Value]:
    chosen, labels = query.values(choice.name), index.labels[choice.name]
    ids = {**dict.fromkeys(chosen, Ids()), **index.sets[choice.name]}
    counted = ((value, others.intersection_cardinality(having)) for value, having in ids.items())
    values = [
        Value(value, labels.get(value, value), count, value in chosen)
        for value, count in counted
        if count or value in chosen
    ]
    return sorted(values, key=lambda value: (-value.count, value.label.casefold()))


def _steps(range_: Range, index: Index, query: Query, others: Ids) -> Iterator[Value]:
    """Yield the numbers of a range that find something, and more than the narrower one."""
    chosen, found = query.values(range_.name), 0
    for number in sorted({*range_.offered, *chosen}, key=Decimal, reverse=range_.bound == "least"):
        count = others.intersection_cardinality(_within(range_, index, query, [number]))
        if count > found or number in chosen:
            yield Value(number, range_.say(number, query.currency), count, number in chosen)
            found = count


def _relaxed(
    catalog: Catalog,
    index: Index,
    base: Ids,
    matching: Mapping[str, Ids | None],
    found: Sequence[int] | None,
) -> list[Relaxed]:
    """Return the filters without which something would be found, that which leaves the most first."""
    options = [
        Relaxed(filter_.name, filter_.label, len(_others(base, matching, filter_)))
        for filter_ in catalog.filters
        if matching[filter_.name] is not None
    ]
    if found is not None:
        options.append(Relaxed("search", "Search", len(_all(index.all, matching.values()))))
    return sorted((option for option in options if option.count), key=lambda option: -option.count)
