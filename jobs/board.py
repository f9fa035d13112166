"""The jobs of a career as readers meet them: read once after each change, and searched in memory."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from guides.editions import PublicEdition
from guides.models import Edition
from jobs.models import Feed, FeedEntry

MOST = 3000  # jobs of one career that are listed: the newest
KEPT = 16  # boards that each process keeps; one of 3,000 jobs comes to some three megabytes

FIELDS = (
    "posting_id",
    "posting__title",
    "posting__company",
    "posting__place",
    "posting__link",
    "posting__summary",
    "posting__published_at",
    "posting__listed_at",
    "posting__search_text",
    "feed_id",
)


@dataclass(frozen=True)
class Source:
    """A feed that is on: who lists the jobs, when it was last read, and since when it cannot be."""

    pk: int
    publisher: str
    place: str
    succeeded_at: datetime | None
    changed_at: datetime
    failing_since: datetime | None

    def __str__(self) -> str:
        return f"{self.publisher}, {self.place}" if self.place else self.publisher


@dataclass(frozen=True)
class Job:
    """A job as a list shows it; `publishers` are those whose feeds list it, `published_at` may be unknown."""

    title: str
    company: str
    place: str
    link: str
    summary: str
    published_at: datetime | None
    listed_at: datetime
    search_text: str
    publishers: tuple[str, ...]

    def age(self, today: date) -> str:
        """Return how long ago it was published, or first seen here, in words."""
        return age_in_words((today - self.listed_at.date()).days)


@dataclass(frozen=True)
class Board:
    """All jobs of a career, the newest first; its places with how many there are, the most frequent first."""

    jobs: tuple[Job, ...]
    places: tuple[tuple[str, int], ...]

    def matching(self, words: Sequence[str], place: str) -> list[Job]:
        """Return the jobs that have all of `words` (in small letters) and are at `place`, if it is given."""
        return [
            job
            for job in self.jobs
            if (not place or job.place == place) and all(word in job.search_text for word in words)
        ]


def sources_of(edition: PublicEdition) -> tuple[Source, ...]:
    """Return the feeds of the career of `edition` that are on, by name; one query."""
    guide = Edition.objects.filter(sha256=edition.sha256).values("guide")[:1]
    feeds = Feed.objects.filter(guide=guide, active=True).order_by("publisher", "id")
    rows = feeds.values_list("pk", "publisher", "place", "succeeded_at", "changed_at", "failing_since")
    return tuple(Source(*row) for row in rows)


def board_of(sources: Sequence[Source]) -> Board:
    """Return what `sources` list; at most one query, and none while nothing changed."""
    return _board(tuple((source.pk, source.publisher, source.changed_at) for source in sources))


@lru_cache(maxsize=KEPT)
def _board(sources: tuple[tuple[int, str, datetime], ...]) -> Board:
    names = {pk: publisher for pk, publisher, _ in sources}
    listed = FeedEntry.objects.filter(feed__in=names, gone_at=None, posting__hidden_at=None)
    rows = listed.order_by("-posting__listed_at", "posting_id", "feed__publisher", "id").values_list(*FIELDS)
    told: dict[Any, list[Any]] = {}
    publishers: dict[Any, dict[str, None]] = {}
    for pk, *fields, feed in rows[: 2 * MOST]:
        told.setdefault(pk, fields)
        publishers.setdefault(pk, {})[names[feed]] = None
    jobs = tuple(Job(*[*told[pk], tuple(publishers[pk])]) for pk in list(told)[:MOST])
    places = Counter(job.place for job in jobs if job.place)
    return Board(jobs, tuple(sorted(places.items(), key=lambda pair: (-pair[1], pair[0].casefold()))))


forget = _board.cache_clear


def age_in_words(days: int) -> str:
    """Return how long ago `days` are, in words."""
    if days < 1:
        return "today"
    if days == 1:
        return "yesterday"
    if days < 14:
        return f"{days} days ago"
    if days < 60:
        return f"{days // 7} weeks ago"
    if days < 730:
        return f"{days // 30} months ago"
    return f"{days // 365} years ago"
