"""Links to previews, for those who edit and for whoever they give them to."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from guides.admin.screens import screen
from guides.models import Guide
from guides.previews import token_of


@screen("preview/", name="preview", permission="guides.view_guide")
def preview_screen(request: HttpRequest, guide: Guide) -> HttpResponse:
    """Make a link to the working copy, and follow it."""
    return redirect("preview", token_of(guide))


@screen("editions/<int:number>/preview/", name="edition_preview", permission="guides.view_guide")
def edition_preview_screen(request: HttpRequest, guide: Guide, number: int) -> HttpResponse:
    """Make a link to an edition, whether it was published, waits for its moment or was cancelled."""
    edition = get_object_or_404(guide.editions.defer("document"), number=number)
    return redirect("preview", token_of(guide, edition))
