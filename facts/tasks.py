"""What is done in the background: looking whether the links of sources still lead somewhere."""

from datetime import datetime

from django.utils import timezone
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from facts.links import check
from guides.models import Source

BATCH = 20  # links: each takes up to half a minute


@task()
def check_links() -> None:
    """Put the links of all sources into the queue, some at a time."""
    since = timezone.now().isoformat()
    links = list(Source.objects.exclude(url="").order_by("pk").values_list("pk", flat=True))
    for first in range(0, len(links), BATCH):
        check_some_links.enqueue(links[first : first + BATCH], since)


@task()
def check_some_links(sources: list[int], since: str) -> None:
    """Look at the links of these sources, but of those that were looked at `since`, a moment in ISO 8601."""
    check(sources, since=datetime.fromisoformat(since))


def is_checking() -> bool:
    """Whether links are being looked at, or wait for it."""
    paths = [check_links.module_path, check_some_links.module_path]
    open_ones = (TaskResultStatus.READY, TaskResultStatus.RUNNING)
    return DBTaskResult.objects.filter(task_path__in=paths, status__in=open_ones).exists()
