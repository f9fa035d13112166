"""Previews: a guide as it will look, behind a signed link that anybody may be given, for a while."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.core.signing import BadSignature, Signer
from django.utils import timezone

from guides.document import Document
from guides.editions import document_of
from guides.models import Edition, Guide
from guides.publishing import current_document, next_document_of
from guides.working_copy import content_of

LIFETIME = timedelta(days=7)

_signer = Signer(salt="guides.previews")


class NoPreview(Exception):
    """A link shows nothing; the text says why, and what to do."""


@dataclass(frozen=True)
class Preview:
    """What a link shows `until` a moment: a document, and `what` that is in words.

    `live_at` is when the public reads it, None for the working copy.
    """

    guide: Guide
    document: Document
    what: str
    live_at: datetime | None
    until: datetime


def token_of(guide: Guide, edition: Edition | None = None) -> str:
    """Return the secret part of a link to `edition`, or to the working copy of `guide`."""
    until = int((timezone.now() + LIFETIME).timestamp())
    shown = {"edition": str(edition.pk)} if edition else {"guide": str(guide.pk)}
    return _signer.sign_object({**shown, "until": until})


def preview_of(token: str) -> Preview:
    """Return what the link with this `token` shows. Raises `NoPreview`."""
    try:
        shown = _signer.unsign_object(token)
    except BadSignature as error:
        raise NoPreview(
            "This link to a preview is not whole. Copy all of it, or ask for a new one."
        ) from error
    until = datetime.fromtimestamp(shown["until"], UTC)
    if until <= timezone.now():
        raise NoPreview(f"This preview could be seen until {moment(until)}. Ask for a new link.")
    preview = _edition(shown["edition"], until) if "edition" in shown else _copy(shown["guide"], until)
    if preview is None:
        raise NoPreview("What this link showed is no longer there. Ask for a new link.")
    return preview


def _edition(key: str, until: datetime) -> Preview | None:
    found = Edition.objects.defer("document").select_related("guide").filter(pk=key).first()
    if found is None:
        return None
    return Preview(found.guide, document_of(found.sha256), _words(found), found.live_at, until)


def _copy(key: str, until: datetime) -> Preview | None:
    guide = Guide.objects.filter(pk=key).first()
    if guide is None:
        return None
    document = next_document_of(guide, content_of(guide), current_document(guide))
    return Preview(guide, document, f"the working copy as of version {guide.version}", None, until)


def _words(edition: Edition) -> str:
    if edition.cancelled_at:
        return f"edition {edition.number}, which was cancelled"
    if edition.live_at > timezone.now():
        return f"edition {edition.number}, which is scheduled for {moment(edition.live_at)}"
    return f"edition {edition.number}"


def moment(at: datetime) -> str:
    """Return a moment as people read it, such as "28 November 2026, 14:05 UTC"."""
    return f"{at:%-d %B %Y, %H:%M} UTC"
