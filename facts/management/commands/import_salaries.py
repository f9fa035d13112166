"""Bring salary figures from a CSV or XLSX table: all that is understood, or nothing."""

import tempfile
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from courses.importing.refusal import Refused, Unreadable
from facts.importing.arguments import add_arguments, file_of, survey_of
from facts.importing.fates import Fate, Verdict
from facts.importing.planning import File, Plan, plan
from facts.importing.storing import Outdated, store
from facts.importing.survey.planning import bundle, plan_survey

TRIES = 3
SHOWN = (Verdict.REFUSED, Verdict.PASSED, Verdict.REMOVED)  # also where it is no dry run


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        add_arguments(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            file = file_of(options)
            if options["to_yaml"]:
                self._tell_notes(bundle(file, survey_of(options), options["to_yaml"]))
                return
            with tempfile.TemporaryDirectory(prefix="waymark-import-") as folder:
                self._tell(self._run(file, Path(folder) / "plan", options), is_dry=options["dry_run"])
        except (Unreadable, Refused) as refused:
            raise CommandError(str(refused)) from refused

    def _run(self, file: File, to: Path, options: dict[str, Any]) -> Plan:
        """Return what was done, or what would be."""
        for _ in range(TRIES):
            made = plan_survey(file, survey_of(options), to) if options["survey"] else plan(file, to)
            if options["dry_run"] or not made.changes_something:
                return made
            if options["strict"] and made.counts[Verdict.REFUSED]:
                self._tell(made, is_dry=False)
                raise CommandError("Nothing was stored: --strict, and something is refused.")
            try:
                store(made, self._progress if options["verbosity"] > 1 else lambda figures: None)
            except Outdated:
                continue
            return made
        raise CommandError("The figures are being changed just now; nothing was stored. Try again.")

    def _progress(self, figures: int) -> None:
        self.stderr.write(f"{figures} figures written")

    def _tell(self, made: Plan, *, is_dry: bool) -> None:
        self._tell_notes(made.notes)
        for slug, place in made.places.items():
            self.stdout.write(f"Place to be made: {slug} ({place['kind']} “{place['name']}”).")
        for fate in made.fates():
            self._tell_fate(fate, is_dry=is_dry)
        self.stdout.write(", ".join(f"{made.counts[verdict]} {verdict}" for verdict in Verdict))

    def _tell_notes(self, notes: list[str]) -> None:
        for note in notes:
            self.stdout.write(note)

    def _tell_fate(self, fate: Fate, *, is_dry: bool) -> None:
        changes = [
            f"{name} {after}" if fate.verdict is Verdict.NEW else f"{name} “{before}” → “{after}”"
            for name, (before, after) in fate.changes.items()
        ]
        if is_dry or fate.verdict in SHOWN or fate.told:
            parts = [fate.title, *fate.reasons, *(changes if is_dry else []), *fate.told]
            self.stdout.write(f"{fate.place}: {fate.verdict}: {'; '.join(filter(None, parts))}")
