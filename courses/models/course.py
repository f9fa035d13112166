"""Courses: what one can take in order to learn."""

from typing import Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from courses.languages import LANGUAGES
from courses.models.certification import Certification
from courses.models.figures import Figures, price_has_currency
from courses.models.names import Provider
from courses.models.offer import Offer, OfferQuerySet, is_checked
from portal.slugs import slug_is_free

BEST = 5  # stars, the most that a rating can give
UNKNOWN = "Leave empty if unknown."


class CourseQuerySet(OfferQuerySet):
    def with_names(self) -> Self:
        """Prefetch who stands behind courses, and what they teach."""
        return self.select_related("provider", "platform").prefetch_related("skills")

    def for_list(self) -> Self:
        """Prefetch what a list of courses shows."""
        return self.with_names().prefetch_related("figures")

    def for_page(self) -> Self:
        """Prefetch what the page of a course shows."""
        return self.for_list().prefetch_related("leads_to__issuer")


class Course(Offer):
    """Something that one can take in order to learn.

    An effort is said in hours, or as weeks at hours a week; both may be ranges, whose ends are the same
    where there is no range.
    """

    class Kind(models.TextChoices):
        COURSE = "course", "course"
        SPECIALISATION = "specialisation", "specialisation"
        PROGRAMME = "programme", "programme"
        BOOTCAMP = "bootcamp", "bootcamp"
        DEGREE = "degree", "degree"

    class Level(models.TextChoices):
        BEGINNER = "beginner", "beginner"
        INTERMEDIATE = "intermediate", "intermediate"
        ADVANCED = "advanced", "advanced"
        ANY = "any", "any level"

    class Format(models.TextChoices):
        SELF_PACED = "self-paced", "online, at your own pace"
        SCHEDULED = "scheduled", "online, at set times"
        IN_PERSON = "in-person", "in person"
        BLENDED = "blended", "online and in person"

    provider = models.ForeignKey(
        Provider, models.PROTECT, null=True, blank=True, related_name="courses", help_text="Who teaches it."
    )
    platform = models.ForeignKey(
        Provider,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="hosted_courses",
        help_text="Where it is taken, if that is somebody else.",
    )
    kind = models.CharField(max_length=16, choices=Kind, default=Kind.COURSE)
    level = models.CharField(max_length=12, choices=Level, blank=True, help_text=UNKNOWN)
    format = models.CharField(max_length=12, choices=Format, blank=True, help_text=UNKNOWN)
    language = models.CharField(max_length=8, choices=LANGUAGES, blank=True, help_text=UNKNOWN)
    effort_hours = models.PositiveIntegerField(
        "hours in all", null=True, blank=True, validators=[MinValueValidator(1)], help_text=UNKNOWN
    )
    weeks_min = models.PositiveSmallIntegerField("weeks, at least", null=True, blank=True)
    weeks_max = models.PositiveSmallIntegerField("weeks, at most", null=True, blank=True)
    weekly_hours_min = models.PositiveSmallIntegerField("hours a week, at least", null=True, blank=True)
    weekly_hours_max = models.PositiveSmallIntegerField("hours a week, at most", null=True, blank=True)
    leads_to = models.ManyToManyField(
        Certification, blank=True, related_name="prepared_by", help_text="Certifications it prepares for."
    )

    objects = CourseQuerySet.as_manager()

    class Meta(Offer.Meta):
        constraints = (
            slug_is_free("course_slug_is_free"),
            is_checked("course_status_is_checked"),
            models.CheckConstraint(
                condition=Q(weeks_min__isnull=True, weeks_max__isnull=True)
                | Q(weeks_min__gte=1, weeks_max__gte=F("weeks_min")),
                name="course_weeks_are_a_range",
                violation_error_message="Give the weeks both ends, the smaller first.",
            ),
            models.CheckConstraint(
                condition=Q(weekly_hours_min__isnull=True, weekly_hours_max__isnull=True)
                | Q(weekly_hours_min__gte=1, weekly_hours_max__gte=F("weekly_hours_min")),
                name="course_weekly_hours_are_a_range",
                violation_error_message="Give the hours a week both ends, the smaller first.",
            ),
        )

    @property
    def hours(self) -> int | None:
        """What it takes in hours: as its provider says, or all weeks at the most hours a week."""
        if self.effort_hours or not (self.weeks_max and self.weekly_hours_max):
            return self.effort_hours
        return self.weeks_max * self.weekly_hours_max


class CourseFigures(Figures):
    """What a source says of a course: what it costs, how it is rated by how many, how many enrolled."""

    course = models.ForeignKey(Course, models.CASCADE, related_name="figures", db_index=False)
    rating = models.DecimalField(
        max_digits=3,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(BEST)],
        help_text=f"Stars, of {BEST}.",
    )
    ratings = models.PositiveIntegerField("number of ratings", null=True, blank=True)
    enrolled = models.PositiveIntegerField("learners enrolled", null=True, blank=True)

    class Meta(Figures.Meta):
        verbose_name = verbose_name_plural = "figures of a course"
        constraints = (
            models.UniqueConstraint(fields=("course", "source", "retrieved_on"), name="course_figures_once"),
            price_has_currency("course_price_has_currency"),
            models.CheckConstraint(
                condition=Q(rating__isnull=True) | Q(rating__range=(0, BEST)), name="course_rating_in_stars"
            ),
            models.CheckConstraint(
                condition=Q(price__isnull=False)
                | Q(rating__isnull=False)
                | Q(ratings__isnull=False)
                | Q(enrolled__isnull=False),
                name="course_figures_say_something",
                violation_error_message="Give a figure, or delete this row.",
            ),
        )
