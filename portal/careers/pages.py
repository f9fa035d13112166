"""The page that compares careers."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from facts.explorer.version import figures_version
from facts.glance import Glance, glances
from guides.editions import document_of
from guides.models import Edition
from portal.careers.comparing import compare
from portal.visitors import page

TEMPLATE = "careers/compare.html"
MOST = 3
MANY = 20  # slugs of an address that are looked at


@require_safe
def comparison(request: HttpRequest) -> HttpResponse:
    """Two or three careers that `?guide=` names, side by side; otherwise all, to choose from."""
    editions = list(Edition.objects.public().defer("document").order_by("title", "slug"))
    asked = list(dict.fromkeys(request.GET.getlist("guide")))[:MANY]
    if set(asked) - {edition.slug for edition in editions}:  # there is no end of what may be made up
        return render(request, TEMPLATE, _context(editions, asked))
    key = [f"{edition.sha256} {edition.live_at}" for edition in editions]
    key += [figures_version(), str(timezone.localdate().year), *asked]
    return page(request, " ".join(key), TEMPLATE, lambda: _context(editions, asked))


def _context(editions: list[Edition], asked: list[str]) -> dict[str, Any]:
    public = {edition.slug: edition for edition in editions}
    known = [public[slug] for slug in asked if slug in public]
    chosen = known[:MOST]
    return {
        "editions": editions,
        "chosen": [edition.slug for edition in chosen],
        "unknown": [slug for slug in asked if slug not in public],
        "left_out": known[MOST:],
        **(_side_by_side(chosen) if len(chosen) > 1 else {}),
    }


def _side_by_side(chosen: list[Edition]) -> dict[str, Any]:
    found = compare([document_of(edition.sha256) for edition in chosen])
    figures = glances([career.slug for career in found.careers])
    return {
        "comparison": found,
        "figures": [(career, figures.get(career.slug, Glance())) for career in found.careers],
    }
