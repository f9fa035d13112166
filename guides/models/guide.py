"""A guide to one career: the working copy that staff edit. What the public reads is an Edition."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, OuterRef, ProtectedError, Subquery
from django.utils import timezone

from portal.slugs import slug_is_free

if TYPE_CHECKING:
    from accounts.models import User
    from guides.models.edition import Edition


class GuideQuerySet(models.QuerySet["Guide"]):
    def for_staff(self) -> GuideQuerySet:
        """Add what the staff's list shows: the current and the scheduled edition."""
        from guides.models.edition import Edition

        own = Edition.objects.filter(guide=OuterRef("pk"))
        current, scheduled = own.live().order_by("-number"), own.scheduled()
        return self.annotate(
            edition_number=Subquery(current.values("number")[:1]),
            edition_version=Subquery(current.values("version")[:1]),
            edition_live_at=Subquery(current.values("live_at")[:1]),
            scheduled_at=Subquery(scheduled.values("live_at")[:1]),
        ).select_related("changed_by")

    def delete(self) -> tuple[int, dict[str, int]]:
        """Delete guides that were never published. Raises `ProtectedError` if one was."""
        self.refuse_published()
        return super().delete()

    delete.queryset_only = True  # type: ignore[attr-defined]  # or the manager would delete all of them

    def refuse_published(self) -> None:
        """Raise `ProtectedError` if one of the guides was published."""
        published: set[models.Model] = set(self.filter(editions__isnull=False).distinct())
        if published:
            raise ProtectedError("A guide that was published is never deleted; unpublish it.", published)


class Guide(models.Model):
    """One career. Its rows, sections and path are the working copy; `version` rises with each change."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    slug = models.SlugField(max_length=80, unique=True)
    title = models.CharField(max_length=120)
    summary = models.CharField(max_length=240, help_text="One sentence: what the person does.")
    occupation_codes = models.CharField(
        max_length=120,
        blank=True,
        help_text="SOC codes, separated by commas, such as 15-1221.",
        validators=[
            RegexValidator(
                r"\A(\d{2}-\d{4}(, ?(?=\d)|\Z))*\Z", "Write codes like 15-1221, separated by commas."
            )
        ],
    )
    version = models.PositiveIntegerField(default=1, editable=False)
    changed_at = models.DateTimeField(default=timezone.now, editable=False)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+"
    )
    unpublished_at = models.DateTimeField(
        null=True, editable=False, help_text="Hidden from the public since."
    )
    loaded_files = models.CharField(max_length=64, blank=True, editable=False)
    loaded_copy = models.CharField(max_length=64, blank=True, editable=False)

    objects = GuideQuerySet.as_manager()

    class Meta:
        ordering = ("title",)
        constraints = (slug_is_free("guide_slug_is_free"),)
        permissions = (("publish_guide", "Can publish, schedule, hide and restore guides"),)

    def __str__(self) -> str:
        return self.title

    def touch(self, *, by: User | None) -> None:
        """Raise the version of the working copy and note who changed it."""
        now = timezone.now()
        Guide.objects.filter(pk=self.pk).update(version=F("version") + 1, changed_at=now, changed_by=by)

    def publish(self, *, by: User | None, note: str = "") -> Edition:
        """Freeze the working copy into an edition and return it; see `guides.publishing.publish`."""
        from guides.publishing import publish

        return publish(self, by=by, note=note)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Delete a guide that was never published. Raises `ProtectedError` for one that was."""
        Guide.objects.filter(pk=self.pk).refuse_published()
        return super().delete(*args, **kwargs)


def refuse_taken_slug(part: models.Model, others: models.QuerySet[Any]) -> None:
    """Raise `ValidationError` if one of `others` in the guide of `part` has its slug.

    The studio's forms leave out fields that the constraints name, and the constraints with them.
    """
    like = others.filter(guide=part.guide_id, slug=part.slug)  # type: ignore[attr-defined]  # parts have both
    if like.exclude(pk=part.pk).exists():
        name = part._meta.verbose_name
        raise ValidationError({"slug": f"Another {name} of this guide has this slug."})
