"""Questions with model answers, by topic."""

import uuid

from django.db import models
from django.db.models import Q

from guides.models import Guide, Source

RESERVED = ("practice",)  # an address of the page itself


class Topic(models.Model):
    """A field that is asked about, such as statistics."""

    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=80, unique=True)
    position = models.PositiveSmallIntegerField(
        "order", default=0, help_text="Topics stand in this order; equal ones by name."
    )

    class Meta:
        ordering = ("position", "name")

    def __str__(self) -> str:
        return self.name


class Question(models.Model):
    """A question of interviews with a model answer. Its id is for life: learners' cards belong to it.

    One that was practised is never deleted, since cards and ratings protect it. It is retired: it leaves the
    pages and the practice, and stays in what learners did.
    """

    class Difficulty(models.TextChoices):
        EASY = "easy", "easy"
        MEDIUM = "medium", "medium"
        HARD = "hard", "hard"

    class Kind(models.TextChoices):
        TECHNICAL = "technical", "technical"
        CODING = "coding", "coding"
        DESIGN = "design", "system design"
        BEHAVIOURAL = "behavioural", "behavioural"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    slug = models.SlugField(max_length=80, unique=True)
    text = models.CharField("question", max_length=300)
    answer = models.TextField("model answer", help_text="Markdown.")
    shows = models.TextField(
        "what a good answer shows", blank=True, help_text="What the interviewer listens for. Markdown."
    )
    mistakes = models.TextField("common mistakes", blank=True, help_text="Markdown.")
    difficulty = models.CharField(max_length=8, choices=Difficulty, default=Difficulty.MEDIUM)
    kind = models.CharField(max_length=12, choices=Kind, default=Kind.TECHNICAL)
    topic = models.ForeignKey(Topic, models.PROTECT, related_name="questions")
    guides = models.ManyToManyField(
        Guide, blank=True, related_name="+", related_query_name="interview_question"
    )
    source = models.ForeignKey(
        Source,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        related_query_name="interview_question",
        help_text="Who names the topic, if somebody does.",
    )
    asked_by = models.CharField(
        "where it was named",
        max_length=200,
        blank=True,
        help_text="In a sentence: what the source names.",
    )
    is_active = models.BooleanField(
        "active", default=True, help_text="Take this away to retire a question; one that was practised stays."
    )

    class Meta:
        ordering = ("topic", "slug")
        constraints = (
            models.CheckConstraint(
                condition=~Q(slug__in=RESERVED),
                name="interview_question_slug_is_free",
                violation_error_message=f"These slugs are taken by pages of the site: {', '.join(RESERVED)}.",
            ),
            models.CheckConstraint(
                condition=~Q(text="") & ~Q(answer=""),
                name="interview_question_has_an_answer",
                violation_error_message="A question needs a text and an answer.",
            ),
            models.CheckConstraint(
                condition=Q(source=None) | ~Q(asked_by=""),
                name="interview_question_source_says_what",
                violation_error_message="Say in “where it was named” what the source names.",
            ),
        )

    def __str__(self) -> str:
        return self.text
