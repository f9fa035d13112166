"""What learners say of courses, and what other learners say against it."""

import uuid
from typing import Self

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone

from courses.models import Course

STARS = (5, 4, 3, 2, 1)  # what a review may give, best first
TEXT_LENGTH = 4000  # characters
NAME_LENGTH = 60
NAMELESS = "A learner"


class ReviewQuerySet(models.QuerySet["Review"]):
    def shown(self) -> Self:
        """What everybody may read."""
        return self.filter(hidden_at=None)

    def with_open_reports(self) -> Self:
        """Count for each the reports that no moderator has looked at, as `open_reports`."""
        is_open = Q(report__settled_at=None)
        return self.annotate(open_reports=models.Count("report", filter=is_open))


class Review(models.Model):
    """What a learner says of a course: stars, and words if they like; one for each learner and course.

    A moderator may hide it; its author then reads why. The name is what the author typed, and no part of
    their account is shown.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        verbose_name="author",
        related_name="reviews",
        db_index=False,
    )
    course = models.ForeignKey(
        Course, models.PROTECT, related_name="+", related_query_name="review", db_index=False
    )
    stars = models.PositiveSmallIntegerField(
        validators=[MinValueValidator(min(STARS)), MaxValueValidator(max(STARS))]
    )
    text = models.TextField(blank=True, max_length=TEXT_LENGTH)
    name = models.CharField(max_length=NAME_LENGTH, blank=True)
    written_at = models.DateTimeField(default=timezone.now)
    edited_at = models.DateTimeField(null=True, blank=True)
    hidden_at = models.DateTimeField(null=True, blank=True)
    hidden_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        related_query_name="hidden_review",
    )
    hidden_reason = models.CharField("why it is hidden", max_length=300, blank=True)

    objects = ReviewQuerySet.as_manager()

    class Meta:
        ordering = ("-written_at", "-id")
        permissions = (("moderate_review", "Can hide and show reviews"),)
        constraints = (
            models.UniqueConstraint(fields=("user", "course"), name="review_once"),
            models.CheckConstraint(
                condition=Q(stars__range=(min(STARS), max(STARS))), name="review_gives_stars"
            ),
            models.CheckConstraint(
                condition=Q(hidden_at=None, hidden_by=None, hidden_reason="")
                | Q(hidden_at__isnull=False, hidden_by__isnull=False) & ~Q(hidden_reason=""),
                name="review_is_hidden_for_a_reason",
            ),
        )
        indexes = (models.Index(fields=("course", "-written_at", "-id"), name="review_by_course"),)

    def __str__(self) -> str:
        return f"{self.stars} of {max(STARS)} stars by {self.shown_name}"

    @property
    def is_hidden(self) -> bool:
        return self.hidden_at is not None

    @property
    def shown_name(self) -> str:
        """The name that the author typed, or one that says nothing."""
        return self.name or NAMELESS


class ReviewReport(models.Model):
    """A learner finds that a review should not stand there; a moderator settles it."""

    class Reason(models.TextChoices):
        ADVERTISING = "advertising", "It advertises something"
        INSULTING = "insulting", "It insults or threatens somebody"
        PRIVATE = "private", "It says private things of somebody"
        ELSEWHERE = "elsewhere", "It is not about this course"
        UNTRUE = "untrue", "It says something untrue"

    review = models.ForeignKey(Review, models.CASCADE, related_name="reports", related_query_name="report")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="review_reports", db_index=False
    )
    reason = models.CharField(max_length=12, choices=Reason)
    reported_at = models.DateTimeField(default=timezone.now)
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-reported_at", "-pk")
        constraints = (
            models.UniqueConstraint(fields=("user", "review"), name="review_report_once"),
            models.CheckConstraint(
                condition=Q(reason__in=["advertising", "insulting", "private", "elsewhere", "untrue"]),
                name="review_report_has_a_reason",
            ),
        )

    def __str__(self) -> str:
        return str(self.get_reason_display())
