"""Pages that anybody may read: the list of guides, and a guide."""

from itertools import groupby
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from guides.document import steps_of
from guides.editions import document_of
from guides.models import Edition
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
    edition = get_object_or_404(Edition.objects.public().defer("document"), slug=slug)
    return page(request, edition.sha256, "guides/guide.html", lambda: _guide(edition))


def _guide(edition: Edition) -> dict[str, Any]:
    document = document_of(edition.sha256)
    steps = steps_of(document)
    return {
        "edition": edition,
        "document": document,
        "rendered": rendered(edition.sha256),
        "step_count": len(steps),
        "offer_count": len(document["courses"]) + len(document["certifications"]),
        "stages": [{**stage, "hours": hours_of([stage])} for stage in document["stages"]],
    }
