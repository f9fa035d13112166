"""The cards of offers in lists: rendered once for each version of the catalog, the same for all readers."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString

from courses.browsing import Catalog
from courses.browsing.index import Index

MOST = 5_000  # cards that are kept


@dataclass(frozen=True)
class Card:
    """An offer in a list: its slug, title and address, and what a list shows of it, as HTML."""

    slug: str
    title: str
    address: str
    html: SafeString


def cards_of(catalog: Catalog, index: Index, ids: Sequence[int]) -> list[Card]:
    """Return the cards of `ids` in this order; one that was deleted meanwhile is left out.

    Three queries if one of them was not rendered yet, whatever their number, and none otherwise.
    """
    if len(index.cards) > MOST:
        index.cards.clear()
    cards = {pk: card for pk in ids if (card := index.cards.get(pk))}  # another thread may clear them
    if missing := [pk for pk in ids if pk not in cards]:
        offers = catalog.model._default_manager.for_list().in_bulk(missing)  # type: ignore[attr-defined]  # of offers
        cards |= {pk: _card(catalog, offer) for pk, offer in offers.items()}
        index.cards.update(cards)
    return [cards[pk] for pk in ids if pk in cards]


def _card(catalog: Catalog, offer: Any) -> Card:
    html = render_to_string(f"courses/{catalog.kind}-card.html", {catalog.kind: offer})
    return Card(offer.slug, offer.title, reverse(catalog.kind, args=[offer.slug]), html)
