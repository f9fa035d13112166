"""The best of what has a value of a filter, with the way to all of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from django.urls import reverse

from courses.browsing import Catalog
from courses.cards import Card, cards_of

MOST = 12


@dataclass(frozen=True)
class Shelf:
    """Some offers of `count`, and the address of the list that has them all."""

    cards: Sequence[Card]
    count: int
    address: str

    @property
    def has_more(self) -> bool:
        return self.count > len(self.cards)


def shelf(catalog: Catalog, name: str, value: str) -> Shelf:
    """Return at most twelve offers of `catalog` that the filter `name` lets through at `value`."""
    index = catalog.index()
    ids = index.of_value(name, value)
    order = index.orders.get("rating") or index.orders["title"]
    first = list(islice((pk for pk in order if pk in ids), MOST))
    address = f"{reverse(f'{catalog.kind}s')}?{name}={value}"
    return Shelf(cards_of(catalog, index, first), len(ids), address)
