"""Restoring an edition in the studio: what it would change, and the way back to it."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.html import format_html

from guides.admin.rewriting import log_rewritten
from guides.admin.screens import screen, show, version_of
from guides.admin.staff import staff
from guides.comparison import compare
from guides.models import Edition, Guide
from guides.restoring import RestoringRefused, rehearse, restore
from guides.working_copy import stored_content


@screen("editions/<int:number>/restore/", name="restore", permission="guides.publish_guide")
def restore_screen(request: HttpRequest, guide: Guide, number: int) -> HttpResponse:
    """Show what restoring an edition would change in the working copy, or restore it."""
    edition = get_object_or_404(guide.editions, number=number)
    try:
        if request.method == "POST":
            return _restore(request, guide, edition)
        comparison = compare(*rehearse(edition))
    except RestoringRefused as refused:
        return _shown(request, guide, edition, status=HTTPStatus.CONFLICT, problem=str(refused))
    return _shown(request, guide, edition, comparison=comparison)


def _shown(
    request: HttpRequest,
    guide: Guide,
    edition: Edition,
    *,
    status: HTTPStatus = HTTPStatus.OK,
    **context: Any,
) -> HttpResponse:
    return show(
        request,
        guide,
        "admin/guides/guide/restore.html",
        title=f"Restore edition {edition.number}",
        tab="editions",
        edition=edition,
        status=status,
        **context,
    )


def _restore(request: HttpRequest, guide: Guide, edition: Edition) -> HttpResponse:
    with transaction.atomic():
        before = stored_content(guide.pk)
        restore(edition, by=staff(request), version=version_of(request))
        log_rewritten(
            staff(request), guide, f"Restored edition {edition.number} into the working copy.", before
        )
    words = 'The working copy says what edition {} says. Readers see it once you <a href="{}">publish</a>.'
    address = reverse("admin:guides_guide_publish", args=[guide.pk])
    messages.success(request, format_html(words, edition.number, address))
    return redirect("admin:guides_guide_change", guide.pk)
