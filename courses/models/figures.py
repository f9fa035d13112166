"""What a source says of an offer in numbers, on a day."""

from django.core.validators import MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Q


class Figures(models.Model):
    """Figures of one source; sources that disagree stand side by side, and what none gives is unknown (null).

    A price of 0 is free; one above it has a currency.
    """

    source = models.CharField(max_length=120, help_text="Who says so: the provider, a platform, a survey.")
    source_url = models.URLField("link to the source", blank=True)
    retrieved_on = models.DateField(help_text="The day on which these figures were read.")
    price = models.DecimalField(
        max_digits=10,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
        help_text="For the whole, once. 0 is free; leave empty if unknown.",
    )
    currency = models.CharField(
        max_length=3,
        blank=True,
        validators=[RegexValidator("^[A-Z]{3}$", "Use the three letters of the currency, such as USD.")],
        help_text="The three letters of ISO 4217, such as USD.",
    )

    class Meta:
        abstract = True
        ordering = ("-retrieved_on", "source")

    def __str__(self) -> str:
        return f"{self.source}, {self.retrieved_on}"

    @property
    def is_free(self) -> bool:
        return self.price == 0


def price_has_currency(name: str) -> models.CheckConstraint:
    """Return the constraint called `name` that prices above 0 have a currency, and nothing else does."""
    return models.CheckConstraint(
        condition=Q(price__gt=0, currency__regex="^[A-Z]{3}$")
        | Q(currency="") & (Q(price__isnull=True) | Q(price=0)),
        name=name,
        violation_error_message="Give a price above 0 its currency; leave the currency empty otherwise.",
    )
