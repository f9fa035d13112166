"""An RSS or Atom feed of jobs: where it is, how it does, and what came of each try."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone

from guides.models import Guide
from portal.fetching import NotAllowed, check_address

EVERY = timedelta(hours=1)
SLOWEST = timedelta(days=1)  # between two tries of a feed that keeps failing
SLACK = timedelta(minutes=10)  # the schedule does not come round to the second
HELD = timedelta(minutes=10)  # a refresh that takes longer has ended with its process
KEPT_TRIES = 20


class FeedQuerySet(models.QuerySet["Feed"]):
    def due(self) -> FeedQuerySet:
        """Return the feeds that should be fetched by now."""
        soon = timezone.now() + SLACK
        return self.filter(Q(next_try_at=None) | Q(next_try_at__lte=soon), active=True)


class Feed(models.Model):
    """A feed of jobs for one career. What is below `active` is written by refreshing alone."""

    guide = models.ForeignKey(Guide, models.CASCADE, related_name="job_feeds", verbose_name="career")
    publisher = models.CharField(
        max_length=120, help_text="Who lists the jobs, as readers are told, such as the name of a job site."
    )
    url = models.URLField(
        "address",
        max_length=1000,
        validators=[URLValidator(["http", "https"])],
        help_text="The address of the RSS or Atom feed itself, not of the page that links to it.",
    )
    place = models.CharField(
        max_length=120,
        blank=True,
        help_text="Where its jobs are, such as Berlin or Canada, for those that do not say it themselves. "
        "Empty if they are in many places.",
    )
    active = models.BooleanField(
        default=True, help_text="Whether it is fetched: every hour, and less often while that fails."
    )

    etag = models.CharField(max_length=500, blank=True, editable=False)
    modified = models.CharField(max_length=100, blank=True, editable=False)
    tried_at = models.DateTimeField("last tried", null=True, editable=False)
    succeeded_at = models.DateTimeField("last succeeded", null=True, editable=False)
    failing_since = models.DateTimeField(null=True, editable=False)
    failures = models.PositiveIntegerField("failures in a row", default=0, editable=False)
    last_error = models.CharField(max_length=500, blank=True, editable=False)
    next_try_at = models.DateTimeField("next try", null=True, editable=False)
    entry_count = models.PositiveIntegerField("jobs listed", default=0, editable=False)
    moved_to = models.URLField("has moved to", max_length=2000, blank=True, editable=False)
    held_at = models.DateTimeField(null=True, editable=False)  # while it is being refreshed
    changed_at = models.DateTimeField(default=timezone.now, editable=False)  # what it lists, for readers

    objects = FeedQuerySet.as_manager()

    class Meta:
        ordering = ("guide", "publisher", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("guide", "url"),
                name="feed_once_for_a_guide",
                violation_error_message="This career has this feed already.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.publisher}, {self.place}" if self.place else self.publisher

    def clean(self) -> None:
        """Refuse an address that could never be fetched, whatever answers there."""
        try:
            if self.url:
                check_address(self.url)
        except NotAllowed as error:
            raise ValidationError({"url": str(error)}) from error

    @property
    def health(self) -> str:
        """How it does, in a word."""
        if not self.active:
            return "off"
        if self.failing_since:
            return "failing"
        if self.succeeded_at is None:
            return "new"
        return "ok" if self.entry_count else "empty"

    def hold(self) -> bool:
        """Keep others from refreshing it at the same time; False if somebody else does so now."""
        now = timezone.now()
        free = Q(held_at=None) | Q(held_at__lt=now - HELD)
        return bool(Feed.objects.filter(free, pk=self.pk).update(held_at=now, tried_at=now))

    def forget_answers(self) -> None:
        """Begin anew with another address, without saving."""
        self.etag = self.modified = self.moved_to = self.last_error = ""
        self.failures, self.failing_since, self.next_try_at = 0, None, None

    def next_after_failure(self, now: datetime, wait: timedelta | None = None) -> datetime:
        """Return when to try again after `failures` in a row: after 1, 2, 4 hours … and at most a day.

        `wait` is what the other side asked for, if it did; more than a day is not listened to.
        """
        growing = EVERY * 2 ** min(max(self.failures - 1, 0), 10)
        return now + min(max(growing, wait or EVERY), SLOWEST)


class Outcome(models.TextChoices):
    FETCHED = "fetched", "fetched"
    UNCHANGED = "unchanged", "not changed"
    EMPTY = "empty", "empty"
    FAILED = "failed", "failed"
    ENDED = "ended", "switched off"


class FeedTry(models.Model):
    """One try to refresh a feed. The last `KEPT_TRIES` of each feed are kept."""

    feed = models.ForeignKey(Feed, models.CASCADE, related_name="tries", editable=False)
    at = models.DateTimeField(default=timezone.now, editable=False)
    outcome = models.CharField(max_length=9, choices=Outcome, editable=False)
    words = models.CharField("what came of it", max_length=500, editable=False)
    listed = models.PositiveIntegerField(default=0, editable=False)
    new = models.PositiveIntegerField(default=0, editable=False)
    gone = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = "try"
        verbose_name_plural = "tries"
        ordering = ("-at", "-id")

    def __str__(self) -> str:
        return self.words
