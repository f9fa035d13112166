"""Write the working copy of a guide as a content folder, which load_content reads."""

from argparse import ArgumentParser
from contextlib import suppress
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError
from django.db.models import Q

from guides.exporting.folder import CannotExport, files_of
from guides.exporting.placing import place
from guides.models import Guide


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("guide", metavar="GUIDE", help="the slug or the id of a guide")
        parser.add_argument("folder", type=Path, metavar="DIR", help="a folder that is not there, or empty")
        parser.add_argument(
            "--force", action="store_true", help="replace the content folder in DIR, and nothing else there"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            contents = files_of(_guide(options["guide"]))
            place(contents, options["folder"], force=options["force"])
        except (CannotExport, OSError) as refused:
            raise CommandError(str(refused)) from refused
        self.stdout.write(f"{options['folder']}: {len(contents)} files written")


def _guide(name: str) -> Guide:
    """Return the guide that is called `name` by its slug or its id."""
    wanted = Q(slug=name)
    with suppress(ValueError):
        wanted |= Q(pk=UUID(name))
    found = Guide.objects.filter(wanted).first()
    if found is None:
        raise CommandError(f"There is no guide “{name}”. Name one by its slug or its id.")
    return found
