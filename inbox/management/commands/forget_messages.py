"""Delete old messages with their replies. The worker does so once a day."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from inbox.forgetting import KEPT_DAYS, forget


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--older-than",
            type=int,
            default=KEPT_DAYS,
            metavar="DAYS",
            help=f"how many days messages are kept; {KEPT_DAYS} if not given",
        )

    def handle(self, *args: Any, older_than: int, **options: Any) -> None:
        if not 0 <= older_than <= 36_500:
            raise CommandError("Give a number of days from 0 to 36500.")
        self.stdout.write(f"{forget(older_than)} messages deleted.")
