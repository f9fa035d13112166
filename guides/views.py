"""Pages that anybody may read: the list of guides, and a guide."""

from itertools import groupby
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from guides.document import Document, steps_of
from guides.editions import PublicEdition, document_of, public_edition
from guides.glossary import words_of
from guides.landscape import neighbours
from guides.letters import by_letter
from guides.linked_data import describe, describe_questions
from guides.models import Edition
from guides.moves import leads_on
from guides.pictures.storing import read
from guides.places import Places, public_places
from guides.rendering import RenderedGuide, rendered
from guides.requirements import hours_of
from portal.visitors import page

NEAREST = 4  # careers that a guide shows at its end


@require_safe
def guide_list(request: HttpRequest) -> HttpResponse:
    """All guides from A to Z."""
    editions = list(Edition.objects.public().for_index())
    key = " ".join(edition.sha256 for edition in editions)
    return page(request, key, "guides/list.html", lambda: {"letters": by_letter(editions)})


@require_safe
def glossary(request: HttpRequest) -> HttpResponse:
    """The words that guides explain, from A to Z."""
    digests = tuple(Edition.objects.public().order_by("title", "slug").values_list("sha256", flat=True))
    return page(request, " ".join(digests), "guides/glossary.html", lambda: _glossary(digests))


def _glossary(digests: tuple[str, ...]) -> dict[str, Any]:
    words = words_of(digests)
    letters = [(letter, list(group)) for letter, group in groupby(words, key=lambda word: word.letter)]
    return {"letters": letters, "count": len(words)}


@require_safe
@leads_on
def guide(request: HttpRequest, slug: str) -> HttpResponse:
    """One guide, as its current edition has it."""
    edition = public_edition(slug)
    key = f"{edition.key} {edition.landscape}"
    return page(request, key, "guides/guide.html", lambda: _guide(edition))


def _guide(edition: PublicEdition) -> dict[str, Any]:
    others = neighbours(edition.slug, edition.landscape)  # reads the document of this edition along
    document = document_of(edition.sha256)
    shown = guide_context(document, rendered(edition.sha256), public_places(edition.slug))
    return {
        **shown,
        "edition": edition,
        "related": [other for other in others if other.steps or other.skills][:NEAREST],
        "named_by": [other for other in others if other.links_from],
        "linked_data": describe(document),
    }


def guide_context(document: Document, texts: RenderedGuide, places: Places) -> dict[str, Any]:
    """Return what the page of a guide takes beside its edition and what machines are told."""
    return {
        "document": document,
        "rendered": texts,
        "places": places,
        "step_count": len(steps_of(document)),
        "stages": [{**stage, "hours": hours_of([stage])} for stage in document["stages"]],
    }


@require_safe
@leads_on
def faq(request: HttpRequest, slug: str) -> HttpResponse:
    """The questions that a guide answers, on a page of their own."""
    edition = public_edition(slug)
    return page(request, edition.key, "guides/faq.html", lambda: _faq(edition))


def _faq(edition: PublicEdition) -> dict[str, Any]:
    texts = rendered(edition.sha256)
    return {
        "edition": edition,
        "page_title": "Questions and answers",
        "questions": texts.questions,
        "sources": texts.question_sources,
        "linked_data": describe_questions(document_of(edition.sha256)),
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
