"""Places that figures are of: the world, countries, states, cities, each within another."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords


class Place(models.Model):
    """A place under the name that people know it by; a city lies in a state or in a country."""

    class Kind(models.TextChoices):
        WORLD = "world", "world"
        COUNTRY = "country", "country"
        STATE = "state", "state"
        CITY = "city", "city"

    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=7, choices=Kind)
    code = models.CharField(
        max_length=6, blank=True, help_text="ISO 3166: US for a country, US-CA for a state; empty for a city."
    )
    within = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="places", help_text="What it lies in."
    )

    history = HistoricalRecords()

    class Meta:
        ordering = ("name", "slug")
        constraints = (
            models.CheckConstraint(
                condition=Q(kind="world", within=None) | ~Q(kind="world") & Q(within__isnull=False),
                name="place_lies_in_another",
                violation_error_message="Say what the place lies in; only the world lies in nothing.",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=("world", "country", "state", "city")), name="place_has_kind"
            ),
            models.UniqueConstraint(fields=("code",), condition=~Q(code=""), name="place_code_once"),
        )

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Refuse a place that lies in a smaller one, or in one of its size: so none lies in itself."""
        if self.within and not is_wider(self.within.kind, self.kind):
            raise ValidationError({"within": f"A {self.kind} cannot lie in a {self.within.kind}."})


def is_wider(outer: str, inner: str) -> bool:
    """Whether a place of the kind `inner` may lie in one of the kind `outer`."""
    kinds = Place.Kind.values
    return kinds.index(outer) < kinds.index(inner)
