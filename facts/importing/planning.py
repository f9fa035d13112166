"""What a file would do to the figures, before anything is written."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from django.db.models import Max

from courses.importing.refusal import Refused, Unreadable
from facts.importing import fates
from facts.importing.columns import mapped, scored
from facts.importing.drafting import drafts_of
from facts.importing.drafts import Draft, Options
from facts.importing.fates import WRITTEN, Fate, Verdict
from facts.importing.judging import Judge
from facts.importing.table import read
from facts.models import Place, Salary

MOST_FIGURES = 500_000
OEWS_NOTE = (
    "The columns are those of the US Bureau of Labor Statistics (OEWS): amounts are in USD, "
    "those of A_ columns a year."
)


@dataclass(frozen=True)
class Plan:
    """What a file would do: each figure's fate lies at `path`; `counts` say how many of each there are.

    It holds for figures and places of one `version`. `places` are to be made, by their slugs, outer ones
    first.
    """

    path: Path
    name: str
    version: tuple[int, int]
    counts: dict[Verdict, int]
    notes: list[str]
    places: dict[str, dict[str, str]]

    def fates(self) -> Iterator[Fate]:
        """Yield the fate of each figure, in the order of the file."""
        return fates.read(self.path)

    @property
    def is_current(self) -> bool:
        """Whether figures and places are still as they were when this was planned; two queries."""
        return self.version == version()

    @property
    def changes_something(self) -> bool:
        return any(self.counts[verdict] for verdict in WRITTEN)


@dataclass(frozen=True)
class File:
    """A table with what is said of it: the encoding of its letters, and what columns give, where known."""

    path: Path
    name: str
    encoding: str
    fields: Mapping[str, str]
    options: Options


def plan(file: File, to: Path) -> Plan:
    """Return what `file` would do, with the fates of its figures written to `to`. Raises `Unreadable`."""
    table = read(file.path, file.encoding, scored(file.fields))
    columns = mapped(table.header, file.fields)
    if not columns.parts:
        raise Unreadable("No column gives an amount. Say which does, such as --map “Wage=amount”.")
    unused = [f"Column “{column}” is not used: {why}." for column, why in columns.unused.items()]
    notes = [*table.notes, *([OEWS_NOTE] if columns.is_oews else []), *unused]
    drafts = (draft for line in table.lines() for draft in drafts_of(line, columns, file.options))
    made = planned(drafts, file, to, notes)
    if not sum(made.counts.values()):
        raise Unreadable("The file has no rows below the names of its columns.")
    return made


def planned(
    drafts: Iterable[Draft],
    file: File,
    to: Path,
    notes: list[str],
    also: Callable[[Judge], Iterator[Fate]] = lambda judge: iter(()),
) -> Plan:
    """Return what `drafts`, which come from `file`, would do; `also` gives fates beside them, after them.

    Raises `Unreadable`.
    """
    before, counts = version(), Counter[Verdict](dict.fromkeys(Verdict, 0))
    try:
        judge = Judge(file.options)
    except Refused as refused:
        raise Unreadable(f"{str(refused).capitalize()}.") from refused
    fates.write(_counted(chain(judge.fates(drafts), _later(also, judge)), counts), to)
    return Plan(to, file.name, before, dict(counts), notes, judge.places.made)


def _later(also: Callable[[Judge], Iterator[Fate]], judge: Judge) -> Iterator[Fate]:
    """Yield what `also` gives, once the drafts before are judged."""
    yield from also(judge)


def version() -> tuple[int, int]:
    """Return what differs once a figure or the number of places changed; two queries."""
    last = Salary.history.aggregate(last=Max("history_id"))["last"]
    return last or 0, Place.objects.count()


def _counted(told: Iterable[Fate], counts: Counter[Verdict]) -> Iterator[Fate]:
    for fate in told:
        counts[fate.verdict] += 1
        if counts.total() > MOST_FIGURES:
            raise Unreadable(f"The file has more than {MOST_FIGURES:,} figures. Split it.")
        yield fate
