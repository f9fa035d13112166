"""Relations of many rows at once: brought to what they are to be, in three queries whatever their number."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Model, QuerySet

Pair = tuple[Any, Any]


def links_of(model: type[Model], field: str) -> QuerySet[Any]:
    """Return the rows that hold the many-to-many relation `field` of `model`."""
    relation: Any = model._meta.get_field(field)
    return relation.remote_field.through._default_manager.all()


def ends_of(model: type[Model], field: str) -> tuple[str, str]:
    """Return how the rows of that relation call the thing that names and the thing that is named."""
    relation: Any = model._meta.get_field(field)
    return relation.m2m_field_name(), relation.m2m_reverse_field_name()


def relate(model: type[Model], field: str, wanted: Iterable[Pair], **among: Any) -> set[Pair]:
    """Let the relation `field` of `model` hold the `wanted` pairs of keys and no others.

    Only links that `among` picks are looked at. Returns the pairs that came or went.
    """
    names, named = ends_of(model, field)
    links = links_of(model, field).filter(**among)
    there = {(one, other): link for link, one, other in links.values_list("pk", names, named)}
    pairs = set(wanted)
    if gone := [link for pair, link in there.items() if pair not in pairs]:
        links_of(model, field).filter(pk__in=gone).delete()
    missing = sorted(pairs - there.keys())
    links.model._default_manager.bulk_create(
        links.model(**{f"{names}_id": one, f"{named}_id": other}) for one, other in missing
    )
    return there.keys() ^ pairs
