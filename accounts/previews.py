"""The pages of a guide before they are public, for whoever has the link."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.rows import names_of
from accounts.stages import stages_in_preview
from guides.places import Places
from guides.previews import NoPreview, Preview, preview_of
from guides.rendering import RenderedGuide
from guides.rendering import render as render_texts
from guides.views import guide_context
from portal.errors import error_response

UNLISTED = {
    "Cache-Control": "private, no-store",
    "Referrer-Policy": "no-referrer",  # whoever is linked to does not learn the link
    "X-Robots-Tag": "noindex, nofollow",
}

View = Callable[[HttpRequest, str], HttpResponse]


def unlisted(view: View) -> View:
    """Keep what `view` answers out of caches and search engines; without a preview, say what to do."""

    @wraps(view)
    def answer(request: HttpRequest, token: str) -> HttpResponse:
        try:
            response = view(request, token)
        except NoPreview as why:
            response = error_response(request, HTTPStatus.NOT_FOUND, str(why))
        for name, value in UNLISTED.items():
            response[name] = value
        return response

    return answer


@require_safe
@unlisted
def guide(request: HttpRequest, token: str) -> HttpResponse:
    """The guide's page."""
    preview = preview_of(token)
    places, texts = _shown(preview, token)
    return _page(request, "guides/guide.html", preview, guide_context(preview.document, texts, places))


@require_safe
@unlisted
def path(request: HttpRequest, token: str) -> HttpResponse:
    """The path's page, as a visitor sees it."""
    preview = preview_of(token)
    places, texts = _shown(preview, token)
    context = {
        "stages": stages_in_preview(preview.document, names_of(preview.document, texts, places)),
        "is_visitor": True,
        "places": places,
        "sources": texts.step_sources,
    }
    return _page(request, "accounts/path.html", preview, context)


def _shown(preview: Preview, token: str) -> tuple[Places, RenderedGuide]:
    """Return where the pages of a preview are, and its texts, whose links stay there."""
    places = Places(reverse("preview", args=[token]), reverse("preview-path", args=[token]), is_preview=True)
    former = preview.document["former_slugs"]
    return places, render_texts(preview.document, places=places, former=former)


def _page(request: HttpRequest, page: str, preview: Preview, context: dict[str, Any]) -> HttpResponse:
    document = preview.document
    edition = {
        "number": document["edition"],
        "slug": document["slug"],
        "title": document["title"],
        "live_at": preview.live_at,
    }
    return render(
        request, "studio/preview.html", {**context, "page": page, "edition": edition, "preview": preview}
    )
