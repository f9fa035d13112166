"""Editions as the site reads them: fetched and parsed once, kept by their digest."""

import gzip
from functools import lru_cache

from django.db import connection
from django.http import Http404
from django.utils import timezone

from guides.document import Document, parsed
from guides.models import Edition

PUBLIC = """
    SELECT edition.sha256
    FROM guides_edition edition JOIN guides_guide guide ON guide.id = edition.guide_id
    WHERE edition.slug = %s AND edition.live_at <= %s AND guide.unpublished_at IS NULL AND NOT EXISTS (
        SELECT 1 FROM guides_edition newer
        WHERE newer.guide_id = edition.guide_id AND newer.number > edition.number AND newer.live_at <= %s
    )
"""


def public_digest(slug: str) -> str:
    """Return the digest of the edition that everybody may read at `slug`; raises `Http404` if there is none.

    It is that of `Edition.objects.public().get(slug=slug)`, written out: every visit asks for it, and putting
    that query together costs several times what running it does.
    """
    now = connection.ops.adapt_datetimefield_value(timezone.now())
    with connection.cursor() as cursor:
        cursor.execute(PUBLIC, [slug, now, now])
        row = cursor.fetchone()
    if row is None:
        raise Http404(f"There is no guide “{slug}”.")
    digest: str = row[0]
    return digest


@lru_cache(maxsize=64)
def edition_of(sha256: str) -> Edition:
    """Return the edition with this digest; do not change it, it is shared between requests.

    An edition never changes, so its digest is all that has to be known to find it again: the database is
    asked only when this process has not read it lately.
    """
    return Edition.objects.get(sha256=sha256)


@lru_cache(maxsize=64)
def document_of(sha256: str) -> Document:
    """Return the parsed document of the edition with this digest; shared too."""
    return parsed(edition_of(sha256).document)


@lru_cache(maxsize=64)
def stored(sha256: str) -> tuple[bytes, bytes]:
    """Return the text of the edition with this digest as it is stored, and the same compressed."""
    text = edition_of(sha256).document.encode()
    return text, gzip.compress(text, mtime=0)
