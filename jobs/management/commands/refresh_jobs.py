"""`manage.py refresh_jobs`: fetch feeds of jobs now, without waiting for the schedule."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from jobs.models import Feed
from jobs.refreshing import refresh
from jobs.storing import clear_out


class Command(BaseCommand):
    help = "Fetches all feeds of jobs that are on, or those that are named, and says what came of each."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--feed",
            type=int,
            action="append",
            metavar="NUMBER",
            help="the number of a feed; may be repeated",
        )

    def handle(self, *args: Any, feed: list[int] | None, **options: Any) -> None:
        for each in _asked(feed):
            tried = refresh(each)
            self.stdout.write(f"{each.pk} {each}: {tried or 'somebody else is refreshing it.'}")
        clear_out(timezone.now())


def _asked(numbers: list[int] | None) -> list[Feed]:
    """Return the feeds with these numbers, or all that are on. Raises `CommandError` for an unknown one."""
    if numbers is None:
        return list(Feed.objects.filter(active=True))
    feeds = Feed.objects.in_bulk(numbers)
    if unknown := [str(number) for number in numbers if number not in feeds]:
        known = ", ".join(f"{feed.pk} ({feed})" for feed in Feed.objects.all()[:20]) or "none"
        raise CommandError(f"There is no feed {', '.join(unknown)}. There are: {known}.")
    return [feeds[number] for number in dict.fromkeys(numbers)]
