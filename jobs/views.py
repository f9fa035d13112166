"""The jobs of a career. The page shows what was fetched before, and never waits for another host."""

from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from guides.editions import PublicEdition, public_edition
from guides.moves import leads_on
from jobs.board import Source, board_of, sources_of
from jobs.listing import Asked, Listing, ask
from portal.visitors import page

TEMPLATE = "jobs/jobs.html"


@require_safe
@leads_on
def jobs(request: HttpRequest, slug: str) -> HttpResponse:
    """Jobs of a career, the newest first. What the address asks wrongly is left out and said."""
    edition = public_edition(slug)
    sources, asked = sources_of(edition), ask(request.GET.dict())
    if asked != Asked():  # there are too many ways to ask for each answer to be kept
        status = HTTPStatus.BAD_REQUEST if asked.faults else HTTPStatus.OK
        return render(request, TEMPLATE, _jobs(edition, sources, asked), status=status)
    key = f"{edition.key} {timezone.localdate()} {sources}"
    return page(request, key, TEMPLATE, lambda: _jobs(edition, sources, asked))


def _jobs(edition: PublicEdition, sources: tuple[Source, ...], asked: Asked) -> dict[str, Any]:
    return {
        "edition": edition,
        "page_title": "Jobs",
        "listing": Listing(board_of(sources), asked, timezone.localdate()),
        "sources": sources,
    }
