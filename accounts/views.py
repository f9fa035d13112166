"""Pages of learners: the path, the dashboard, and what is done on them."""

import uuid
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from accounts.credit import past
from accounts.forms import StateForm
from accounts.http import HtmxRequest, is_read, to_login
from accounts.models import User
from accounts.paths import (
    Path,
    changes_on,
    edition_at,
    editions_for,
    note_seen,
    path_on,
    remaining,
    steps_for,
)
from accounts.recording import Saying, follow, record
from accounts.stages import stages_for_visitors, stages_of
from guides.document import slugs_of, steps_of, titles_of
from guides.editions import PublicEdition, document_of, public_edition
from guides.linked_data import breadcrumbs
from guides.models import Step
from guides.moves import leads_on, moved_to
from guides.places import public_places
from guides.progress import State
from guides.rendering import rendered
from portal.errors import error_response
from portal.visitors import page


@require_safe
@vary_on_headers("HX-Request")
@leads_on
def path(request: HttpRequest, slug: str) -> HttpResponse:
    """The path of a guide: with their states for a learner, to look at for a visitor."""
    if request.user.is_authenticated:
        followed = edition_at(slug, request.user)
        if followed.slug != slug:
            return moved_to(request, followed.slug)
        return _learners_path(request, request.user, followed)
    edition = public_edition(slug)
    return page(request, edition.key, "accounts/path.html", lambda: _visitors_path(edition))


def _learners_path(request: HttpRequest, learner: User, edition: Any) -> HttpResponse:
    path = path_on(edition, learner)
    context = {
        **path_context(path),
        "changes": changes_on(path),
        "places": public_places(edition.slug),
        "sources": rendered(edition.sha256).step_sources,
    }
    response = render(request, "accounts/path.html", context)
    if is_read(request):
        note_seen(edition, learner)
    return response


def _visitors_path(edition: PublicEdition) -> dict[str, Any]:
    document = document_of(edition.sha256)
    return {
        "edition": edition,
        "stages": stages_for_visitors(edition.sha256),
        "is_visitor": True,
        "linked_data": breadcrumbs(document, ("Path", reverse("path", args=[document["slug"]]))),
        "places": public_places(document["slug"]),
        "sources": rendered(edition.sha256).step_sources,
    }


def path_context(path: Path) -> dict[str, Any]:
    """Return what pages show of a path to its learner."""
    steps = {step["id"]: step for step in steps_of(path.document)}
    return {
        "edition": path.edition,
        "stages": stages_of(path),
        "progress": path.progress,
        "next": [steps[step] for step in path.progress.next],
        "remaining": remaining(path),
        "past": past(path),
    }


@require_POST
def say(request: HtmxRequest, slug: str, step: uuid.UUID) -> HttpResponse:
    """Set what the learner says of a step. The form posts the state to reach: sent twice, it is harmless."""
    if not request.user.is_authenticated:
        # A tick is kept through the log-in; another state has to be said again on the path.
        if request.POST.get("state") == State.DONE:
            return to_login(request, step=step)
        return to_login(request, next=reverse("path", args=[slug]))
    edition = edition_at(slug, request.user)
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
    return redirect(f"{reverse('path', args=[edition.slug])}#step-{anchor}")


def _changes(request: HttpRequest, before: Path, after: Path, step: Step) -> HttpResponse:
    """Answer with the parts of the page that are no longer what they were."""
    context = path_context(after)
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
        return to_login(request, follow=slug)
    edition = edition_at(slug, request.user)
    follow(request.user, edition.guide_id)
    messages.success(request, f"You follow the path “{edition.title}”.")
    return redirect("path", edition.slug)


@require_POST
def leave_path(request: HtmxRequest, slug: str) -> HttpResponse:
    """Stop following the path of a guide; what was done stays."""
    if not request.user.is_authenticated:
        return to_login(request, next=reverse("path", args=[slug]))
    edition = edition_at(slug, request.user)
    request.user.enrolments.filter(guide=edition.guide_id).leave()
    messages.success(request, f"You left the path “{edition.title}”. All that you did is kept.")
    return redirect("dashboard")
