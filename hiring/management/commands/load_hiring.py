"""Bring in the bundled job descriptions that this site never had; a start does so by itself."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from hiring.loading import BUNDLED, BrokenSamples, load


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", nargs="?", type=Path, default=BUNDLED, help="another folder of samples")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            counts = load(options["folder"])
        except BrokenSamples as refused:
            raise CommandError(str(refused)) from refused
        if options["verbosity"]:
            self.stdout.write(f"{options['folder']}: {counts}")
