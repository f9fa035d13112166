"""Editions: what was published, frozen."""

import uuid
from typing import TYPE_CHECKING, Any, NoReturn, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, ProtectedError, Q
from django.db.models.functions import Lower
from django.utils import timezone

from guides.models.guide import Guide
from guides.models.path import Step

FROM_FILES = "Loaded from files"  # the note of an edition that nobody wrote one for

# A guide is hidden from its unpublishing until a later edition goes live.
IS_SHOWN = Q(guide__unpublished_at=None) | Q(live_at__gt=F("guide__unpublished_at"))


class EditionQuerySet(models.QuerySet["Edition"]):
    def live(self) -> Self:
        """Editions whose moment has come."""
        return self.filter(live_at__lte=timezone.now(), cancelled_at=None)

    def scheduled(self) -> Self:
        """Editions that wait for their moment."""
        return self.filter(live_at__gt=timezone.now(), cancelled_at=None)

    def cancel(self) -> int:
        """Take back editions before anybody has read them; return how many."""
        return self.scheduled().update(cancelled_at=timezone.now())

    def current(self) -> Self:
        """The newest live edition of each guide, hidden guides included."""
        newer = Edition.objects.live().filter(guide=OuterRef("guide"), number__gt=OuterRef("number"))
        return self.live().filter(~Exists(newer))

    def public(self) -> Self:
        """What everybody may read: the current editions of guides that are not hidden."""
        return self.current().filter(IS_SHOWN)

    def for_index(self) -> Self:
        """What a list of guides shows, without the documents."""
        return (
            self.defer("document").annotate(step_count=models.Count("steps")).order_by(Lower("title"), "slug")
        )

    def delete(self) -> NoReturn:
        """Refuse: an edition is what people read and what their progress was measured by."""
        raise ProtectedError("Editions are never deleted; publish a new one.", set(self))


class Edition(models.Model):
    """One published state of a guide. A trigger of the database refuses changes to its content.

    It is live from `live_at` on; one that waits for its moment may be cancelled until then.
    `document` is canonical JSON (see `guides.document`), kept as text so that it is sent as it was
    hashed; `slug`, `title` and `summary` repeat what it says, for lists and look-ups.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    guide = models.ForeignKey(Guide, models.PROTECT, related_name="editions")
    number = models.PositiveIntegerField()
    slug = models.SlugField(max_length=80)
    title = models.CharField(max_length=120)
    summary = models.CharField(max_length=240)
    document = models.TextField()
    sha256 = models.CharField(max_length=64)
    version = models.PositiveIntegerField(null=True, help_text="Of the working copy that was frozen.")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    note = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    live_at = models.DateTimeField(default=timezone.now)
    cancelled_at = models.DateTimeField(
        null=True, editable=False, help_text="Taken back before its moment, never read by anybody."
    )

    if TYPE_CHECKING:  # an annotation of `for_index`
        step_count: int

    objects = EditionQuerySet.as_manager()

    class Meta:
        ordering = ("guide", "-number")
        constraints = (
            models.UniqueConstraint(fields=("guide", "number"), name="edition_number_once_a_guide"),
            models.UniqueConstraint(fields=("sha256",), name="edition_sha256_once"),
        )
        indexes = (
            models.Index(fields=("slug", "number"), name="edition_by_slug"),
            models.Index(fields=("live_at",), condition=Q(cancelled_at=None), name="edition_by_moment"),
        )

    def __str__(self) -> str:
        return f"{self.title}, edition {self.number}"

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise ProtectedError("Editions are never deleted; publish a new one.", {self})


class EditionStep(models.Model):
    """A step on the path of an edition; the row keeps the step from ever being deleted."""

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="steps")
    step = models.ForeignKey(Step, models.PROTECT, related_name="editions")

    class Meta:
        constraints = (models.UniqueConstraint(fields=("step", "edition"), name="edition_step_once"),)

    def __str__(self) -> str:
        return f"{self.step_id} in {self.edition_id}"
