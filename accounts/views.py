"""Pages of learners: the path, the dashboard, and what is done on them."""

import uuid
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe
from django.views.decorators.vary import vary_on_headers
from django_htmx.http import HttpResponseClientRedirect

from accounts.forms import StateForm
from accounts.http import HtmxRequest, LearnerRequest
from accounts.models import StepEvent
from accounts.paths import Path, editions_for, path_on, paths_of, remaining, steps_for
from accounts.recording import Saying, follow, record
from accounts.stages import stages_for_visitors, stages_of
from guides.document import Document, slugs_of, steps_of, titles_of
from guides.editions import PublicEdition, document_of, public_edition
from guides.linked_data import breadcrumbs
from guides.models import Edition, Step
from guides.progress import State
from guides.rendering import rendered
from portal.errors import error_response
from portal.visitors import page

LATELY = 10  # events on the dashboard


@require_safe
@vary_on_headers("HX-Request")
def path(request: HttpRequest, slug: str) -> HttpResponse:
    """The path of a guide: with their states for a learner, to look at for a visitor."""
    if request.user.is_authenticated:
        followed = get_object_or_404(editions_for(request.user), slug=slug)
        sources = rendered(followed.sha256).step_sources
        context = {**_path(path_on(followed, request.user)), "sources": sources}
        return render(request, "accounts/path.html", context)
    edition = public_edition(slug)
    return page(request, edition.key, "accounts/path.html", lambda: _visitors_path(edition))


def _visitors_path(edition: PublicEdition) -> dict[str, Any]:
    document = document_of(edition.sha256)
    return {
        "edition": edition,
        "stages": stages_for_visitors(edition.sha256),
        "linked_data": breadcrumbs(document, ("Path", reverse("path", args=[document["slug"]]))),
        "sources": rendered(edition.sha256).step_sources,
    }


def _path(path: Path) -> dict[str, Any]:
    document, progress = path.document, path.progress
    steps = {step["id"]: step for step in steps_of(document)}
    return {
        "edition": path.edition,
        "stages": stages_of(path),
        "progress": progress,
        "next": [steps[step] for step in progress.next],
        "remaining": remaining(path),
        "past": [step for step in document["past_steps"] if progress.state(step["id"]) == State.DONE],
    }


@require_POST
def say(request: HtmxRequest, slug: str, step: uuid.UUID) -> HttpResponse:
    """Set what the learner says of a step. The form posts the state to reach: sent twice, it is harmless."""
    if not request.user.is_authenticated:
        # A tick is kept through the log-in; another state has to be said again on the path.
        if request.POST.get("state") == State.DONE:
            return _to_login(request, step=step)
        return _to_login(request, next=reverse("path", args=[slug]))
    edition = get_object_or_404(editions_for(request.user), slug=slug)
    found = get_object_or_404(steps_for(request.user), pk=step, guide=edition.guide_id)
    form = StateForm(request.POST)
    if not form.is_valid():
        return error_response(request, HTTPStatus.BAD_REQUEST, " ".join(map(str, form.errors["state"])))
    before = path_on(edition, request.user)
    record(request.user, [Saying(found.pk, form.cleaned_data["state"])])
    if request.htmx:
        now = get_object_or_404(editions_for(request.user), guide=edition.guide_id)
        return _changes(request, before, path_on(now, request.user), found)
    anchor = slugs_of(before.document).get(str(step), found.slug)
    return redirect(f"{reverse('path', args=[slug])}#step-{anchor}")


def _to_login(request: HtmxRequest, **wanted: Any) -> HttpResponse:
    """Lead a visitor, or somebody whose session has ended, to the log-in with what they `wanted`."""
    address = f"{reverse('account_login')}?{urlencode(wanted)}"
    return HttpResponseClientRedirect(address) if request.htmx else redirect(address)


def _changes(request: HttpRequest, before: Path, after: Path, step: Step) -> HttpResponse:
    """Answer with the parts of the page that are no longer what they were."""
    context = _path(after)
    old = {stage.slug: stage for stage in stages_of(before)}
    context["stages"] = [stage for stage in context["stages"] if old.get(stage.slug) != stage]
    context["said"] = {
        "title": titles_of(after.document).get(str(step.pk), step.title),
        "words": after.progress.state(str(step.pk)).words,
    }
    return render(request, "accounts/path.html#changes", context)


@require_POST
def follow_path(request: HtmxRequest, slug: str) -> HttpResponse:
    """Follow the path of a guide."""
    if not request.user.is_authenticated:
        return _to_login(request, follow=slug)
    edition = get_object_or_404(editions_for(request.user), slug=slug)
    follow(request.user, edition.guide_id)
    messages.success(request, f"You follow the path “{edition.title}”.")
    return redirect("path", slug)


@require_POST
def leave_path(request: HtmxRequest, slug: str) -> HttpResponse:
    """Stop following the path of a guide; what was done stays."""
    if not request.user.is_authenticated:
        return _to_login(request, next=reverse("path", args=[slug]))
    edition = get_object_or_404(editions_for(request.user), slug=slug)
    request.user.enrolments.filter(guide=edition.guide_id).leave()
    messages.success(request, f"You left the path “{edition.title}”. All that you did is kept.")
    return redirect("dashboard")


@require_safe
@login_required
def dashboard(request: LearnerRequest) -> HttpResponse:
    """The learner's paths, what is next on each, and what was done lately."""
    paths = paths_of(request.user)
    return render(
        request,
        "accounts/dashboard.html",
        {"paths": [_card(path) for path in paths], "events": _lately(request, paths)},
    )


def _card(path: Path) -> dict[str, Any]:
    return {**_path(path), "completed_at": path.completed_at, "completed_in": path.completed_in}


def _lately(request: LearnerRequest, paths: list[Path]) -> list[dict[str, Any]]:
    """Return the newest events, with the titles and addresses of their steps as they are published."""
    events = list(
        request.user.step_events.select_related("step").order_by("-occurred_at", "-received_at")[:LATELY]
    )
    documents = {path.edition.guide_id: path.document for path in paths}
    if left := {event.step.guide_id for event in events} - documents.keys():
        editions = Edition.objects.current().defer("document").filter(guide__in=left)
        documents |= {edition.guide_id: document_of(edition.sha256) for edition in editions}
    return [_event(event, documents[event.step.guide_id]) for event in events]


def _event(event: StepEvent, document: Document) -> dict[str, Any]:
    key = str(event.step_id)
    return {
        "title": titles_of(document).get(key, event.step.title),
        "state": event.state,
        "words": State(event.state).words.lower() if event.state else "nothing said any more",
        "at": event.occurred_at,
        "guide": document["slug"],
        "slug": slugs_of(document).get(key, event.step.slug),
    }
