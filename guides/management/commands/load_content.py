"""Load content folders into the working copies of their guides, and publish what changed."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from guides.loading.catching_up import catch_up
from guides.loading.reading import BrokenFolder
from guides.loading.storing import EditedSince, Outcome, load_folder


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folders", nargs="+", type=Path, metavar="PATH", help="a content folder")
        parser.add_argument(
            "--force", action="store_true", help="overwrite what was edited since the last load"
        )
        parser.add_argument("--if-absent", action="store_true", help="leave guides alone that exist")
        parser.add_argument("--draft", action="store_true", help="publish nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        outcomes = [self._load(folder, options) for folder in options["folders"]]
        for guide in catch_up() if Outcome.LOADED in outcomes else ():
            self.stdout.write(f"{guide.title}: published again, with what counts from other guides")

    def _load(self, folder: Path, options: dict[str, Any]) -> Outcome:
        try:
            outcome = load_folder(
                folder, force=options["force"], if_absent=options["if_absent"], draft=options["draft"]
            )
        except (BrokenFolder, EditedSince) as refused:
            raise CommandError(str(refused)) from refused
        if outcome != Outcome.THERE:
            self.stdout.write(f"{folder}: {outcome}")
        return outcome
