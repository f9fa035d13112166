"""What the quiz asks and what each answer says of each career; and the results that learners keep."""

import uuid
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone

from guides.models import Guide

if TYPE_CHECKING:
    from accounts.models import User

HEAVIEST = 3  # points that an answer can speak for or against a career
LONGEST_CODE = 1000  # letters of the answers in a link


class Question(models.Model):
    """A question, asked in the order of `position` while it is active."""

    slug = models.SlugField(max_length=60, unique=True, help_text="Its name in the API.")
    text = models.CharField("question", max_length=200)
    help = models.CharField(max_length=240, blank=True, help_text="A sentence below it, if one helps.")
    position = models.PositiveSmallIntegerField(default=100, help_text="Small numbers are asked first.")
    is_active = models.BooleanField(
        "asked", default=True, help_text="Links that name answers to a question that is not asked say so."
    )

    class Meta:
        ordering = ("position", "pk")

    def __str__(self) -> str:
        return self.text


class Answer(models.Model):
    """An answer to choose. `slug` is its name in the file that it came with; empty if staff added it."""

    question = models.ForeignKey(Question, models.CASCADE, related_name="answers")
    slug = models.SlugField(max_length=60, blank=True, editable=False, db_index=False)
    text = models.CharField("answer", max_length=160)
    position = models.PositiveSmallIntegerField(default=100, help_text="Small numbers come first.")

    class Meta:
        ordering = ("position", "pk")
        constraints = (models.UniqueConstraint(fields=("question", "text"), name="quiz_answer_once"),)

    def __str__(self) -> str:
        return self.text


class Weight(models.Model):
    """How much an answer speaks for a career, or against it. Without a row it says nothing of it."""

    answer = models.ForeignKey(Answer, models.CASCADE, related_name="weights", db_index=False)
    guide = models.ForeignKey(
        Guide,
        models.CASCADE,
        related_name="+",
        related_query_name="quiz_weight",
        verbose_name="career",
    )
    points = models.SmallIntegerField(
        validators=[MinValueValidator(-HEAVIEST), MaxValueValidator(HEAVIEST)],
        help_text=f"From −{HEAVIEST}, speaks against it, to {HEAVIEST}, speaks for it.",
    )
    reason = models.CharField(
        max_length=200,
        blank=True,
        help_text="Why, in a sentence to the reader, who sees the answer before it.",
    )

    class Meta:
        ordering = ("guide__title",)
        constraints = (
            models.UniqueConstraint(fields=("answer", "guide"), name="quiz_weight_once"),
            models.CheckConstraint(
                condition=Q(points__gte=-HEAVIEST, points__lte=HEAVIEST), name="quiz_weight_in_range"
            ),
        )

    def __str__(self) -> str:
        return f"{self.points:+} for {self.guide}"


class ResultQuerySet(models.QuerySet["Result"]):
    def of(self, user: "User") -> Self:
        """What `user` keeps."""
        return self.filter(user=user)

    def for_list(self) -> Self:
        """The latest first."""
        return self.order_by("-taken_at", "pk")


class Result(models.Model):
    """A result that a learner keeps: the answers as a link has them, and the ranking as it was that day."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="+",
        related_query_name="quiz_result",
        db_index=False,
    )
    taken_at = models.DateTimeField(default=timezone.now)
    answers = models.CharField(max_length=LONGEST_CODE)
    ranking = models.JSONField(help_text="Of each career its place, slug, title and percent.")

    objects = ResultQuerySet.as_manager()

    class Meta:
        ordering = ("-taken_at", "pk")
        constraints = (models.UniqueConstraint(fields=("user", "answers"), name="quiz_result_once"),)

    def __str__(self) -> str:
        return f"result of {self.taken_at:%Y-%m-%d}"
