"""What a learner practises: a deck for each guide, a card for each question, a row for each rating."""

import uuid
import zoneinfo

import fsrs
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone

from guides.models import Guide
from interviews.models.question import Question, Topic

NEW_A_DAY = 10  # cards
MOST_NEW_A_DAY = 200  # cards
LONGEST_MS = 3_600_000  # a card that was open for longer was left alone

RATINGS = [(rating.value, rating.name.lower()) for rating in fsrs.Rating]


def is_time_zone(name: str) -> None:
    """Raise `ValidationError` if no time zone is called `name`."""
    if name not in zoneinfo.available_timezones():
        raise ValidationError(f"There is no time zone “{name}”. Use a name such as Europe/Berlin.")


class Deck(models.Model):
    """What a learner practises of a guide: all topics or some, and how many new cards a day."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="interview_decks", db_index=False
    )
    guide = models.ForeignKey(Guide, models.PROTECT, related_name="+", related_query_name="interview_deck")
    takes_all = models.BooleanField("all topics", default=True)
    topics = models.ManyToManyField(Topic, blank=True, related_name="+")
    new_a_day = models.PositiveSmallIntegerField("new cards a day", default=NEW_A_DAY)
    time_zone = models.CharField(max_length=64, default="UTC", validators=[is_time_zone])
    started_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ("started_at",)
        constraints = (
            models.UniqueConstraint(fields=("user", "guide"), name="interview_deck_once"),
            models.CheckConstraint(
                condition=Q(new_a_day__lte=MOST_NEW_A_DAY), name="interview_deck_new_in_a_day"
            ),
        )

    def __str__(self) -> str:
        return f"{self.user_id} practises {self.guide_id}"


class Card(models.Model):
    """A question as a learner remembers it: the state of the scheduler (FSRS), and when it is due.

    One that was never rated is new. `version` rises with each change, so that a page that was open meanwhile
    changes nothing.
    """

    class State(models.IntegerChoices):
        LEARNING = fsrs.State.Learning.value, "learning"
        REVIEW = fsrs.State.Review.value, "review"
        RELEARNING = fsrs.State.Relearning.value, "relearning"

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="interview_cards", db_index=False
    )
    question = models.ForeignKey(Question, models.PROTECT, related_name="+", related_query_name="card")
    state = models.PositiveSmallIntegerField(choices=State, default=State.LEARNING)
    step = models.PositiveSmallIntegerField(null=True, default=0)
    stability = models.FloatField(null=True, help_text="Days until recall falls to 90 percent.")
    difficulty = models.FloatField(null=True, help_text="From 1 to 10.")
    due_at = models.DateTimeField(default=timezone.now)
    last_review_at = models.DateTimeField(null=True)
    last_rating = models.PositiveSmallIntegerField(null=True, choices=RATINGS)
    introduced_at = models.DateTimeField(null=True, help_text="When it was rated for the first time.")
    suspended_at = models.DateTimeField(null=True, help_text="Set aside until the learner takes it back.")
    buried_until = models.DateTimeField(null=True, help_text="Set aside until then.")
    version = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("user", "question"), name="interview_card_once"),
            models.CheckConstraint(
                condition=Q(
                    last_review_at=None,
                    last_rating=None,
                    introduced_at=None,
                    stability=None,
                    difficulty=None,
                )
                | Q(
                    last_review_at__isnull=False,
                    last_rating__in=[rating.value for rating in fsrs.Rating],
                    introduced_at__isnull=False,
                    stability__gt=0,
                    difficulty__gte=1,
                    difficulty__lte=10,
                ),
                name="interview_card_is_new_or_rated",
            ),
            models.CheckConstraint(
                condition=Q(state=fsrs.State.Review.value, step=None)
                | Q(state__in=[fsrs.State.Learning.value, fsrs.State.Relearning.value], step__isnull=False),
                name="interview_card_step_while_learning",
            ),
        )

    def __str__(self) -> str:
        return f"{self.question_id} of {self.user_id}"


class Review(models.Model):
    """A learner rated how well they knew an answer. Append-only, but that the last one may be undone.

    `before` is the card as it was, which undoing brings back to the bit.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="interview_reviews", db_index=False
    )
    guide = models.ForeignKey(Guide, models.PROTECT, related_name="+", related_query_name="interview_review")
    question = models.ForeignKey(Question, models.PROTECT, related_name="+", related_query_name="review")
    rating = models.PositiveSmallIntegerField(choices=RATINGS)
    reviewed_at = models.DateTimeField()
    duration_ms = models.PositiveIntegerField(null=True, help_text="From the question to the rating.")
    before = models.JSONField(editable=False)
    undone_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-reviewed_at",)
        constraints = (
            models.UniqueConstraint(fields=("user", "reviewed_at"), name="interview_review_one_at_a_time"),
            models.CheckConstraint(
                condition=Q(rating__in=[rating.value for rating in fsrs.Rating]),
                name="interview_review_rating_is_known",
            ),
        )

    def __str__(self) -> str:
        return f"{self.question_id}: {self.get_rating_display()}"
