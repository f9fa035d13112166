"""Entries of a feed, as far as they are jobs that can be shown."""

from calendar import timegm
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any
from urllib.parse import urljoin

import feedparser
from django.utils import timezone

from jobs.reading.cleaning import plain
from jobs.reading.decoding import text_of
from jobs.reading.sameness import digest, is_web_link
from jobs.reading.scanning import scanned

MOST = 500  # entries of a feed that are read: the first ones, which are the newest by custom
EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)
AHEAD = timedelta(days=1)  # how far a clock or a time zone may be wrong
# Elements that feeds of jobs have beside those of the standards, as feedparser names them.
COMPANIES = ("job_listing_company", "company", "hiringorganization", "g_employer", "employer")
PLACES = ("job_listing_location", "location", "joblocation", "g_location", "city", "region")


@dataclass(frozen=True)
class Entry:
    """A job as a feed lists it; texts are plain, `company`, `place` and `summary` may be empty.

    `published_at` is None where the feed does not say it, or says what cannot be.
    """

    key: str
    title: str
    link: str
    company: str = ""
    place: str = ""
    summary: str = ""
    published_at: datetime | None = None


@dataclass(frozen=True)
class Reading:
    """What a feed lists, each job once. `note` says what was left out; a reading without one is whole."""

    entries: tuple[Entry, ...]
    skipped: int = 0
    note: str = ""


def read(content: bytes, content_type: str, url: str) -> Reading:
    """Return what the feed lists that was fetched from `url`. Raises `Unreadable`."""
    document, note = scanned(text_of(content, content_type), MOST)
    found = _parsed(document)
    entries = {entry.key: entry for one in found if (entry := entry_of(one, url))}
    return Reading(tuple(entries.values()), skipped=len(found) - len(entries), note=note)


def _parsed(document: str) -> list[Any]:
    """Return the entries of a document."""
    stream = BytesIO(document.encode())  # a text that looks like an address would be fetched
    parsed = feedparser.parse(stream, sanitize_html=False, resolve_relative_uris=False)
    return list(parsed.entries[:MOST])


def entry_of(found: Any, base: str) -> Entry | None:
    """Return an entry as it may be shown; None if it has no title, or no link to the web."""
    published = "published_parsed"
    title = plain(found.get("title"), 200)
    link = link_of(found.get("link"), base)
    if not title or not link:
        return None
    return Entry(
        key=digest(str(found.get("id") or link)),
        title=title,
        link=link,
        company=plain(_first(found, COMPANIES), 120),
        place=plain(_first(found, PLACES), 120),
        summary=plain(_summary(found), 400),
        published_at=moment_of(found.get(published if published in found else "updated_parsed")),
    )


def link_of(link: object, base: str) -> str:
    """Return `link`, which may be relative to `base`, as an address of the web; empty if it is none."""
    if not isinstance(link, str) or not link.strip():
        return ""
    try:
        whole = urljoin(base, "".join(link.split()))
    except ValueError:
        return ""
    return whole if is_web_link(whole) else ""


def moment_of(parts: Any) -> datetime | None:
    """Return a moment that feedparser read, in UTC; one shortly ahead is now, one far off is unknown."""
    if parts is None:
        return None
    try:
        moment = datetime.fromtimestamp(timegm(parts), tz=UTC)
    except (ValueError, OverflowError, OSError, TypeError):
        return None
    now = timezone.now()
    return min(moment, now) if EARLIEST <= moment <= now + AHEAD else None


def _first(found: Any, names: tuple[str, ...]) -> object:
    values: Iterator[object] = (found.get(name) for name in names)
    return next((value for value in values if isinstance(value, str) and value.strip()), "")


def _summary(found: Any) -> object:
    contents = found.get("content") or [{}]
    return found.get("summary") or contents[0].get("value")
