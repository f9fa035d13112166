"""What courses and certifications have in common."""

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone

from courses.models.names import Skill


class Status(models.TextChoices):
    """What is known of an offer: that it can be had, that it no longer can, or neither."""

    ACTIVE = "active", "active"
    RETIRED = "retired", "retired"
    UNVERIFIED = "unverified", "unverified"


class OfferQuerySet(models.QuerySet[Any]):
    def listed(self) -> Self:
        """Leave out what can no longer be had."""
        return self.exclude(status=Status.RETIRED)


class Offer(models.Model):
    """Something that a provider offers; what its sources say in numbers stands in its figures."""

    slug = models.SlugField(max_length=120, unique=True)
    title = models.CharField(max_length=200)
    summary = models.TextField(blank=True, help_text="A few sentences, in our own words.")
    url = models.URLField("link", blank=True, help_text="Leave empty where no link could be checked.")
    skills = models.ManyToManyField(Skill, blank=True, related_name="%(class)ss")
    status = models.CharField(
        max_length=12,
        choices=Status,
        default=Status.UNVERIFIED,
        help_text="Unverified: nobody has looked yet whether it can be had.",
    )
    checked_on = models.DateField(
        "last checked on", null=True, blank=True, help_text="When somebody last looked at it."
    )
    added_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        abstract = True
        ordering = (Lower("title"), "slug")

    def __str__(self) -> str:
        return self.title

    @property
    def is_retired(self) -> bool:
        return self.status == Status.RETIRED


def is_checked(name: str) -> models.CheckConstraint:
    """Return the constraint called `name` that a status which somebody found out has the day of that."""
    return models.CheckConstraint(
        condition=Q(status=Status.UNVERIFIED) | Q(checked_on__isnull=False),
        name=name,
        violation_error_message="Say on which day it was checked, or set the status to unverified.",
    )
