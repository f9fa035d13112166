"""Bring in the bundled questions that this site never had; a start does so by itself."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from quiz.loading import BUNDLED, BrokenQuiz, load


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", nargs="?", type=Path, default=BUNDLED, help="another file of questions")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            counts = load(options["file"])
        except BrokenQuiz as refused:
            raise CommandError(str(refused)) from refused
        if options["verbosity"]:
            self.stdout.write(f"{options['file']}: {counts}")
