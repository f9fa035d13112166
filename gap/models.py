"""Postings that learners asked to keep."""

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone

from guides.models import Guide

TITLE = 80  # characters


class KeptPosting(models.Model):
    """The text of a posting that a learner keeps to look at again. It is theirs alone: no staff see it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", related_query_name="kept_posting"
    )
    guide = models.ForeignKey(Guide, models.CASCADE, related_name="+", related_query_name="kept_posting")
    title = models.CharField(max_length=TITLE)
    text = models.TextField()
    kept_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("-kept_at", "id")
        default_permissions = ()

    def __str__(self) -> str:
        return self.title
