"""What learners ask of providers: to be contacted about a course."""

import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from courses.models import Course

NAME_LENGTH = 80
MESSAGE_LENGTH = 1000  # characters

# Nothing of the person is left in a request that they withdrew.
IS_EMPTY = Q(name="", email="", message="")


class ContactRequestQuerySet(models.QuerySet["ContactRequest"]):
    def open(self) -> Self:
        """What nobody has passed on yet, and nobody withdrew."""
        return self.filter(withdrawn_at=None, passed_on_at=None)

    def passed_on(self) -> Self:
        return self.filter(withdrawn_at=None, passed_on_at__isnull=False)

    def withdrawn(self) -> Self:
        return self.filter(withdrawn_at__isnull=False)


class ContactRequest(models.Model):
    """A learner agreed that a provider is told who they are, in order to be contacted about a course.

    `agreed_to` has the words of the box that they ticked. `title` and `provider` are what the course and its
    provider were called then, and outlive both. No field can be edited in the studio, nor does its log tell
    what they hold.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="contact_requests", editable=False
    )
    course = models.ForeignKey(
        Course,
        models.SET_NULL,
        null=True,
        related_name="+",
        related_query_name="contact_request",
        editable=False,
    )
    title = models.CharField("course", max_length=200, editable=False)
    provider = models.CharField(max_length=120, editable=False)
    name = models.CharField(max_length=NAME_LENGTH, blank=True, editable=False)
    email = models.EmailField("e-mail", max_length=254, blank=True, editable=False)
    message = models.TextField(max_length=MESSAGE_LENGTH, blank=True, editable=False)
    agreed_to = models.TextField("agreed to", editable=False)
    consented_at = models.DateTimeField(default=timezone.now, editable=False)
    passed_on_at = models.DateTimeField(null=True, editable=False)
    withdrawn_at = models.DateTimeField(null=True, editable=False)

    objects = ContactRequestQuerySet.as_manager()

    class Meta:
        ordering = ("-consented_at", "id")
        permissions = (("pass_on_contactrequest", "Can mark requests as passed on to the provider"),)
        constraints = (
            models.UniqueConstraint(
                fields=("user", "course"),
                condition=Q(withdrawn_at=None, passed_on_at=None),
                name="contact_request_open_once",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) & ~Q(name="") & ~Q(email="")
                | Q(withdrawn_at__isnull=False) & IS_EMPTY,
                name="contact_request_withdrawn_is_empty",
            ),
            models.CheckConstraint(
                condition=~Q(agreed_to="") & ~Q(provider=""), name="contact_request_has_consent"
            ),
        )

    def __str__(self) -> str:
        return f"{self.title}, to {self.provider}"

    @property
    def is_open(self) -> bool:
        return self.withdrawn_at is None and self.passed_on_at is None

    @property
    def standing(self) -> str:
        """What became of it, in words."""
        if self.withdrawn_at:
            return "withdrawn"
        return "passed on" if self.passed_on_at else "open"
