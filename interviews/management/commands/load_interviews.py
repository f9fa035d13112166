"""Bring in the bundled interview questions that this site never had; a start does so by itself."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from interviews.seeding import BrokenQuestions, seed
from interviews.seeding.storing import BUNDLED


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "folder", nargs="?", type=Path, default=BUNDLED, help="another folder of questions"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            counts = seed(options["folder"])
        except BrokenQuestions as refused:
            raise CommandError(str(refused)) from refused
        if options["verbosity"]:
            self.stdout.write(f"{options['folder']}: {counts}")
