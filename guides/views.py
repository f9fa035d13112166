"""Pages that anybody may read: the list of guides, and a guide."""

from itertools import groupby
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from guides.document import steps_of
from guides.editions import PublicEdition, document_of, public_edition
from guides.linked_data import describe
from guides.models import Edition
from guides.pictures.storing import read
from guides.rendering import rendered
from guides.requirements import hours_of
from portal.visitors import page


@require_safe
def guide_list(request: HttpRequest) -> HttpResponse:
    """All guides from A to Z."""
    editions = list(Edition.objects.public().for_index())
    key = " ".join(edition.sha256 for edition in editions)
    return page(request, key, "guides/list.html", lambda: {"letters": _by_letter(editions)})


def _by_letter(editions: list[Edition]) -> list[tuple[str, list[Edition]]]:
    return [(letter, list(group)) for letter, group in groupby(editions, key=_initial)]


def _initial(edition: Edition) -> str:
    return edition.title[:1].upper()


@require_safe
def guide(request: HttpRequest, slug: str) -> HttpResponse:
    """One guide, as its current edition has it."""
    edition = public_edition(slug)
    return page(request, edition.key, "guides/guide.html", lambda: _guide(edition))


def _guide(edition: PublicEdition) -> dict[str, Any]:
    document = document_of(edition.sha256)
    steps = steps_of(document)
    return {
        "edition": edition,
        "document": document,
        "rendered": rendered(edition.sha256),
        "linked_data": describe(document),
        "step_count": len(steps),
        "stages": [{**stage, "hours": hours_of([stage])} for stage in document["stages"]],
    }


# A drawing has a style of its own; it may neither run nor fetch anything where it is opened as a page.
PICTURE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"


@require_safe
def picture(request: HttpRequest, name: str) -> HttpResponse:
    """A file of a picture. Its name is that of its content, so it is kept for good."""
    content, media_type = read(name)
    response = HttpResponse(content, content_type=media_type)
    response["Content-Security-Policy"] = PICTURE_POLICY
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    return response
