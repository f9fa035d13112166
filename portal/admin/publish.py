"""Publishing: what is wrong, what changes, what it means for learners, and when."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from accounts.impact import impact_of
from guides.admin.screens import screen, show, version_of
from guides.admin.staff import staff
from guides.checks import Finding, advice_on
from guides.comparison import compare
from guides.credits import linked_guides
from guides.document import Content, steps_of
from guides.editing import Outdated
from guides.models import Edition, Guide
from guides.publishing import (
    PublishingRefused,
    cancel,
    current_document,
    is_new,
    next_document_of,
    obstacles_of,
    publish,
    unpublish,
)
from guides.working_copy import content_of
from portal.admin.moments import ZONES, PublishForm
from portal.log import log

MOMENT = "%-d %B %Y, %H:%M UTC"


@screen("publish/", name="publish", permission="guides.publish_guide")
def publish_screen(request: HttpRequest, guide: Guide) -> HttpResponse:
    """Show what publishing the working copy would change and mean, and do it."""
    linked = linked_guides(guide)
    also = [(str(other.guide.pk), other.guide.title) for other in linked if not other.is_edited]
    form = PublishForm(request.POST if request.method == "POST" else None, also=also)
    edited = [other.guide for other in linked if other.is_edited]
    try:
        if form.is_valid():
            return _publish(request, guide, form.cleaned_data)
    except Outdated as outdated:  # what was typed stays
        messages.error(request, str(outdated))
        guide.refresh_from_db()
        return _page(request, guide, form=form, edited=edited, status=HTTPStatus.CONFLICT)
    return _page(request, guide, form=form, edited=edited)


def _page(
    request: HttpRequest, guide: Guide, *, status: HTTPStatus = HTTPStatus.OK, **context: Any
) -> HttpResponse:
    content = content_of(guide)
    findings = obstacles_of(guide, content)
    previous = current_document(guide)
    document = next_document_of(guide, content, previous)
    is_changed = is_new(document, previous)
    return show(
        request,
        guide,
        "admin/guides/guide/publish.html",
        title="Publish",
        tab="publish",
        current=guide.editions.live().defer("document").order_by("-number").first(),
        scheduled=guide.editions.scheduled().defer("document").first(),
        is_hidden=is_hidden(guide),
        is_changed=is_changed,
        findings=_with_links(findings, content),
        advice=_with_links(advice_on(content), content),
        comparison=compare(previous, content) if previous and is_changed else None,
        impact=impact_of(guide, previous, document) if is_changed and not findings else None,
        zones=ZONES,
        status=status,
        **context,
    )


def _publish(request: HttpRequest, guide: Guide, wanted: dict[str, Any]) -> HttpResponse:
    """Publish `guide`, and the guides that go along, all or nothing."""
    waiting = guide.editions.scheduled().defer("document").first()
    try:
        with transaction.atomic():
            edition = _one(request, guide, wanted, version=version_of(request))
            others = [
                _one(request, other, {**wanted, "note": f"Counts steps of {guide.title}"})
                for other in Guide.objects.filter(pk__in=wanted["also"])
            ]
    except PublishingRefused as refused:
        for finding in refused.findings:
            messages.error(request, finding.message)
        return redirect("admin:guides_guide_publish", guide.pk)
    if waiting and waiting.pk != edition.pk:
        messages.warning(
            request, f"Edition {waiting.number}, scheduled for {waiting.live_at:{MOMENT}}, was cancelled."
        )
    for made in (edition, *others):
        messages.success(request, _told(made))
    return redirect("admin:guides_guide_publish", guide.pk)


def _one(request: HttpRequest, guide: Guide, wanted: dict[str, Any], version: int | None = None) -> Edition:
    before = guide.editions.live().order_by("-number").values_list("number", flat=True).first()
    waiting = guide.editions.scheduled().defer("document").first()
    edition = publish(guide, by=staff(request), note=wanted["note"], at=wanted["at"], version=version)
    words = f"Published edition {edition.number}"
    if wanted["at"]:
        words = f"Scheduled edition {edition.number} for {edition.live_at:{MOMENT}}"
    if waiting:
        words += f", which cancelled edition {waiting.number}"
    log(
        staff(request),
        guide,
        f"{words}.",
        before={"edition": before},
        after={"edition": edition.number, "live at": f"{edition.live_at:{MOMENT}}", "note": edition.note},
    )
    return edition


def _told(edition: Edition) -> SafeString:
    address = reverse("guide", args=[edition.slug])
    if edition.live_at > edition.created_at:
        return format_html(
            "Edition {} of “{}” goes live on {}.",
            edition.number,
            edition.title,
            f"{edition.live_at:{MOMENT}}",
        )
    return format_html(
        'Edition {} of “{}” is live: <a href="{}">see it</a>.', edition.number, edition.title, address
    )


@screen("unpublish/", name="unpublish", permission="guides.publish_guide")
def unpublish_screen(request: HttpRequest, guide: Guide) -> HttpResponse:
    """Say what hiding a guide means, and do it."""
    current = guide.editions.live().defer("document").order_by("-number").first()
    if current is None or is_hidden(guide):
        messages.info(request, "The public does not see this guide: there is nothing to unpublish.")
        return redirect("admin:guides_guide_publish", guide.pk)
    if request.method == "POST":
        return _unpublish(request, guide, current)
    document = current_document(guide)
    return show(
        request,
        guide,
        "admin/guides/guide/unpublish.html",
        title="Unpublish",
        tab="publish",
        current=current,
        scheduled=guide.editions.scheduled().defer("document").first(),
        followers=impact_of(guide, document, document).followers if document else 0,
    )


def _unpublish(request: HttpRequest, guide: Guide, current: Edition) -> HttpResponse:
    with transaction.atomic():
        cancelled = unpublish(guide, version=version_of(request))
        log(
            staff(request),
            guide,
            "Unpublished.",
            before={"the public reads": f"edition {current.number}"},
            after={"the public reads": "nothing"},
        )
    messages.success(request, "The public does not see this guide any more. Who follows it keeps it.")
    if cancelled:
        messages.warning(request, "The edition that was scheduled is cancelled.")
    return redirect("admin:guides_guide_publish", guide.pk)


@screen("cancel/", name="cancel", permission="guides.publish_guide")
def cancel_screen(request: HttpRequest, guide: Guide) -> HttpResponse:
    """Take back a scheduled edition; only a form on the page of publishing leads here."""
    if request.method == "POST":
        _cancel(request, guide)
    return redirect("admin:guides_guide_publish", guide.pk)


def _cancel(request: HttpRequest, guide: Guide) -> None:
    waiting = guide.editions.scheduled().defer("document").first()
    with transaction.atomic():
        if waiting is None or not cancel(guide):
            messages.info(request, "No edition is scheduled any more: it is live already, or was cancelled.")
            return
        log(
            staff(request),
            guide,
            f"Cancelled edition {waiting.number}.",
            before={"scheduled for": f"{waiting.live_at:{MOMENT}}"},
            after={"scheduled for": None},
        )
    messages.success(request, f"Edition {waiting.number} is cancelled. The working copy is as it was.")


def is_hidden(guide: Guide) -> bool:
    """Whether `guide` was unpublished and nothing has gone live since."""
    return guide.unpublished_at is not None and not guide.editions.public().exists()


def _with_links(findings: list[Finding], content: Content) -> list[tuple[Finding, str]]:
    """Return `findings`, each with the address in the studio where it can be mended, empty if none can."""
    kinds = {section["id"]: "section" for section in content["sections"]}
    kinds |= {stage["id"]: "stage" for stage in content["stages"]}
    kinds |= {step["id"]: "step" for step in steps_of(content)}
    return [
        (
            finding,
            reverse(f"admin:guides_{kinds[finding.where]}_change", args=[finding.where])
            if finding.where in kinds
            else "",
        )
        for finding in findings
    ]
