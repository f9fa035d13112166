"""The screen of an outline: shows it, and brings the path to what was typed and pressed."""

from collections.abc import Sequence
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from guides.admin.outline.form import Sent, read, wanted
from guides.admin.outline.log import log_outline
from guides.admin.outline.view import Focus, view_of
from guides.admin.screens import screen, show, version_of
from guides.admin.staff import staff
from guides.checks import Finding
from guides.models import Guide
from guides.outline import Change, OutlineRefused, arrange

WORDS = 3  # more changes than these are counted, not told


@screen("outline/", name="outline", permission="guides.view_guide")
def outline_screen(request: HttpRequest, guide: Guide) -> HttpResponse:
    """Show the path of a guide in short, or bring it to what was typed and pressed."""
    if request.method != "POST":
        return _show(request, guide)
    if not staff(request).has_perm("guides.change_guide"):
        raise PermissionDenied
    sent = read(request.POST)
    try:
        changes = _arrange(request, guide, sent)
    except OutlineRefused as refused:
        return _show(request, guide, sent, refused.findings)
    _tell(request, sent, changes)
    return redirect(_way_on(request, guide, sent))


def _arrange(request: HttpRequest, guide: Guide, sent: Sent) -> list[Change]:
    with transaction.atomic():
        changes = arrange(
            guide,
            wanted(sent),
            by=staff(request),
            version=version_of(request),
            new_stage=sent.new_stage,
            without=sent.target if sent.verb == "remove" else None,
        )
        log_outline(staff(request), guide, changes)
    return changes


def _show(
    request: HttpRequest, guide: Guide, sent: Sent | None = None, findings: Sequence[Finding] = ()
) -> HttpResponse:
    user = staff(request)
    focus = Focus(request.GET.get("at", ""), request.GET.get("do", ""))
    return show(
        request,
        guide,
        "admin/guides/guide/outline.html",
        title="Path",
        tab="path",
        view=view_of(guide, focus, sent, findings),
        may_change=user.has_perm("guides.change_guide"),
        may_add=user.has_perm("guides.add_step"),
        may_retire=user.has_perm("guides.retire_step"),
    )


def _tell(request: HttpRequest, sent: Sent, changes: Sequence[Change]) -> None:
    """Say what was saved, and what is missing for what was pressed."""
    if changes and len(changes) <= WORDS:
        messages.success(request, " ".join(change.words for change in changes))
    elif changes:
        messages.success(request, f"Saved {len(changes)} changes.")
    if sent.lacking:
        messages.warning(request, sent.lacking)
    elif not changes and sent.verb == "save":
        messages.info(request, "Nothing was changed, so there was nothing to save.")


def _way_on(request: HttpRequest, guide: Guide, sent: Sent) -> str:
    """Return where the pressed button leads: to another screen, or back to the row that it stands in."""
    if sent.verb in ("retire", "merge") and not sent.lacking:
        return _address(guide, sent.verb, [("step", pk) for pk in sent.chosen])
    if sent.verb == "add" and sent.target:
        return _adding(guide, sent.target, sent)
    return _address(guide, "outline", [("at", sent.target), ("do", sent.verb)] if sent.target else [])


def _address(guide: Guide, name: str, query: Sequence[tuple[str, UUID | str]]) -> str:
    address = reverse(f"admin:guides_guide_{name}", args=[guide.pk])
    return f"{address}?{urlencode(query)}" if query else address


def _adding(guide: Guide, target: UUID, sent: Sent) -> str:
    """Return where a step is added: before the step `target`, or at the end of the stage `target`."""
    row = next((row for row in sent.outline.rows if row.step == target), None)
    place = {"stage": row.stage, "before": row.step} if row else {"stage": target}
    return f"{reverse('admin:guides_step_add')}?{urlencode({'guide': guide.pk, **place})}"
