"""Pages that anybody may read: the list of guides, and a guide."""

from itertools import groupby
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from guides.editions import document_of
from guides.models import Edition
from guides.rendering import rendered
from guides.requirements import hours_of
from portal.visitors import page


@require_safe
def guide_list(request: HttpRequest) -> HttpResponse:
    """All guides from A to Z."""
    editions = Edition.objects.public().for_index()
    letters = [(letter, list(group)) for letter, group in groupby(editions, key=_initial)]
    return render(request, "guides/list.html", {"letters": letters})


def _initial(edition: Edition) -> str:
    return edition.title[:1].upper()


@require_safe
def guide(request: HttpRequest, slug: str) -> HttpResponse:
    """One guide, as its current edition has it."""
    edition = get_object_or_404(Edition.objects.public().defer("document"), slug=slug)
    return page(request, edition.sha256, "guides/guide.html", lambda: _guide(edition))


def _guide(edition: Edition) -> dict[str, Any]:
    document = document_of(edition.sha256)
    steps = [step for stage in document["stages"] for step in stage["steps"]]
    return {
        "edition": edition,
        "document": document,
        "rendered": rendered(edition.sha256),
        "step_count": len(steps),
        "offer_count": len(document["courses"]) + len(document["certifications"]),
        "stages": [{**stage, "hours": hours_of([stage])} for stage in document["stages"]],
    }
