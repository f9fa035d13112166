"""A feed brought up to date: fetched, read, stored, and what came of it noted."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from http import HTTPStatus

from django.db import transaction
from django.utils import timezone

from jobs.models import Feed, FeedTry, Outcome
from jobs.models.feed import EVERY, KEPT_TRIES
from jobs.reading import Reading, Unreadable, read
from jobs.storing import Stored, one_at_a_time, still_listed, store
from portal.fetching import MEGABYTE, Answer, FetchFailed, Limits, fetch

ACCEPTED = "application/rss+xml, application/atom+xml, application/xml;q=0.9, text/xml;q=0.9, */*;q=0.1"
LARGEST = Limits(travelling=2 * MEGABYTE, content=4 * MEGABYTE)  # feeds of 500 jobs are half as large
NOTHING = Reading(())


@dataclass(frozen=True)
class Result:
    """What came of a try; `wait` is how long the other side wants to be left alone."""

    outcome: Outcome
    words: str
    answer: Answer | None = None
    reading: Reading = NOTHING
    wait: timedelta | None = None


def refresh(feed: Feed) -> FeedTry | None:
    """Fetch `feed`, store what it lists, and return what came of it; None if somebody else is doing so.

    What goes wrong on the other side is noted, not raised. To be called outside a transaction: nothing is
    locked while the other side takes its time.
    """
    if not feed.hold():
        return None
    try:
        result = _tried(feed)
        return _note(feed, result)
    finally:
        Feed.objects.filter(pk=feed.pk).update(held_at=None)


def _tried(feed: Feed) -> Result:
    try:
        return _understood(_asked(feed))
    except (FetchFailed, Unreadable) as failed:
        return Result(Outcome.FAILED, str(failed))


def _asked(feed: Feed) -> Answer:
    return fetch(
        feed.url, headers={"Accept": ACCEPTED}, etag=feed.etag, modified=feed.modified, limits=LARGEST
    )


def _understood(answer: Answer) -> Result:
    """Return what an answer means. Raises `Unreadable` if it should be a feed and is none."""
    if answer.status == HTTPStatus.NOT_MODIFIED:
        return Result(Outcome.UNCHANGED, "It says that nothing changed.", answer)
    if answer.status == HTTPStatus.GONE:
        words = "It was given up: its host answers 410 Gone. It is switched off; give another address."
        return Result(Outcome.ENDED, words, answer)
    if answer.status != HTTPStatus.OK:
        words = f"Its host answers {_status_in_words(answer.status)}."
        return Result(Outcome.FAILED, words, answer, wait=_asked_wait(answer))
    reading = read(answer.content, answer.header("Content-Type"), answer.url)
    if reading.entries:
        return Result(Outcome.FETCHED, reading.note, answer, reading)
    why = "none of its entries has a title and a link" if reading.skipped else "it has no entries"
    return Result(Outcome.EMPTY, f"It lists nothing: {why}. What it listed before stays for now.", answer)


def _status_in_words(status: int) -> str:
    try:
        return f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        return str(status)


def _asked_wait(answer: Answer) -> timedelta | None:
    """Return how long the header Retry-After asks to wait, where it says so in seconds."""
    asked = answer.header("Retry-After").strip()
    return timedelta(seconds=int(asked)) if asked.isascii() and asked.isdigit() and len(asked) < 7 else None


# --- What is noted -----------------------------------------------------------------------------


@transaction.atomic
def _note(feed: Feed, result: Result) -> FeedTry | None:
    """Store what a try brought. Staff may have changed or deleted the feed in the meantime."""
    now = timezone.now()
    one_at_a_time()
    current = Feed.objects.filter(pk=feed.pk).first()
    if current is None or current.url != feed.url:
        return None
    stored = _store(current, result, now)
    _mark(current, result, now)
    current.save()
    tried = FeedTry.objects.create(
        feed=current,
        at=now,
        outcome=result.outcome,
        words=_words(result, stored)[:500],
        listed=len(result.reading.entries),
        new=stored.new,
        gone=stored.gone,
    )
    _forget_old_tries(current)
    return tried


def _store(feed: Feed, result: Result, now: datetime) -> Stored:
    if result.outcome == Outcome.UNCHANGED:
        still_listed(feed, now)
    if result.outcome == Outcome.FETCHED:
        return store(feed, result.reading, now)
    return Stored(0, 0)


def _mark(feed: Feed, result: Result, now: datetime) -> None:
    """Set on `feed` how it does."""
    if result.answer is not None and result.answer.moved_to != feed.url:
        feed.moved_to = result.answer.moved_to
    if result.outcome in (Outcome.FAILED, Outcome.ENDED):
        _mark_failure(feed, result, now)
    else:
        _mark_success(feed, result, now)


def _mark_failure(feed: Feed, result: Result, now: datetime) -> None:
    feed.failures += 1
    feed.failing_since = feed.failing_since or now
    feed.last_error = result.words[:500]
    feed.next_try_at = feed.next_after_failure(now, result.wait)
    feed.active = feed.active and result.outcome != Outcome.ENDED


def _mark_success(feed: Feed, result: Result, now: datetime) -> None:
    feed.failures, feed.failing_since, feed.last_error = 0, None, ""
    feed.succeeded_at, feed.next_try_at = now, now + EVERY
    if result.outcome != Outcome.UNCHANGED:
        feed.entry_count, feed.changed_at = len(result.reading.entries), now
        _remember_answer(feed, result)


def _remember_answer(feed: Feed, result: Result) -> None:
    """Keep what tells the other side which answer is known here, unless that listed nothing."""
    answer = result.answer if result.outcome == Outcome.FETCHED else None
    feed.etag = _returned(answer.header("ETag"), 500) if answer else ""
    feed.modified = _returned(answer.header("Last-Modified"), 100) if answer else ""


def _returned(value: str, most: int) -> str:
    """Return what may be sent back as it came; nothing for what is too long, or is no ASCII that is seen."""
    return value if len(value) <= most and value.isascii() and value.isprintable() else ""


def _words(result: Result, stored: Stored) -> str:
    if result.outcome != Outcome.FETCHED:
        return result.words
    counts = f"{len(result.reading.entries)} jobs, {stored.new} new, {stored.gone} gone."
    skipped = (
        f" {result.reading.skipped} entries without a title or a link." if result.reading.skipped else ""
    )
    kept = " Nothing was taken off, since the rest of it is not known." if result.words else ""
    return f"{counts}{skipped} {result.words}{kept}".strip()


def _forget_old_tries(feed: Feed) -> None:
    kept = feed.tries.values_list("pk", flat=True)[:KEPT_TRIES]
    feed.tries.exclude(pk__in=list(kept)).delete()
