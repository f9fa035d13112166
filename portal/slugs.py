"""Slugs: the part of an address that names a thing, and the words that addresses need for themselves."""

from django.db import models

RESERVED = ("compare", "facets", "match")


def slug_is_free(name: str) -> models.CheckConstraint:
    """Return the constraint called `name` that keeps a model's slug off the reserved words."""
    return models.CheckConstraint(
        condition=~models.Q(slug__in=RESERVED),
        name=name,
        violation_error_message=f"These slugs are taken by pages of the site: {', '.join(RESERVED)}.",
    )
