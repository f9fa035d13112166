"""What sources say of the demand for a career: how many posts there will be, and who offers them."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Cast, Coalesce
from simple_history.models import HistoricalRecords

from facts.models.figure import Figure, figure_constraints
from facts.models.place import Place
from guides.models import Guide, Source

LONGEST_NAME = 120  # characters


class Outlook(Figure):
    """How demand changes from `year` to `until`: in percent, in people, or both."""

    until = models.PositiveSmallIntegerField("until the year", null=True, blank=True)
    origin = models.CharField(
        max_length=120, blank=True, help_text="Whose figure it is, if the source names somebody else."
    )
    before = models.PositiveIntegerField("posts at the start", null=True, blank=True)
    after = models.PositiveIntegerField("posts at the end", null=True, blank=True)
    change_count = models.IntegerField("change in posts", null=True, blank=True)
    change_percent = models.DecimalField(
        "change in percent",
        max_digits=7,
        decimal_places=2,
        null=True,
        blank=True,
        help_text="A change in percent or in posts, the posts at both ends, or all of them.",
    )
    compared_with = models.CharField(
        max_length=120, blank=True, help_text="What the source compares it with."
    )

    history = HistoricalRecords()

    class Meta:
        verbose_name = "outlook figure"
        ordering = ("guide", "-year", "source", "id")
        constraints = (
            *figure_constraints("outlook"),
            models.CheckConstraint(
                condition=Q(change_percent__isnull=False)
                | Q(change_count__isnull=False)
                | Q(before__isnull=False, after__isnull=False),
                name="outlook_says_a_change",
                violation_error_message="Give the change in percent or in posts, or the posts at both ends.",
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(year__isnull=False, until__gt=F("year")),
                name="outlook_years_are_a_span",
                violation_error_message="The last year comes after the first.",
            ),
            models.UniqueConstraint(
                Coalesce(Cast("guide", models.CharField(max_length=36)), Value("")),
                F("source"),
                Coalesce(F("via"), Value(0)),
                F("statistic"),
                F("place"),
                F("occupation_code"),
                Coalesce(F("year"), Value(0)),
                Coalesce(F("until"), Value(0)),
                F("note"),
                name="outlook_figure_once",
                violation_error_message="This source's figure is there already: change that one.",
            ),
        )


def is_list_of_names(names: object) -> None:
    """Raise `ValidationError` unless `names` is a list of texts, each of them once."""
    if not isinstance(names, list) or not names or not all(map(_is_name, names)):
        raise ValidationError(f"Give a list of names, each of {LONGEST_NAME} characters at most.")
    if len(set(names)) < len(names):
        raise ValidationError("Give each name once.")


def _is_name(name: object) -> bool:
    return isinstance(name, str) and 0 < len(name) <= LONGEST_NAME and "\0" not in name


STATES = HistoricalRecords(m2m_fields=["sources"])


class Naming(models.Model):
    """Names that sources give without a figure: employers, states, industries, job sites.

    Its history would note a change of its names and one of its sources as two states. Between `hold_state`
    and `note_state`, both are one.
    """

    class Kind(models.TextChoices):
        EMPLOYERS = "employers", "employers"
        STATES = "states", "states"
        JOB_SITES = "job sites", "job sites"
        INDUSTRIES = "industries", "industries"

    guide = models.ForeignKey(Guide, models.CASCADE, related_name="namings", verbose_name="career")
    kind = models.CharField(max_length=10, choices=Kind)
    sources = models.ManyToManyField(Source, related_name="+")
    names = models.JSONField(
        validators=[is_list_of_names], help_text="A list of names, in the order of the source."
    )
    place = models.ForeignKey(Place, models.PROTECT, null=True, blank=True, related_name="+")
    retrieved_on = models.DateField(help_text="The day on which they were read.")

    history = STATES

    class Meta:
        verbose_name = "list of names"
        verbose_name_plural = "lists of names"
        ordering = ("guide", "kind", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(kind__in=("employers", "states", "job sites", "industries")),
                name="naming_has_kind",
            ),
        )

    def __str__(self) -> str:
        return f"{self.guide}: {self.get_kind_display()}"

    def hold_state(self) -> None:
        """Note no state until `note_state` is called."""
        self.skip_history_when_saving = True  # a name of django-simple-history

    def note_state(self, *, is_new: bool) -> None:
        """Note what is stored now as one state."""
        del self.skip_history_when_saving
        STATES.create_historical_record(self, "+" if is_new else "~")
