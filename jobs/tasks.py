"""Jobs in the background."""

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from jobs.models import Feed
from jobs.models.feed import EVERY
from jobs.refreshing import refresh
from jobs.storing import clear_out


@task()
def refresh_due_feeds() -> int:
    """Put each feed that should be fetched by now into the queue, and let go of old jobs."""
    clear_out(timezone.now())
    due = list(Feed.objects.due().values_list("pk", flat=True))
    for pk in due:
        ask_to_refresh(pk)
    return len(due)


@transaction.atomic
def ask_to_refresh(pk: int) -> None:
    """Put a feed into the queue; until it was its turn, the schedule does not do so again."""
    Feed.objects.filter(pk=pk).update(next_try_at=timezone.now() + EVERY)
    refresh_feed.enqueue(pk)


@task()
def refresh_feed(pk: int) -> str:
    """Refresh a feed; return what came of it in words."""
    feed = Feed.objects.filter(pk=pk).first()
    tried = refresh(feed) if feed else None
    return str(tried) if tried else "Nothing was done: it is no more, or somebody else is at it."
