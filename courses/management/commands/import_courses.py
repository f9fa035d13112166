"""Bring courses from a CSV, XLSX or JSON file into the catalog: all that is understood, or nothing."""

import tempfile
from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from courses.importing.columns import FIELDS
from courses.importing.drafts import Options
from courses.importing.fates import Verdict
from courses.importing.planning import File, Plan, plan
from courses.importing.prices import iso_currency
from courses.importing.refusal import Refused, Unreadable
from courses.importing.storing import Outdated, store

TRIES = 3


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "file", type=Path, metavar="FILE", help="CSV, XLSX or JSON; see docs/importing.md"
        )
        parser.add_argument(
            "--map",
            action="append",
            default=[],
            metavar="COLUMN=FIELD",
            help=f"what a column gives, or nothing to leave it out; fields: {', '.join(FIELDS)}",
        )
        parser.add_argument("--dry-run", action="store_true", help="say what would become of each row")
        parser.add_argument(
            "--source", default="", help="whose figures these are, where the file does not say"
        )
        parser.add_argument(
            "--retrieved",
            metavar="YYYY-MM-DD",
            help="the day on which the figures were read; today if not given",
        )
        parser.add_argument("--currency", default="", help="of prices that name none or just $, such as USD")
        parser.add_argument("--encoding", default="", help="of the file's letters, if it is not found out")

    def handle(self, *args: Any, **options: Any) -> None:
        asked = _file(options)
        with tempfile.TemporaryDirectory(prefix="waymark-import-") as folder:
            try:
                made = self._run(asked, Path(folder) / "plan", **options)
            except Unreadable as refused:
                raise CommandError(str(refused)) from refused
            self._tell(made, is_dry=options["dry_run"])

    def _run(self, asked: File, to: Path, *, dry_run: bool, verbosity: int, **options: Any) -> Plan:
        """Return what was done, or what would be."""
        for _ in range(TRIES):
            made = plan(asked, to)
            if dry_run or not made.changes_something:
                return made
            try:
                store(made, self._progress if verbosity > 1 else lambda courses: None)
            except Outdated:
                continue
            return made
        raise CommandError("The catalog is being changed just now; nothing was stored. Try again.")

    def _progress(self, courses: int) -> None:
        self.stderr.write(f"{courses} courses written")

    def _tell(self, made: Plan, *, is_dry: bool) -> None:
        for note in made.notes:
            self.stdout.write(note)
        for column, why in made.unused.items():
            self.stdout.write(f"Column “{column}” is not used: {why}.")
        for fate in made.fates():
            if is_dry and fate.verdict is not Verdict.REFUSED:
                changes = [f"{name} “{before}” → “{after}”" for name, (before, after) in fate.changes.items()]
                self.stdout.write(
                    f"{fate.place}: {fate.verdict}: {fate.title}" + "".join(f"; {each}" for each in changes)
                )
            for reason in fate.reasons:
                self.stdout.write(f"{fate.place}: refused: {reason}")
        self.stdout.write(", ".join(f"{made.counts[verdict]} {verdict}" for verdict in Verdict))


def _file(options: dict[str, Any]) -> File:
    fields = {}
    for each in options["map"]:
        column, sign, name = each.rpartition("=")
        if not sign:
            raise CommandError(f"“{each}” does not say COLUMN=FIELD.")
        fields[column] = name.strip()
    try:
        currency = iso_currency(options["currency"])
        retrieved = date.fromisoformat(options["retrieved"]) if options["retrieved"] else None
    except Refused as refused:
        raise CommandError(str(refused)) from refused
    except ValueError as error:
        raise CommandError(f"“{options['retrieved']}” is no day; write it as 2026-11-21.") from error
    path = options["file"]
    return File(path, path.name, options["encoding"], fields, Options(options["source"], retrieved, currency))
