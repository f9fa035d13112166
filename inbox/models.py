"""What people write to those who run the site, and what they were answered."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

NAME_LENGTH, SUBJECT_LENGTH, TEXT_LENGTH = 120, 150, 5000  # characters


class MessageQuerySet(models.QuerySet["Message"]):
    def for_inbox(self) -> Self:
        """Add who is at home here, for the list."""
        return self.select_related("user")


class Message(models.Model):
    """What somebody wrote by the form of the site. `version` rises with each thing that staff do with it.

    No field can be edited in the studio, and the log does not tell what they hold: a message that is
    forgotten leaves nothing of its writer.
    """

    class Status(models.TextChoices):
        OPEN = "open", "open"
        ANSWERED = "answered", "answered"
        CLOSED = "closed", "closed"
        SPAM = "spam", "spam"

    name = models.CharField(max_length=NAME_LENGTH, blank=True, editable=False)
    email = models.EmailField("e-mail", max_length=254, editable=False)
    subject = models.CharField(max_length=SUBJECT_LENGTH, editable=False)
    text = models.TextField("message", max_length=TEXT_LENGTH, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        related_query_name="message",
        editable=False,
        verbose_name="account",
    )
    received_at = models.DateTimeField("received", default=timezone.now, editable=False, db_index=True)
    status = models.CharField(max_length=8, choices=Status, default=Status.OPEN, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = MessageQuerySet.as_manager()

    class Meta:
        ordering = ("-received_at", "-id")
        constraints = (
            models.CheckConstraint(
                condition=Q(status__in=("open", "answered", "closed", "spam")), name="message_has_status"
            ),
        )

    def __str__(self) -> str:
        return f"Message {self.pk}"

    def mark(self, status: str) -> None:
        """Say what became of it."""
        self.status, self.version = status, F("version") + 1
        self.save(update_fields=["status", "version"])
        self.refresh_from_db(fields=["version"])


class Reply(models.Model):
    """An answer by mail. One without `sent_at` is on its way, or could not be sent."""

    message = models.ForeignKey(Message, models.CASCADE, related_name="replies", editable=False)
    text = models.TextField(max_length=2 * TEXT_LENGTH, editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)
    mail_id = models.CharField("Message-ID", max_length=255, unique=True, editable=False)
    written_at = models.DateTimeField(default=timezone.now, editable=False)
    sent_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name_plural = "replies"
        ordering = ("written_at", "id")
        default_permissions = ()

    def __str__(self) -> str:
        return f"Reply {self.pk}"
