"""Slugs that changed: who asks at an old one is led to the one of today."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.db.models import OuterRef, Subquery
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import reverse

from guides.models import Edition

View = Callable[..., HttpResponse]


class Moved(Http404):
    """The guide that was read at one slug is read at another, `slug`, now."""

    def __init__(self, slug: str) -> None:
        self.slug = slug
        super().__init__(f"This guide is at “{slug}” now.")


def missing(slug: str) -> Http404:
    """Return what to raise where nothing is public at `slug`: `Moved` if a guide has left it."""
    today = Edition.objects.public().filter(guide=OuterRef("guide")).values("slug")
    left = Edition.objects.live().filter(slug=slug).annotate(today=Subquery(today))
    found = left.exclude(today=None).order_by("-live_at").values_list("today", flat=True).first()
    return Moved(found) if found else Http404(f"There is no guide “{slug}”.")


def leads_on(view: View) -> View:
    """Let `view`, which takes a slug, lead on to the slug of today where it raises `Moved`."""

    @wraps(view)
    def found(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except Moved as moved:
            return moved_to(request, moved.slug)

    return found


def moved_to(request: HttpRequest, slug: str) -> HttpResponse:
    """Lead to the page that was asked for, with the query, at another `slug`.

    For good, and yet asked for anew each time: another guide may take the old slug.
    """
    match = request.resolver_match
    assert match is not None  # noqa: S101 (a view was found)
    address = reverse(match.view_name, kwargs={**match.kwargs, "slug": slug})
    query = request.META.get("QUERY_STRING", "")
    response = HttpResponsePermanentRedirect(f"{address}?{query}" if query else address)
    response["Cache-Control"] = "no-cache"
    return response
