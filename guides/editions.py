"""Editions as the site reads them: parsed once, kept by their digest."""

import gzip
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from types import MappingProxyType

from django.db import connection
from django.utils import timezone

from guides.document import Document, parsed
from guides.models import Edition
from guides.moves import missing

KEPT = 64  # editions that each process keeps; all that is kept of one comes to about a megabyte

PUBLIC = """
    SELECT edition.sha256, edition.number, edition.slug, edition.title, edition.live_at,
        (SELECT MAX(live_at) FROM guides_edition WHERE live_at <= %s AND cancelled_at IS NULL),
        (SELECT MAX(unpublished_at) FROM guides_guide)
    FROM guides_edition edition JOIN guides_guide guide ON guide.id = edition.guide_id
    WHERE edition.slug = %s AND edition.live_at <= %s AND edition.cancelled_at IS NULL
    AND (guide.unpublished_at IS NULL OR edition.live_at > guide.unpublished_at) AND NOT EXISTS (
        SELECT 1 FROM guides_edition newer
        WHERE newer.guide_id = edition.guide_id AND newer.number > edition.number
        AND newer.live_at <= %s AND newer.cancelled_at IS NULL
    )
"""


@dataclass(frozen=True)
class PublicEdition:
    """What is asked of an edition at every visit; `landscape` differs once anything else public does."""

    sha256: str
    number: int
    slug: str
    title: str
    live_at: datetime
    landscape: str = ""

    @property
    def key(self) -> str:
        """What changes whenever a page of this edition does: its content is frozen, its moment is not."""
        return f"{self.sha256} {self.live_at.isoformat()}"


def public_edition(slug: str) -> PublicEdition:
    """Return the edition that everybody may read at `slug`; raises what `missing` returns if there is none.

    It is `Edition.objects.public().get(slug=slug)`, written out: every visit asks for it, and putting that
    query together costs several times what running it does.
    """
    now = connection.ops.adapt_datetimefield_value(timezone.now())
    with connection.cursor() as cursor:
        cursor.execute(PUBLIC, [now, slug, now, now])
        row = cursor.fetchone()
    if row is None:
        raise missing(slug)
    sha256, number, found, title, live_at, newest, last_hidden = row
    if timezone.is_naive(live_at):  # as SQLite keeps it, in UTC
        live_at = live_at.replace(tzinfo=UTC)
    return PublicEdition(sha256, number, found, title, live_at, f"{newest} {last_hidden}")


@lru_cache(maxsize=KEPT)
def document_of(sha256: str) -> Document:
    """Return the parsed document with this digest; do not change it, it is shared between requests.

    A document never changes, so its digest is all that has to be known to find it again: the database is
    asked for the text only when this process has not parsed it lately.
    """
    return parsed(_text(sha256))


@lru_cache(maxsize=KEPT)
def stored(sha256: str) -> tuple[bytes, bytes]:
    """Return the document with this digest as it is stored, and the same compressed."""
    text = _text(sha256).encode()
    return text, gzip.compress(text, mtime=0)


_along: ContextVar[Mapping[str, str]] = ContextVar(
    "texts that came with another query", default=MappingProxyType({})
)


@contextmanager
def read_along(texts: Mapping[str, str]) -> Iterator[None]:
    """Let `document_of` take the stored texts in `texts`, by digest, which came with another query."""
    token = _along.set(texts)
    try:
        yield
    finally:
        _along.reset(token)


def _text(sha256: str) -> str:
    if text := _along.get().get(sha256):
        return text
    return Edition.objects.filter(sha256=sha256).values_list("document", flat=True)[0]
