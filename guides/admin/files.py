"""A guide as files in the studio: its working copy as a zip, and back once somebody has seen what changes."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html

from guides.admin.rewriting import log_rewritten
from guides.admin.screens import screen, show, version_of
from guides.admin.staff import staff
from guides.admin.uploading import Arrival, ZipForm, arrival_of, receive, rehearsed
from guides.exporting.folder import CannotExport, files_of
from guides.exporting.placing import zipped
from guides.loading.arriving import Denied, bring
from guides.loading.bringing import Effects
from guides.loading.folder import Folder
from guides.loading.reading import BrokenFolder
from guides.loading.uploads import forget
from guides.models import Guide
from guides.working_copy import stored_content


@screen("files/download/", name="download", permission="guides.view_guide")
def download_screen(request: HttpRequest, guide: Guide) -> HttpResponse:
    """Send the working copy as a zip."""
    try:
        content = zipped(files_of(guide))
    except CannotExport as refused:
        messages.error(request, str(refused))
        return redirect("admin:guides_guide_files", guide.pk)
    disposition = f'attachment; filename="{guide.slug}.zip"'
    return HttpResponse(content, content_type="application/zip", headers={"Content-Disposition": disposition})


@screen("files/", name="files", permission="guides.view_guide")
def files_screen(request: HttpRequest, guide: Guide) -> HttpResponse:
    """Offer the zip, take one, show what it would change, and write it."""
    digest = request.GET.get("zip", "")
    if (digest or request.method == "POST") and not staff(request).has_perm("guides.change_guide"):
        raise PermissionDenied
    if request.method == "POST" and "digest" in request.POST:
        return _bring(request, guide, request.POST["digest"])
    if request.method == "POST":
        received = receive(request, reverse("admin:guides_guide_files", args=[guide.pk]))
        return _shown(request, guide, form=received) if isinstance(received, ZipForm) else received
    return _shown(request, guide, arrival=_arrival(request, guide, digest) if digest else None)


def _shown(
    request: HttpRequest, guide: Guide, *, form: ZipForm | None = None, arrival: Arrival | None = None
) -> HttpResponse:
    response = show(
        request,
        guide,
        "admin/guides/guide/files.html",
        title="Files",
        tab="files",
        form=form or ZipForm(),
        arrival=arrival,
    )
    response.status_code = arrival.status if arrival else response.status_code
    return response


def _arrival(request: HttpRequest, guide: Guide, digest: str) -> Arrival:
    """Return what the zip would do to `guide`, if it is of this guide."""
    arrival = arrival_of(digest)
    if arrival.found is None:
        return arrival
    if arrival.found.guide.id != guide.pk:
        return Arrival(digest, faults=[_foreign(arrival.found)])
    return rehearsed(digest, arrival.found, staff(request))


def _foreign(found: Folder) -> str:
    return (
        f"guide.yaml:1: these are the files of the guide “{found.guide.title}”, not of this one. "
        "To bring them in, choose Import a guide on the list of guides."
    )


def _bring(request: HttpRequest, guide: Guide, digest: str) -> HttpResponse:
    """Write the kept zip into the working copy, if it is still here, and still right."""
    arrival = arrival_of(digest)
    if arrival.found is None or arrival.found.guide.id != guide.pk:
        return _shown(request, guide, arrival=_arrival(request, guide, digest))
    try:
        write(request, arrival.found, digest, version=version_of(request))
    except (BrokenFolder, Denied):  # somebody was faster, or has fewer permissions by now: shown anew
        return _shown(request, guide, arrival=_arrival(request, guide, digest))
    return redirect("admin:guides_guide_change", guide.pk)


def write(request: HttpRequest, found: Folder, digest: str, *, version: int | None) -> Guide:
    """Bring the guide of `found` to it, log it once, and say how it goes on. Raises what `bring` raises."""
    with transaction.atomic():
        before = stored_content(found.guide.id)
        guide, effects = bring(found, by=staff(request), version=version)
        log_rewritten(staff(request), guide, _logged(effects), before)
    forget(digest)
    words = 'The working copy is what the files say. Readers see it once you <a href="{}">publish</a>.'
    messages.success(request, format_html(words, reverse("admin:guides_guide_publish", args=[guide.pk])))
    return guide


def _logged(effects: Effects) -> str:
    """Return what was done in a sentence, and what of it reaches other guides."""
    shared = [f"{change.kind} “{change.thing}”" for change in effects.shared if not change.is_new]
    also = f" Changed with it: {', '.join(shared)}." if shared else ""
    return f"Brought the working copy to uploaded files.{also}"
