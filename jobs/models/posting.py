"""A job that is advertised somewhere else, and in which feeds it was seen."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Exists, OuterRef
from django.utils import timezone

from jobs.models.feed import Feed


class PostingQuerySet(models.QuerySet["Posting"]):
    def listed(self) -> PostingQuerySet:
        """Return what readers see: in a feed that is on, and not hidden."""
        current = FeedEntry.objects.filter(posting=OuterRef("pk"), gone_at=None, feed__active=True)
        return self.filter(Exists(current), hidden_at=None)


class Posting(models.Model):
    """A job, once, whichever feeds list it. It is gone when it has left all of them.

    `link_key` and `same_key` are what tells two entries to be of the same job; see `jobs.reading.sameness`.
    `listed_at` is the moment by which lists are ordered: when it was published, or first seen here.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    title = models.CharField(max_length=200, editable=False)
    company = models.CharField(max_length=120, blank=True, editable=False)
    place = models.CharField(max_length=120, blank=True, editable=False)
    link = models.URLField(max_length=2000, editable=False)
    summary = models.CharField(max_length=500, blank=True, editable=False)
    published_at = models.DateTimeField("published", null=True, editable=False)
    first_seen_at = models.DateTimeField("first seen", default=timezone.now, editable=False)
    last_seen_at = models.DateTimeField("last seen", default=timezone.now, editable=False)
    listed_at = models.DateTimeField(default=timezone.now, editable=False)
    gone_at = models.DateTimeField("gone", null=True, editable=False)
    hidden_at = models.DateTimeField("hidden by staff", null=True, editable=False)
    link_key = models.CharField(max_length=64, unique=True, editable=False)
    same_key = models.CharField(max_length=64, blank=True, db_index=True, editable=False)
    search_text = models.TextField(editable=False)  # in small letters, as `q` is compared with it

    objects = PostingQuerySet.as_manager()

    class Meta:
        verbose_name = "job"
        permissions = (("hide_posting", "Can hide jobs from readers, and show them again"),)
        ordering = ("-listed_at", "id")
        indexes = (models.Index(fields=("-listed_at", "id"), name="posting_newest"),)

    def __str__(self) -> str:
        return self.title


class FeedEntry(models.Model):
    """An entry of a feed, under the identifier that the feed gives it."""

    feed = models.ForeignKey(Feed, models.CASCADE, related_name="entries", editable=False)
    posting = models.ForeignKey(Posting, models.CASCADE, related_name="entries", editable=False)
    key = models.CharField(max_length=64, editable=False)
    seen_at = models.DateTimeField(default=timezone.now, editable=False)
    gone_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=("feed", "key"), name="entry_once_in_a_feed"),)

    def __str__(self) -> str:
        return self.key
