"""What every figure has: who says it, of what, and when."""

from datetime import date
from typing import Self

from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from facts.models.place import Place
from guides.models import Edition, Guide, Source

EARLIEST, LATEST = 1900, 2100
OCCUPATION_CODE = RegexValidator(r"^\d{2}-\d{4}$", "Use a code of the US classification, such as 15-1221.")


class FigureQuerySet(models.QuerySet["Figure"]):
    def old(self, today: date | None = None) -> Self:
        """Figures whose year ended more than `good_for_years` ago, and undated ones: see `Figure.is_old`."""
        return self.filter(is_old_on(today or timezone.localdate()))

    def fresh(self, today: date | None = None) -> Self:
        """Figures that are not old."""
        return self.exclude(is_old_on(today or timezone.localdate()))

    def public(self) -> Self:
        """What everybody may read: figures of careers whose guide is public, and of all occupations."""
        return self.filter(Q(guide=None) | Q(guide__in=Edition.objects.public().values("guide")))

    def for_list(self) -> Self:
        """Add what a row of any list shows: who says it, who passes it on, of what career and place."""
        return self.select_related("guide", "source", "via", "place")


def is_old_on(today: date) -> Q:
    """Return the condition that a figure is old on that day; `Figure.is_old` says the same of one."""
    return Q(year=None) | Q(year__lt=today.year - F("good_for_years"))


class Figure(models.Model):
    """A figure of one source; sources that disagree stand side by side and are never averaged.

    `year` is what the figure describes. It may be unknown: then the figure is undated, and counts as old.
    """

    guide = models.ForeignKey(
        Guide,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="%(class)s_figures",
        verbose_name="career",
        help_text="Empty for a figure of all occupations.",
    )
    source = models.ForeignKey(Source, models.PROTECT, related_name="+", help_text="Who says it.")
    via = models.ForeignKey(
        Source,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="read in",
        help_text="Who passes it on, if it was not read at the source itself.",
    )
    statistic = models.CharField(
        max_length=80, help_text="The publisher's own word for it, such as median, average base or total pay."
    )
    place = models.ForeignKey(Place, models.PROTECT, related_name="+")
    occupation_code = models.CharField(max_length=7, blank=True, validators=[OCCUPATION_CODE])
    occupation = models.CharField(
        max_length=120,
        blank=True,
        help_text="The publisher's name for the occupation, if it differs from the career's.",
    )
    year = models.PositiveSmallIntegerField(
        null=True,
        blank=True,
        validators=[MinValueValidator(EARLIEST), MaxValueValidator(LATEST)],
        help_text="The year that it describes. Empty if the source does not say: it is shown as undated.",
    )
    retrieved_on = models.DateField(help_text="The day on which it was read.")
    good_for_years = models.PositiveSmallIntegerField(
        "good for, in years",
        default=2,
        help_text="After so many years it is marked as old wherever it shows.",
    )
    note = models.CharField(max_length=300, blank=True)

    objects = FigureQuerySet.as_manager()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.source.publisher}, {self.statistic}"

    @property
    def is_undated(self) -> bool:
        return self.year is None

    def is_old(self, today: date | None = None) -> bool:
        """Whether the year that it describes ended more than `good_for_years` ago, or is not known."""
        if self.year is None:
            return True
        return self.year < (today or timezone.localdate()).year - self.good_for_years


def figure_constraints(name: str) -> tuple[models.CheckConstraint, ...]:
    """Return what holds for each figure, as constraints whose names begin with `name`."""
    return (
        models.CheckConstraint(
            condition=~Q(statistic=""),
            name=f"{name}_has_statistic",
            violation_error_message="Give the publisher's own word for the figure.",
        ),
        models.CheckConstraint(
            condition=Q(year__isnull=True) | Q(year__range=(EARLIEST, LATEST)), name=f"{name}_year_is_one"
        ),
        models.CheckConstraint(
            condition=Q(via__isnull=True) | ~Q(via=F("source")),
            name=f"{name}_is_passed_on_by_another",
            violation_error_message="Who passes a figure on is somebody else than who says it.",
        ),
        models.CheckConstraint(
            condition=Q(occupation_code="") | Q(occupation_code__regex=r"^\d{2}-\d{4}$"),
            name=f"{name}_occupation_has_code",
        ),
    )
