"""What learners keep of the catalog for later."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from courses.models import Certification, Course


class SavedQuerySet(models.QuerySet["Saved"]):
    def for_list(self) -> Self:
        """Fetch what a list of saved things shows, too."""
        return self.select_related("course__provider", "certification__issuer")


class Saved(models.Model):
    """A learner saved a course or a certification for later."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved", db_index=False)
    course = models.ForeignKey(
        Course, models.CASCADE, null=True, blank=True, related_name="+", related_query_name="saved"
    )
    certification = models.ForeignKey(
        Certification, models.CASCADE, null=True, blank=True, related_name="+", related_query_name="saved"
    )
    saved_at = models.DateTimeField(default=timezone.now)

    objects = SavedQuerySet.as_manager()

    class Meta:
        verbose_name = "saved course or certification"
        verbose_name_plural = "saved courses and certifications"
        ordering = ("-saved_at", "-pk")
        constraints = (
            models.UniqueConstraint(fields=("user", "course"), name="saved_course_once"),
            models.UniqueConstraint(fields=("user", "certification"), name="saved_certification_once"),
            models.CheckConstraint(
                condition=Q(course__isnull=False, certification=None)
                | Q(course=None, certification__isnull=False),
                name="saved_is_one_thing",
            ),
        )

    def __str__(self) -> str:
        return f"saved: {self.kind} {self.course_id or self.certification_id}"

    @property
    def kind(self) -> str:
        """What was saved: “course” or “certification”."""
        return "course" if self.course_id else "certification"

    @property
    def offer(self) -> Course | Certification:
        """The course or the certification; fetched with `for_list`."""
        offer = self.course if self.course_id else self.certification
        assert offer is not None  # noqa: S101 (a constraint sees to it)
        return offer
