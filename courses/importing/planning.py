"""What a file would do to the catalog, before anything is written."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from courses.importing import fates
from courses.importing.catalog import catalog
from courses.importing.columns import mapped
from courses.importing.drafts import Options
from courses.importing.fates import Fate, Verdict
from courses.importing.judging import Judge
from courses.importing.reading import read
from courses.importing.refusal import Unreadable
from courses.models import Change

MOST_ROWS = 500_000


@dataclass(frozen=True)
class Plan:
    """What a file would do: each row's fate lies at `path`; `counts` say how many of each there are.

    It holds for the catalog of one `version`. `providers` and `skills` are to be made, names by slugs.
    """

    path: Path
    version: list[str]
    counts: dict[str, int]
    columns: dict[str, str]
    unused: dict[str, str]
    notes: list[str]
    providers: dict[str, str]
    skills: dict[str, str]

    def fates(self) -> Iterator[Fate]:
        """Yield the fate of each row, in the order of the file."""
        return fates.read(self.path)

    @property
    def is_current(self) -> bool:
        """Whether the catalog is still as it was when this was planned; one query."""
        return self.version == version()

    @property
    def changes_something(self) -> bool:
        return bool(self.counts[Verdict.NEW] or self.counts[Verdict.CHANGED])


@dataclass(frozen=True)
class File:
    """A file of courses with what is said of it: its encoding and the fields of columns, where known."""

    path: Path
    name: str
    encoding: str
    fields: dict[str, str]
    options: Options


def plan(file: File, to: Path) -> Plan:
    """Return what `file` would do, with the fates of its rows written to `to`. Raises `Unreadable`."""
    before = version()
    table = read(file.path, file.encoding)
    columns = mapped(table.header, file.fields)
    there, counts = catalog(), Counter[str](dict.fromkeys(Verdict, 0))
    fates.write(_counted(Judge(there, columns, file.options, file.name).fates(table), counts), to)
    if not counts.total():
        raise Unreadable("The file has no rows below the names of its columns.")
    made = there.providers.made, there.skills.made
    return Plan(to, before, dict(counts), columns.fields, columns.unused, table.notes, *made)


def version() -> list[str]:
    """Return what differs once something of the catalog changed; one query."""
    return [str(part) for part in Change.objects.version()]


def _counted(told: Iterable[Fate], counts: Counter[str]) -> Iterator[Fate]:
    for fate in told:
        counts[fate.verdict] += 1
        if counts.total() > MOST_ROWS:
            raise Unreadable(f"The file has more than {MOST_ROWS} rows. Split it.")
        yield fate
