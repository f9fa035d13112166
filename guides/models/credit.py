"""Credit: which steps count for which, so that what was done under an old step is never lost."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone

from guides.models.path import Step

if TYPE_CHECKING:
    from accounts.models import User


class CreditManager(models.Manager["Credit"]):
    def between(self, one: Step, other: Step) -> models.QuerySet["Credit"]:
        """Return the records that say of just these two steps that each counts for the other."""
        records = self.annotate(size=models.Count("steps")).filter(size=2)
        return records.filter(steps__step=one).filter(steps__step=other)

    @transaction.atomic
    def record(self, *, old: Iterable[Step], new: Iterable[Step], by: "User | None" = None) -> "Credit":
        """Record that who has done all of one side has done each of the other.

        A split is one old and several new steps, a merge several old and one new, a replacement, or the
        same step in another guide, one and one. Raises `ValidationError` if a side is empty or a step
        stands on both.
        """
        sides = {CreditStep.Side.OLD: set(old), CreditStep.Side.NEW: set(new)}
        if not all(sides.values()):
            raise ValidationError("Credit needs a step on each side.")
        if sides[CreditStep.Side.OLD] & sides[CreditStep.Side.NEW]:
            raise ValidationError("A step cannot count for itself.")
        credit = self.create(recorded_by=by)
        CreditStep.objects.bulk_create(
            CreditStep(credit=credit, step=step, side=side) for side, steps in sides.items() for step in steps
        )
        return credit


class Credit(models.Model):
    """Append-only: a wrong record is mended by retiring the step and making a new one."""

    recorded_at = models.DateTimeField(default=timezone.now, editable=False)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    objects = CreditManager()

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return f"Credit {self.pk}"


class CreditStep(models.Model):
    """One step on one side of a credit record."""

    class Side(models.TextChoices):
        OLD = "old"
        NEW = "new"

    credit = models.ForeignKey(Credit, models.PROTECT, related_name="steps")
    # A record may come, in a folder, before the guide of a step that it names: it waits for that step.
    step = models.ForeignKey(Step, models.PROTECT, related_name="credits", db_constraint=False)
    side = models.CharField(max_length=3, choices=Side)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("credit", "step"), name="credit_step_once"),)

    def __str__(self) -> str:
        return f"{self.step_id} ({self.side})"
