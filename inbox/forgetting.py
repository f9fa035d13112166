"""Messages are kept for as long as they are of use, and no longer."""

from datetime import timedelta

from django.utils import timezone

from inbox.models import Message

KEPT_DAYS = 365


def forget(days: int) -> int:
    """Delete messages that came more than `days` ago, with their replies; return how many there were."""
    old = Message.objects.filter(received_at__lt=timezone.now() - timedelta(days=days))
    return old.delete()[1].get("inbox.Message", 0)
