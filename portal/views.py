"""Pages that belong to the site as a whole."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from guides.editions import document_of
from guides.models import Edition
from portal.visitors import page

GUIDES = 8  # on the home page; the list of guides has them all


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What the site is, and its guides."""
    editions = list(Edition.objects.public().for_index()[:GUIDES])
    key = " ".join(edition.sha256 for edition in editions)
    return page(request, key, "home.html", lambda: _home(editions))


def _home(editions: list[Edition]) -> dict[str, Any]:
    featured = max(editions, key=lambda edition: edition.step_count, default=None)
    return {
        "editions": editions,
        "featured": featured,
        "stages": document_of(featured.sha256)["stages"] if featured else [],
    }
