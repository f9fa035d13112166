"""Importing a guide that is not here yet, from its files."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from guides.admin.files import write
from guides.admin.staff import staff
from guides.admin.uploading import Arrival, ZipForm, arrival_of, receive, rehearsed
from guides.editing import Outdated
from guides.loading.arriving import Denied
from guides.loading.folder import Folder
from guides.loading.reading import BrokenFolder
from guides.models import Guide


def import_screen(request: HttpRequest) -> HttpResponse:
    """Take the zip of a guide, show what it would make, and make it; one that is here is shown there."""
    if not staff(request).has_perm("guides.add_guide"):
        raise PermissionDenied
    if request.method == "POST" and "digest" not in request.POST:
        received = receive(request, reverse("admin:guides_guide_import"))
        return _shown(request, form=received) if isinstance(received, ZipForm) else received
    digest = request.POST.get("digest", request.GET.get("zip", ""))
    return _looked_at(request, digest) if digest else _shown(request)


def _shown(
    request: HttpRequest, *, form: ZipForm | None = None, arrival: Arrival | None = None
) -> HttpResponse:
    context = {
        **admin.site.each_context(request),
        "title": "Import a guide",
        "opts": Guide._meta,
        "form": form or ZipForm(),
        "arrival": arrival,
    }
    status = arrival.status if arrival else None
    return render(request, "admin/guides/guide/import.html", context, status=status)


def _looked_at(request: HttpRequest, digest: str) -> HttpResponse:
    """Show what the kept zip would make, or make it where the form asks for that."""
    arrival = arrival_of(digest)
    if (found := arrival.found) is None:
        return _shown(request, arrival=arrival)
    if Guide.objects.filter(pk=found.guide.id).exists():
        return _there(request, found, digest)
    if request.method == "POST":
        return _make(request, found, digest)
    return _shown(request, arrival=rehearsed(digest, found, staff(request)))


def _make(request: HttpRequest, found: Folder, digest: str) -> HttpResponse:
    try:
        guide = write(request, found, digest, version=None)
    except Outdated:  # somebody else was faster
        return _there(request, found, digest)
    except (BrokenFolder, Denied):
        return _shown(request, arrival=rehearsed(digest, found, staff(request)))
    return redirect("admin:guides_guide_change", guide.pk)


def _there(request: HttpRequest, found: Folder, digest: str) -> HttpResponse:
    """Lead to what the zip would change in its guide, which is here."""
    messages.info(request, "This guide is here already. Look at what the files would change in it.")
    return redirect(f"{reverse('admin:guides_guide_files', args=[found.guide.id])}?zip={digest}")
