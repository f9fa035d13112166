"""The two catalogs, and the index of each as the database has it now."""

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import close_old_connections, models

from courses.browsing import filters, reading
from courses.browsing.filters import Filter
from courses.browsing.index import Index
from courses.models import Certification, Change, Course

PATIENCE = 0.5  # seconds that a reader waits for an index; one that takes longer is read beside the pages


@dataclass
class Kept:
    """An index in memory, the version of the catalog that it was read at, and how long that took."""

    version: tuple[Any, ...]
    index: Index
    seconds: float


@dataclass(eq=False)
class Catalog:
    """Offers of one kind that are found by the same filters, under `kind` in searches."""

    kind: str
    model: type[models.Model]
    filters: Sequence[Filter]
    orders: Sequence[str]
    read: Callable[[], Index]
    kept: Kept | None = None
    lock: threading.Lock = field(default_factory=threading.Lock)

    def index(self) -> Index:
        """Return the index of the catalog as it is now: one query where nothing has changed.

        A catalog so large that reading it takes longer than `PATIENCE` is read by a thread, and answered
        from what was read before meanwhile.
        """
        version = Change.objects.version()
        kept = self.kept
        if kept and kept.version == version:
            return kept.index
        if kept and kept.seconds > PATIENCE:
            if self.lock.acquire(blocking=False):
                threading.Thread(target=self._read_beside, args=(version,), daemon=True).start()
            return kept.index
        with self.lock:
            return self._read(version)

    def forget(self) -> None:
        """Read the index anew when it is next asked for."""
        self.kept = None

    def _read_beside(self, version: tuple[Any, ...]) -> None:
        try:
            self._read(version)
        finally:
            self.lock.release()
            close_old_connections()

    def _read(self, version: tuple[Any, ...]) -> Index:
        if self.kept and self.kept.version == version:  # another thread was faster
            return self.kept.index
        began = time.monotonic()
        index = self.read()
        self.kept = Kept(version, index, time.monotonic() - began)
        return index


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
    read=reading.read_courses,
)
CERTIFICATIONS = Catalog(
    kind="certification",
    model=Certification,
    filters=(filters.SKILL, filters.KIND, filters.ASSESSMENT, filters.PRICE, filters.PROVIDER),
    orders=("relevance", "price", "newest", "title"),
    read=reading.read_certifications,
)
