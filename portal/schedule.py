"""Tasks that come round: which, and how often, says `SCHEDULE` in the settings.

Any number of processes may ask what is due. Each task has a row, and whoever changes it begins the task.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.module_loading import import_string

from portal.models import ScheduledTask


def begin_due(now: datetime | None = None) -> list[str]:
    """Put each task whose time has come into the queue, and return their names."""
    now = now or timezone.now()
    return [name for name in list(_due(now)) if _begin(name, now)]


def next_at(name: str, last_at: datetime | None) -> datetime | None:
    """Return when a task is due again; None if it is due now, or is no longer on the schedule."""
    return last_at + settings.SCHEDULE[name][1] if last_at and name in settings.SCHEDULE else None


def _due(now: datetime) -> Iterator[str]:
    """Yield the names of what seems due, without writing anything: that is the usual case."""
    begun = dict(ScheduledTask.objects.values_list("name", "last_at"))
    for name, (_, every) in settings.SCHEDULE.items():
        if (last_at := begun.get(name)) is None or last_at <= now - every:
            yield name


@transaction.atomic
def _begin(name: str, now: datetime) -> bool:
    """Put a task into the queue unless somebody else has just done so."""
    path, every = settings.SCHEDULE[name]
    ScheduledTask.objects.get_or_create(name=name)
    if not _claim(name, now, every):
        return False
    import_string(path).enqueue()
    return True


def _claim(name: str, now: datetime, every: timedelta) -> bool:
    due = Q(last_at=None) | Q(last_at__lte=now - every)
    return bool(ScheduledTask.objects.filter(due, name=name).update(last_at=now))
