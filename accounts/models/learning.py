"""What learners follow, and what they say of each step."""

import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.utils import timezone

from guides.models import Edition, Guide, Step
from guides.progress import State

STATES = [(state.value, state.words) for state in State]


class EnrolmentQuerySet(models.QuerySet["Enrolment"]):
    def active(self) -> Self:
        """Paths that are followed now."""
        return self.filter(left_at=None)

    def leave(self) -> None:
        """Stop following; the rows stay."""
        self.update(left_at=timezone.now())


class Enrolment(models.Model):
    """A learner follows the path of a guide. Leaving it keeps the row, and all that was done."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="enrolments")
    guide = models.ForeignKey(Guide, models.PROTECT, related_name="+", related_query_name="enrolment")
    followed_at = models.DateTimeField(default=timezone.now)
    left_at = models.DateTimeField(null=True, blank=True)
    completed_at = models.DateTimeField(
        null=True, blank=True, help_text="When every requirement was met for the first time."
    )
    completed_edition = models.ForeignKey(
        Edition, models.PROTECT, null=True, blank=True, related_name="+", related_query_name="completion"
    )
    seen_edition = models.ForeignKey(
        Edition,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        related_query_name="seen",
        help_text="The one that the page of the path showed last.",
    )

    objects = EnrolmentQuerySet.as_manager()

    class Meta:
        ordering = ("-followed_at",)
        constraints = (
            models.UniqueConstraint(fields=("user", "guide"), name="enrolment_once"),
            models.CheckConstraint(
                condition=models.Q(completed_at=None, completed_edition=None)
                | models.Q(completed_at__isnull=False, completed_edition__isnull=False),
                name="enrolment_completed_with_edition",
            ),
        )

    def __str__(self) -> str:
        return f"{self.user_id} on {self.guide_id}"


class StepState(models.Model):
    """What a learner says of a step now; no row means that they said nothing."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="step_states", db_index=False
    )
    step = models.ForeignKey(Step, models.PROTECT, related_name="+", related_query_name="state")
    state = models.CharField(max_length=8, choices=STATES)
    changed_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("user", "step"), name="step_state_once"),
            models.CheckConstraint(
                condition=models.Q(state__in=[state.value for state in State]), name="step_state_is_known"
            ),
        )

    def __str__(self) -> str:
        return f"{self.step_id}: {self.state}"


class StepEvent(models.Model):
    """What happened: a learner said something of a step, or took it back. Append-only.

    States can be rebuilt from events in the order of `occurred_at`, `received_at` and `id`.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="step_events", db_index=False
    )
    step = models.ForeignKey(Step, models.PROTECT, related_name="+", related_query_name="event")
    state = models.CharField(
        max_length=8, choices=STATES, blank=True, help_text="Empty: the learner took back what they said."
    )
    occurred_at = models.DateTimeField()
    received_at = models.DateTimeField()

    class Meta:
        ordering = ("occurred_at", "received_at", "id")
        indexes = (models.Index(fields=("user", "step", "occurred_at"), name="step_event_by_user"),)

    def __str__(self) -> str:
        return f"{self.step_id}: {self.state or 'taken back'}"
