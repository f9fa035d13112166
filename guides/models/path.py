"""The path of a guide: stages, and the steps in them."""

import uuid
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import ProtectedError, Q
from django.utils import timezone

from courses.models import Certification, Course, Skill
from guides.models.guide import Guide, refuse_taken_slug
from guides.models.source import Source


class Stage(models.Model):
    """A leg of the path, such as "Earn a degree"."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    guide = models.ForeignKey(Guide, models.CASCADE, related_name="stages")
    slug = models.SlugField(max_length=80)
    title = models.CharField(max_length=120)
    summary = models.CharField(max_length=400, blank=True)
    position = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("position", "slug")
        constraints = (
            models.UniqueConstraint(
                fields=("guide", "slug"),
                name="stage_slug_once_a_guide",
                violation_error_message="Another stage of this guide has this slug.",
            ),
        )

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        if not self._state.adding:  # a new one is told by the constraint
            refuse_taken_slug(self, Stage.objects.all())


class StepQuerySet(models.QuerySet["Step"]):
    def live(self) -> Self:
        """Steps that are part of the working copy's path."""
        return self.filter(retired_at=None)

    def with_named(self) -> Self:
        """Fetch what the steps name, too."""
        return self.prefetch_related(
            "after",
            "skills",
            "courses__provider",
            "courses__platform",
            "certifications__issuer",
            "sources__cited_by",
        )

    def published(self) -> Self:
        """Steps that an edition has shown to the public, today or once."""
        return self.filter(
            editions__edition__live_at__lte=timezone.now(), editions__edition__cancelled_at=None
        ).distinct()

    def delete(self) -> tuple[int, dict[str, int]]:
        """Delete steps that no edition names. Raises `ProtectedError` if one does."""
        self.refuse_published()
        return super().delete()

    delete.queryset_only = True  # type: ignore[attr-defined]  # or the manager would delete all of them

    def refuse_published(self) -> None:
        """Raise `ProtectedError` if an edition names one of the steps."""
        published: set[models.Model] = set(self.filter(editions__isnull=False).distinct())
        if published:
            raise ProtectedError("A step that was published is never deleted; retire it.", published)


class Step(models.Model):
    """One thing to do. Its id is its identity for life: renaming, reordering and moving keep it.

    A step that was ever published is never deleted; `retire` takes it off the path, and learners keep
    what they did.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    guide = models.ForeignKey(Guide, models.CASCADE, related_name="steps")
    stage = models.ForeignKey(Stage, models.RESTRICT, null=True, related_name="steps")
    slug = models.SlugField(max_length=80)
    title = models.CharField(max_length=120)
    body = models.TextField("text", blank=True, help_text="Markdown: what to do. Cite a source as [@key].")
    done_when = models.CharField(
        max_length=300, blank=True, help_text="Completes the sentence “Done when …”."
    )
    effort_hours = models.PositiveIntegerField(
        null=True, blank=True, help_text="Hours of work, as we estimate them; empty if unknown."
    )
    optional = models.BooleanField(default=False)
    choice = models.CharField(
        max_length=120,
        blank=True,
        help_text="Steps of one stage with the same choice are alternatives; one complete route is enough.",
    )
    route = models.CharField(
        max_length=120, blank=True, help_text="Steps of a choice with the same route are all needed."
    )
    after = models.ManyToManyField(
        "self", symmetrical=False, blank=True, related_name="before", help_text="Better done before: advice."
    )
    skills = models.ManyToManyField(Skill, blank=True, related_name="steps")
    courses = models.ManyToManyField(Course, blank=True, related_name="steps")
    certifications = models.ManyToManyField(Certification, blank=True, related_name="steps")
    sources = models.ManyToManyField(Source, blank=True, related_name="steps")
    position = models.PositiveIntegerField(default=0)
    retired_at = models.DateTimeField(null=True, editable=False)

    objects = StepQuerySet.as_manager()

    class Meta:
        ordering = ("position", "slug")
        constraints = (
            models.UniqueConstraint(
                fields=("guide", "slug"),
                condition=Q(retired_at=None),
                name="step_slug_once_a_guide",
                violation_error_message="Another step of this guide has this slug.",
            ),
            models.CheckConstraint(
                condition=Q(stage__isnull=False) | Q(retired_at__isnull=False),
                name="step_has_a_stage",
                violation_error_message="A step of the path needs a stage.",
            ),
            models.CheckConstraint(
                condition=Q(choice="", route="") | (~Q(choice="") & ~Q(route="")),
                name="step_route_with_choice",
                violation_error_message="A choice needs a route, and a route needs its choice.",
            ),
            models.CheckConstraint(
                condition=Q(choice="") | Q(optional=False),
                name="step_choice_not_optional",
                violation_error_message="A step of a choice cannot be optional.",
            ),
        )
        permissions = (("retire_step", "Can retire, split, merge, replace and put back steps"),)

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        """Keep a step in a stage of its own guide, under a slug of its own. Raises `ValidationError`."""
        if self.stage_id and self.guide_id and self.stage and self.stage.guide_id != self.guide_id:
            raise ValidationError({"stage": "This stage belongs to another guide."})
        if self.retired_at is None:
            refuse_taken_slug(self, Step.objects.live())

    def retire(self) -> None:
        """Take the step off the path at the next edition; what learners did with it stays."""
        self.retired_at = timezone.now()
        self.save(update_fields=["retired_at"])

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Delete a step that no edition names. Raises `ProtectedError` if one does."""
        Step.objects.filter(pk=self.pk).refuse_published()
        return super().delete(*args, **kwargs)
