"""Which job an entry of a feed is of: one that is stored already, or a new one."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef

from jobs.models import Feed, FeedEntry, Posting
from jobs.reading import Entry
from jobs.reading.sameness import link_key, same_key

TOLD = (
    "title",
    "company",
    "place",
    "link",
    "summary",
    "published_at",
    "listed_at",
    "link_key",
    "same_key",
    "search_text",
)


class Known:
    """What is stored already of the entries that a feed lists, read at once.

    `left` are jobs that they were of, `retold` those that say something else now.
    """

    def __init__(self, feed: Feed, entries: Sequence[Entry]) -> None:
        self.feed = feed
        links = [link_key(entry.link) for entry in entries]
        same = [key for entry in entries if (key := self._same_key(entry))]
        rows = FeedEntry.objects.filter(feed=feed, key__in=[entry.key for entry in entries])
        self.rows = {row.key: row for row in rows.select_related("posting")}
        self.by_link = {posting.link_key: posting for posting in Posting.objects.filter(link_key__in=links)}
        self.alike = list(Posting.objects.filter(same_key__in=same).order_by("first_seen_at", "id"))
        self.taken = {row.posting_id for row in self.rows.values()}
        self.own = set(self._first_brought())
        self.told: set[Any] = set()
        self.retold: set[Any] = set()
        self.new: list[Posting] = []
        self.new_rows: list[FeedEntry] = []
        self.left: set[Any] = set()

    def take(self, entry: Entry, now: datetime) -> bool:
        """Store an entry, or keep it for `store_new`; return whether its job is new here."""
        found = self.by_link.get(link_key(entry.link)) or self._by_other_signs(entry)
        posting = found or Posting(first_seen_at=now, listed_at=now, last_seen_at=now)
        if posting.pk not in self.told and (found is None or posting.pk in self.own):
            self._tell(posting, entry, is_new=found is None)
        self._note(entry, posting, now)
        return found is None

    def store_new(self) -> None:
        """Store at once what is new: a feed may bring hundreds, and others wait to write."""
        Posting.objects.bulk_create(self.new)
        FeedEntry.objects.bulk_create(self.new_rows)

    def _by_other_signs(self, entry: Entry) -> Posting | None:
        """Return the job that this entry told before under another link, or that looks the same."""
        row, same = self.rows.get(entry.key), self._same_key(entry)
        if row is not None and (row.posting_id in self.own or (same and row.posting.same_key == same)):
            return row.posting
        # Two of one feed that look the same are two: it would hardly list one job twice.
        free = (
            posting for posting in self.alike if posting.same_key == same and posting.pk not in self.taken
        )
        return next(free, None) if same else None

    def _tell(self, posting: Posting, entry: Entry, *, is_new: bool) -> None:
        """Let `posting` say what the feed says that brought it; the first entry of a job speaks for it."""
        before = [getattr(posting, name) for name in TOLD]
        self._fill(posting, entry)
        if is_new:
            self.new.append(posting)
        elif before != [getattr(posting, name) for name in TOLD]:
            posting.save(update_fields=TOLD)
            self.retold.add(posting.pk)
        self.told.add(posting.pk)

    def _fill(self, posting: Posting, entry: Entry) -> None:
        posting.title, posting.link, posting.summary = entry.title, entry.link, entry.summary
        posting.company, posting.place = entry.company, entry.place or self.feed.place
        # A feed that dates all its entries anew each time does not make old jobs new.
        posting.published_at = posting.published_at or entry.published_at
        posting.listed_at = posting.published_at or posting.first_seen_at
        posting.link_key, posting.same_key = link_key(entry.link), self._same_key(entry)
        said = (posting.title, posting.company, posting.place, posting.summary)
        posting.search_text = "\n".join(said).casefold()

    def _note(self, entry: Entry, posting: Posting, now: datetime) -> None:
        """Store that the feed lists the job, and let later entries of it find that."""
        row = self.rows.get(entry.key)
        if row is None:
            self.new_rows.append(FeedEntry(feed=self.feed, key=entry.key, posting=posting, seen_at=now))
        elif row.posting_id != posting.pk or row.gone_at:
            self.left.add(row.posting_id)
            row.posting, row.gone_at = posting, None
            row.save(update_fields=["posting", "gone_at"])
        self.by_link.setdefault(posting.link_key, posting)
        self.taken.add(posting.pk)

    def _first_brought(self) -> Any:
        """Return the jobs that this feed was the first to bring, of those feeds that still list them."""
        earlier = FeedEntry.objects.filter(posting=OuterRef("posting"), pk__lt=OuterRef("pk"), gone_at=None)
        own = FeedEntry.objects.filter(~Exists(earlier), feed=self.feed)
        return own.values_list("posting", flat=True)

    def _same_key(self, entry: Entry) -> str:
        return same_key(entry.title, entry.company, entry.place or self.feed.place)
