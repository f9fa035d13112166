"""What a feed lists, stored: each job once, and gone when it has left all feeds."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from jobs.known import Known
from jobs.models import Feed, FeedEntry, Posting
from jobs.reading import Reading

STALE = timedelta(days=30)  # a job that nobody has listed for so long is taken for gone
KEPT = timedelta(days=90)  # that a job is kept after it went


@dataclass(frozen=True)
class Stored:
    """How many jobs are new here, and how many have left this feed."""

    new: int
    gone: int


def one_at_a_time() -> None:
    """Wait until nobody else stores: two feeds that bring the same job would both make it."""
    list(Feed.objects.select_for_update().order_by("pk").values_list("pk"))


def store(feed: Feed, reading: Reading, now: datetime) -> Stored:
    """Bring the jobs of `feed` to what `reading` lists, inside a transaction that is `one_at_a_time`.

    What it no longer lists has left it, unless only a part of it was read: then nothing can be said of the
    rest. An empty reading changes nothing, since a feed that lost its entries looks like a feed that is
    broken.
    """
    known = Known(feed, reading.entries)
    new = sum(known.take(entry, now) for entry in reading.entries)
    known.store_new()
    # Other feeds list some of these jobs, too, for pages that are kept until their feed changes.
    Feed.objects.filter(entries__posting__in=known.retold).update(changed_at=now)
    keys = [entry.key for entry in reading.entries]
    _note_seen(feed.entries.filter(key__in=keys), now)
    gone = 0
    if reading.entries and not reading.note:
        gone = feed.entries.filter(gone_at=None).exclude(key__in=keys).update(gone_at=now)
    _settle(Posting.objects.filter(Q(entries__feed=feed) | Q(pk__in=known.left)), now)
    return Stored(new, gone)


def still_listed(feed: Feed, now: datetime) -> None:
    """Note that `feed` lists what it listed before: it said that nothing changed."""
    _note_seen(feed.entries.filter(gone_at=None), now)


def _note_seen(entries: QuerySet[FeedEntry], now: datetime) -> None:
    Posting.objects.filter(entries__in=entries).update(last_seen_at=now)
    entries.update(seen_at=now)


@transaction.atomic
def clear_out(now: datetime) -> int:
    """Let go of what no feed has listed for long; return how many jobs were deleted.

    What staff have hidden stays, so that it is still hidden when it comes again.
    """
    stale = FeedEntry.objects.filter(gone_at=None, seen_at__lt=now - STALE)
    # The next answer must be a whole one, or what went here would never come back.
    Feed.objects.filter(entries__in=stale).update(etag="", modified="", changed_at=now)
    stale.update(gone_at=now)
    _settle(Posting.objects.filter(gone_at=None), now)  # of feeds that were deleted, too
    old = Posting.objects.filter(gone_at__lt=now - KEPT, hidden_at=None)
    return old.delete()[1].get("jobs.Posting", 0)


def _settle(postings: QuerySet[Posting], now: datetime) -> None:
    """Mark which of `postings` are in no feed any more, and which are in one again."""
    settled = Posting.objects.filter(pk__in=postings.values("pk"))
    is_listed = Exists(FeedEntry.objects.filter(posting=OuterRef("pk"), gone_at=None))
    settled.filter(~is_listed, gone_at=None).update(gone_at=now)
    settled.filter(is_listed, gone_at__isnull=False).update(gone_at=None)
