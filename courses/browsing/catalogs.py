"""The two catalogs, and the index of each as the database has it now."""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import connection, connections, models

from courses.browsing import filters, reading
from courses.browsing.filters import Filter
from courses.browsing.index import Index
from courses.models import Certification, Change, Course

WAIT = 0.6  # seconds that a reader waits for an index; one that takes longer is read beside the pages


@dataclass
class Kept:
    """An index in memory, and the version of the catalog that it was read at."""

    version: tuple[Any, ...]
    index: Index


@dataclass(eq=False)
class Catalog:
    """Offers of one kind that are found by the same filters, under `kind` in searches."""

    kind: str
    model: type[models.Model]
    filters: Sequence[Filter]
    orders: Sequence[str]
    usual: str
    read: Callable[[], Index]
    kept: Kept | None = None
    lock: threading.Lock = field(default_factory=threading.Lock)

    def index(self) -> Index:
        """Return the index of the catalog as it is now: one query where nothing has changed.

        Where it has, a thread reads it anew. Who asks first waits for that, but not long; until it is done,
        the others are answered from what was read before.
        """
        kept = self.kept
        if kept and kept.version == Change.objects.version():
            return kept.index
        if kept is None or connection.in_atomic_block:  # nobody else sees what is seen in a transaction
            with self.lock:
                return self._read()
        self._read_beside()
        return (self.kept or kept).index

    def forget(self) -> None:
        """Read the index anew when it is next asked for."""
        self.kept = None

    def _read_beside(self) -> None:
        """Let a thread read the index, unless one does, and wait for it."""
        if not self.lock.acquire(blocking=False):
            return
        beside = threading.Thread(target=self._read_and_release, daemon=True)
        try:
            beside.start()
        except RuntimeError:  # no thread can be had now; the next request tries again
            self.lock.release()
        else:
            beside.join(WAIT)

    def _read_and_release(self) -> None:
        try:
            self._read()
        finally:
            self.lock.release()
            connections.close_all()  # those of this thread

    def _read(self) -> Index:
        """Read the index, unless another thread just has. Its version is asked for first: never too new."""
        version = Change.objects.version()
        if self.kept and self.kept.version == version:
            return self.kept.index
        self.kept = Kept(version, self.read())
        return self.kept.index


COURSES = Catalog(
    kind="course",
    model=Course,
    filters=(
        filters.SKILL,
        filters.LEVEL,
        filters.KIND,
        filters.FORMAT,
        filters.PRICE,
        filters.EFFORT,
        filters.RATING,
        filters.LANGUAGE,
        filters.PROVIDER,
        filters.LEADS_TO,
    ),
    orders=("relevance", "rating", "effort", "price", "newest", "title"),
    usual="rating",
    read=reading.read_courses,
)
CERTIFICATIONS = Catalog(
    kind="certification",
    model=Certification,
    filters=(filters.SKILL, filters.KIND, filters.ASSESSMENT, filters.PRICE, filters.PROVIDER),
    orders=("relevance", "price", "newest", "title"),
    usual="title",
    read=reading.read_certifications,
)
