"""Bringing bundled figures into this site, so that nothing of the staff's is written over.

Each entry comes once, known by the id that it has in its file; what came is remembered, so that what staff
changed or deleted stays as they left it. An entry that names a career, source or place that is not here
waits: it is not remembered, and a later load looks again.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from django.db import IntegrityError, transaction
from django.db.models import Model

from courses.models import Seeded
from facts.loading.reading import Content, read_content
from facts.loading.schema import FigureEntry, NamingEntry, OutlookEntry, PlaceEntry, SalaryEntry, SourceEntry
from facts.models import Naming, Outlook, Place, Salary
from facts.turns import wait_for_others
from guides.models import Guide, Source

BUNDLED = Path(__file__).resolve().parent.parent / "content"
REASON = "Came with the site"
RELATIONS = ("guide", "source", "via", "place")

Ids = Mapping[str, Any]
Row = TypeVar("Row", bound=Model)


@dataclass
class Counts:
    """How many figures were made, left alone because the site had them, or wait, and for what."""

    made: int = 0
    left: int = 0
    waiting: Counter[str] = field(default_factory=Counter)

    def __str__(self) -> str:
        waits = "".join(f"\n{count} wait for {what}" for what, count in sorted(self.waiting.items()))
        return f"{self.made} made, {self.left} left alone, {self.waiting.total()} waiting{waits}"


def load(folder: Path = BUNDLED) -> Counts:
    """Bring in what `folder` has and this site never had. All or nothing; raises `BrokenFacts`."""
    content = read_content(folder)
    with transaction.atomic():
        wait_for_others()
        _bring_places(content.places)
        _bring_sources(content.sources)
        return _Loading(content).run()


class _Loading:
    """Figures on their way in, with the rows that they may name."""

    def __init__(self, content: Content) -> None:
        self.content = content
        self.counts = Counts()
        self.ids: dict[str, Ids] = {
            "guide": dict(Guide.objects.values_list("slug", "pk")),
            "source": dict(Source.objects.values_list("key", "pk")),
            "place": dict(Place.objects.values_list("slug", "pk")),
        }
        self.ids["via"] = self.ids["source"]

    def run(self) -> Counts:
        self._bring("salary figure", self.content.salaries, self._salary)
        self._bring("outlook figure", self.content.outlook, self._outlook)
        self._bring("list of names", self.content.namings, self._naming)
        return self.counts

    def _bring(self, kind: str, entries: Sequence[Any], store: Callable[[Any], None]) -> None:
        """Store those entries that never came here and need not wait."""
        came = set(Seeded.objects.filter(kind=kind).values_list("slug", flat=True))
        self.counts.left += sum(entry.id in came for entry in entries)
        ready = {entry.id: entry for entry in entries if entry.id not in came and not self._waits(entry)}
        Seeded.objects.arriving(kind, ready)
        for entry in ready.values():
            try:
                with transaction.atomic():
                    store(entry)
                self.counts.made += 1
            except IntegrityError:  # staff have entered it
                self.counts.left += 1

    def _waits(self, entry: FigureEntry | NamingEntry) -> bool:
        """Whether an entry names something that is not here; the first of it is counted."""
        absent = next((name for name in _named(entry) if name[1] not in self.ids[name[0]]), None)
        if absent:
            what, name = absent
            self.counts.waiting[f"the {'source' if what == 'via' else what} “{name}”"] += 1
        return absent is not None

    def _salary(self, entry: SalaryEntry) -> None:
        _store(Salary(**self._fields(entry, "as_of"), year=entry.year, month=entry.month))

    def _outlook(self, entry: OutlookEntry) -> None:
        _store(Outlook(**self._fields(entry)))

    def _naming(self, entry: NamingEntry) -> None:
        naming = Naming(**self._fields(entry, "sources"))
        naming.hold_state()
        _store(naming)
        naming.sources.set([self.ids["source"][key] for key in entry.sources])
        naming.note_state(is_new=True)

    def _fields(self, entry: FigureEntry | NamingEntry, *others: str) -> dict[str, Any]:
        said = entry.model_dump(exclude={"id", "retrieved", *RELATIONS, *others}, exclude_none=True)
        named = {
            f"{what}_id": self.ids[what][name]
            for what in RELATIONS
            if (name := getattr(entry, what, None)) is not None
        }
        return {**said, **named, "retrieved_on": entry.retrieved}


def _named(entry: FigureEntry | NamingEntry) -> list[tuple[str, str]]:
    """Return what an entry names, each as what it is and its name."""
    single = [(what, name) for what in RELATIONS if (name := getattr(entry, what, None)) is not None]
    return [*single, *(("source", key) for key in getattr(entry, "sources", ()))]


def _store(row: Row) -> Row:
    row._change_reason = REASON  # type: ignore[attr-defined]  # what the history says of it
    row.save()
    return row


def _bring_places(entries: Sequence[PlaceEntry]) -> None:
    """Make the places that never came here and are not here, the outer ones first.

    Staff may have made one under another slug: its code tells.
    """
    new = Seeded.objects.arriving("place", [entry.slug for entry in entries])
    ids = dict(Place.objects.values_list("slug", "pk"))
    codes = set(Place.objects.exclude(code="").values_list("code", flat=True))
    for entry in entries:
        if (
            entry.slug in new - ids.keys()
            and entry.code not in codes
            and (not entry.within or entry.within in ids)
        ):
            said = entry.model_dump(exclude={"within"}, exclude_none=True)
            place = _store(Place(**said, within_id=ids.get(entry.within or "")))
            ids[place.slug] = place.pk


def _bring_sources(entries: Sequence[SourceEntry]) -> None:
    """Make the sources that never came here and are not here."""
    new = Seeded.objects.arriving("source", [entry.key for entry in entries])
    there = set(Source.objects.filter(key__in=new).values_list("key", flat=True))
    made = {entry.key: entry for entry in entries if entry.key in new - there}
    for entry in made.values():
        said = entry.model_dump(exclude={"accessed", "retrieved", "cited_by", "url"})
        Source.objects.create(
            **said, url=entry.url or "", accessed_on=entry.accessed, retrieved_on=entry.retrieved
        )
    for entry in made.values():
        _cite(entry.key, entry.cited_by)


def _cite(key: str, cited_by: Iterable[str]) -> None:
    if cited_by:
        Source.objects.get(key=key).cited_by.set(Source.objects.filter(key__in=cited_by))
