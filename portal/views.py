"""Pages that belong to the site as a whole."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect, JsonResponse
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.http import require_safe

from guides.editions import document_of
from guides.models import Edition
from portal.addresses import absolute
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


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """What crawlers may read, and where they find it listed."""
    private = ("/accounts/", "/admin/", "/api/v1/me/", "/dashboard/", "/preview/")
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in private), ""]
    lines += [f"Sitemap: {absolute(reverse('sitemap'))}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@require_safe
def manifest(request: HttpRequest) -> HttpResponse:
    """How the site stands on a home screen."""
    icons = [
        {"src": static(f"img/icon-{size}.png"), "sizes": f"{size}x{size}", "purpose": "any maskable"}
        for size in (192, 512)
    ]
    return JsonResponse(
        {
            "name": "Waymark",
            "short_name": "Waymark",
            "start_url": reverse("home"),
            "display": "minimal-ui",
            "background_color": "#fcfaf6",
            "theme_color": "#fcfaf6",
            "icons": icons,
        },
        content_type="application/manifest+json",
    )


@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """The icon, where browsers look for it unasked."""
    return HttpResponsePermanentRedirect(static("img/favicon.ico"))
