"""The lists of the catalog with their filters, for everybody."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.saving import saved_slugs
from courses.browsing import CERTIFICATIONS, COURSES, Catalog
from courses.listing import Listing
from portal.catalog.linked_data import breadcrumbs, item_list


@require_safe
def course_list(request: HttpRequest) -> HttpResponse:
    """Courses by what they are."""
    return _list(request, COURSES, "courses/courses.html")


@require_safe
def certification_list(request: HttpRequest) -> HttpResponse:
    """Certifications by what they are."""
    return _list(request, CERTIFICATIONS, "courses/certifications.html")


def _list(request: HttpRequest, catalog: Catalog, template: str) -> HttpResponse:
    """Answer what the address asks; what it asks wrongly is left out and said. Parameters of others pass."""
    listing = Listing(catalog, request.GET, also=list(request.GET))
    context = {
        "listing": listing,
        "saved": saved_slugs(request.user, catalog.kind),
        "is_visitor": not request.user.is_authenticated,
        "linked_data": [
            breadcrumbs((f"{catalog.kind.capitalize()}s", request.path)),
            item_list(listing.cards, f"{request.path}{listing.address}"),
        ],
    }
    status = HTTPStatus.BAD_REQUEST if listing.faults else HTTPStatus.OK
    return render(request, template, context, status=status)
