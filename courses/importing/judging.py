"""What becomes of each row of a file, in the catalog as it is and after the rows before."""

from collections.abc import Iterator
from datetime import date
from itertools import islice
from typing import Any

from courses.importing.catalog import Catalog
from courses.importing.cleaning import key
from courses.importing.columns import Columns
from courses.importing.comparing import compared, new_figures, ordered
from courses.importing.drafting import draft_of
from courses.importing.drafts import Draft, Options
from courses.importing.fates import Fate, Verdict
from courses.importing.reading import Table
from courses.importing.refusal import Refused
from courses.models import Course

BATCH = 500  # rows whose courses are fetched at once
BROKEN = "has letters that were broken before it came here; save the file as UTF-8"


class Judge:
    """Says what becomes of each row of a file, one after the other; it remembers those before."""

    def __init__(self, there: Catalog, columns: Columns, options: Options, file: str) -> None:
        self.catalog, self.columns, self.options, self.file = there, columns, options, file
        self.seen: dict[int, tuple[int, int]] = {}  # ids, with the row that said something of it, and what
        self.told: set[tuple[int, str, date]] = set()  # ids, with the sources and days of figures
        self.made: dict[int, str] = {}  # slugs

    def fates(self, table: Table) -> Iterator[Fate]:
        """Yield the fate of each row of `table` that is not empty."""
        rows = (row for row in table.rows() if not row.is_empty)
        while batch := list(islice(rows, BATCH)):
            drafts = [draft_of(row, self.columns, self.options, self.file) for row in batch]
            yield from self._batch(drafts)

    def _batch(self, drafts: list[Draft]) -> Iterator[Fate]:
        met = [self._met(draft) for draft in drafts]
        wanted = [each for each in met if isinstance(each, int)]
        courses = Course.objects.select_related("provider", "platform")
        there = courses.prefetch_related("skills", "leads_to", "figures").in_bulk(wanted)
        for draft, each in zip(drafts, met, strict=True):
            yield each if isinstance(each, Fate) else self._changed(draft, there.get(each))

    def _met(self, draft: Draft) -> Fate | int:
        """Return the id of the course that `draft` means, or its fate where that is clear without it."""
        self._check(draft)
        if draft.faults:
            return _fate(draft, Verdict.REFUSED)
        try:
            found = self.catalog.find(draft)
            if found in self.seen:
                return self._met_again(draft, found)
            if found is None and draft.broken:
                return _refused(draft, draft.broken, BROKEN)
            self._admit(draft, found)
        except Refused as refused:
            return _refused(draft, "", str(refused))
        return found or self._new(draft)

    def _admit(self, draft: Draft, found: int | None) -> None:
        """Note that `draft` is the first to say something of its course. Raises `Refused`."""
        number = found or -draft.row.number
        if not found and not draft.title:
            # No row below makes this course, for it would be changed by this one the next time.
            self.catalog.slugs[draft.slug] = number
            self.seen[number] = draft.row.number, _digest(draft)
            raise Refused("has no title, and no course has this slug")
        self.catalog.settle(draft, number)
        self.seen[number] = draft.row.number, _digest(draft)
        self.told.add(_whence(draft, number))

    def _met_again(self, draft: Draft, found: int) -> Fate | int:
        """Return what `_met` does, of a further row of a course: it may add figures."""
        number, digest = self.seen[found]
        if digest == _digest(draft):
            return _fate(draft, Verdict.SAME)
        whence = _whence(draft, found)
        if not draft.has_figures_alone or whence in self.told or not self.catalog.is_called(found, draft):
            return _refused(draft, "", f"row {number} says something else of the same course")
        self.told.add(whence)
        return found if found > 0 else self._further(draft, found)

    def _check(self, draft: Draft) -> None:
        """Add what names several things, or none that may be made here, to the faults of `draft`."""
        columns = {name: column for column, name in self.columns.fields.items()}
        for name, texts in draft.names.items():
            for text in texts:
                try:
                    self.catalog.check(name, text)
                except Refused as refused:
                    draft.faults.append((columns[name], str(refused)))

    def _further(self, draft: Draft, found: int) -> Fate:
        """Return the fate of a row with further figures of a course that a row before makes."""
        changes = {name: ["", str(value)] for name, value in draft.figures.items()}
        orders = {"of": self.made[found], "figures": new_figures(draft)}
        return _fate(draft, Verdict.CHANGED, changes=changes, orders=orders)

    def _new(self, draft: Draft) -> Fate:
        slug = self.catalog.slug_for(draft)
        orders = ordered(draft, slug, self.catalog)
        self.catalog.slugs[slug] = -draft.row.number
        self.made[-draft.row.number] = slug
        return _fate(draft, Verdict.NEW, orders=orders)

    def _changed(self, draft: Draft, course: Course | None) -> Fate:
        if course is None:  # deleted while this was planned: the plan is no longer current
            return _refused(draft, "", "the course has just been deleted")
        changes, orders = compared(draft, course, self.catalog)
        if draft.broken and "title" in changes:
            return _refused(draft, draft.broken, BROKEN)
        if not changes:
            return _fate(draft, Verdict.SAME, title=course.title)
        return _fate(
            draft, Verdict.CHANGED, title=course.title, changes=changes, orders=orders | {"pk": course.pk}
        )


def _digest(draft: Draft) -> int:
    return hash(repr(draft.said))


def _whence(draft: Draft, number: int) -> tuple[int, str, date]:
    return number, key(draft.source), draft.retrieved_on


def _refused(draft: Draft, column: str, reason: str) -> Fate:
    draft.faults.append((column, reason))
    return _fate(draft, Verdict.REFUSED)


def _fate(draft: Draft, verdict: Verdict, **more: Any) -> Fate:
    told = {
        "title": draft.title or draft.slug,
        "faults": [list(fault) for fault in draft.faults],
        "mended": draft.mended,
    }
    return Fate(draft.row.number, draft.row.line, verdict, **told | more)
