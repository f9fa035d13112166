"""What sources say that a career pays."""

from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Cast, Coalesce
from simple_history.models import HistoricalRecords

from facts.models.figure import Figure, figure_constraints

FEWEST_ANSWERS = 5  # a group that is smaller says too much of single people


class Salary(Figure):
    """An amount, a range, or both: quartiles, with the median as the amount."""

    class Period(models.TextChoices):
        HOUR = "hour", "an hour"
        DAY = "day", "a day"
        WEEK = "week", "a week"
        MONTH = "month", "a month"
        YEAR = "year", "a year"

    class Level(models.TextChoices):
        ENTRY = "entry", "entry level"
        MID = "mid", "mid level"
        SENIOR = "senior", "senior"
        EXECUTIVE = "executive", "executive"

    amount = models.DecimalField(
        max_digits=12,
        decimal_places=2,
        null=True,
        blank=True,
        help_text="An amount, both ends of a range, or all three.",
    )
    low = models.DecimalField("from", max_digits=12, decimal_places=2, null=True, blank=True)
    high = models.DecimalField("to", max_digits=12, decimal_places=2, null=True, blank=True)
    currency = models.CharField(
        max_length=3,
        default="USD",
        validators=[RegexValidator("^[A-Z]{3}$", "Use the three letters of the currency, such as USD.")],
    )
    period = models.CharField(max_length=5, choices=Period, default=Period.YEAR)
    industry = models.CharField(max_length=120, blank=True, help_text="Empty for all industries.")
    level = models.CharField(
        "experience", max_length=9, choices=Level, blank=True, help_text="Empty for all."
    )
    month = models.PositiveSmallIntegerField(
        null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(12)]
    )
    answers = models.PositiveIntegerField(
        null=True,
        blank=True,
        validators=[MinValueValidator(FEWEST_ANSWERS)],
        help_text="How many people it comes from, if that is known.",
    )

    history = HistoricalRecords()

    class Meta:
        verbose_name = "salary figure"
        ordering = ("guide", "place", "industry", "source", "id")
        constraints = (
            *figure_constraints("salary"),
            models.CheckConstraint(
                # A comparison with nothing is neither true nor false, and would pass.
                condition=Q(low__isnull=True, high__isnull=True, amount__isnull=False, amount__gt=0)
                | Q(low__isnull=False, high__isnull=False, low__gt=0, high__gte=F("low"))
                & (Q(amount__isnull=True) | Q(amount__range=(F("low"), F("high")))),
                name="salary_says_an_amount",
                violation_error_message="Give an amount above 0, a range upwards, or both in order.",
            ),
            models.CheckConstraint(condition=Q(currency__regex="^[A-Z]{3}$"), name="salary_has_currency"),
            models.CheckConstraint(
                condition=Q(month__isnull=True) | Q(month__range=(1, 12), year__isnull=False),
                name="salary_month_is_of_a_year",
                violation_error_message="A month needs its year.",
            ),
            models.CheckConstraint(
                condition=Q(answers__isnull=True) | Q(answers__gte=FEWEST_ANSWERS),
                name="salary_answers_are_many",
            ),
            models.CheckConstraint(
                condition=Q(period__in=("hour", "day", "week", "month", "year")), name="salary_has_period"
            ),
            models.CheckConstraint(
                condition=Q(level__in=("", "entry", "mid", "senior", "executive")), name="salary_has_level"
            ),
            models.UniqueConstraint(
                Coalesce(Cast("guide", models.CharField(max_length=36)), Value("")),
                F("source"),
                Coalesce(F("via"), Value(0)),
                F("statistic"),
                F("place"),
                F("industry"),
                F("level"),
                F("occupation_code"),
                Coalesce(F("year"), Value(0)),
                Coalesce(F("month"), Value(0)),
                F("currency"),
                F("period"),
                F("note"),
                name="salary_figure_once",
                violation_error_message="This source's figure is there already: change that one.",
            ),
        )
