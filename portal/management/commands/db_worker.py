"""`manage.py db_worker`: work the queue in a process of its own; `WORKER=separate` keeps the server from it.

It stands in the place of the command of django-tasks-db, which knows neither schedule nor second attempts.
"""

import signal
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from portal.worker import Worker


class Command(BaseCommand):
    help = "Does background work until it is stopped; any number of these may run."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--batch", action="store_true", help="do what is ready now, and end")

    def handle(self, *args: Any, batch: bool, **options: Any) -> None:
        worker = Worker()
        if batch:
            self.stdout.write(f"Tasks done: {worker.work()}.")
            return
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: worker.stop())
        self.stdout.write("Working. Stop it with Ctrl-C; the task under way is finished first.")
        worker.run()
