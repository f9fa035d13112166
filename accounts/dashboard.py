"""The learner's own page."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.http import LearnerRequest
from accounts.models import StepEvent
from accounts.paths import Path, changes_on, paths_of
from accounts.views import path_context
from guides.document import Document, slugs_of, titles_of
from guides.editions import document_of
from guides.models import Edition
from guides.progress import State

LATELY = 10  # events


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
    return {
        **path_context(path),
        "has_changed": changes_on(path) is not None,
        "completed_at": path.completed_at,
        "completed_in": path.completed_in,
    }


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
