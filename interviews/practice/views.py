"""The session of a learner, and what is done to its cards: plain forms that post and lead back."""

from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.http import LearnerRequest
from guides.moves import leads_on
from interviews.bank import Entry
from interviews.practice import aside
from interviews.practice.due import due_today
from interviews.practice.forms import AsideForm, CardForm, RateForm
from interviews.practice.plans import Plan
from interviews.practice.rating import Stale, rate, undo
from interviews.practice.session import Seat, seat, session_of
from interviews.practice.showing import BROKEN, shown
from portal.errors import error_response

STALE = "This card was changed meanwhile, perhaps in another tab. Nothing was counted twice; go on from here."
LEFT = "This question is no longer in your deck, so nothing was counted."


@require_safe
@login_required
def all_decks(request: LearnerRequest) -> HttpResponse:
    """What the learner practises, guide by guide, and how much of it waits today."""
    return render(request, "interviews/all-decks.html", {"waiting": due_today(request.user)})


@require_safe
@login_required
@leads_on
def practice(request: LearnerRequest, slug: str) -> HttpResponse:
    """The card that is next, or what was done and when to come back."""
    here = seat(request.user, slug)
    if here.plan is None:
        return redirect("practice-deck", here.edition.slug)
    session = session_of(here, here.plan, timezone.now(), request.GET.get("question", ""))
    return shown(request, here, "session", "Practice", session=session)


@require_POST
@login_required
def rate_card(request: LearnerRequest, slug: str) -> HttpResponse:
    """Take a rating. Sent twice, or from a page that is out of date, it counts once."""
    return _changed(request, slug, RateForm(request.POST), _rate)


@require_POST
@login_required
def undo_rating(request: LearnerRequest, slug: str) -> HttpResponse:
    """Take the last rating back, and show its card again."""
    return _changed(request, slug, CardForm(request.POST), _undo)


@require_POST
@login_required
def put_aside(request: LearnerRequest, slug: str) -> HttpResponse:
    """Suspend or bury a card, or take it back."""
    return _changed(request, slug, AsideForm(request.POST), _put_aside)


@dataclass(frozen=True)
class Change:
    """What a form `said` of a card: that of `entry`, in a learner's deck."""

    request: LearnerRequest
    here: Seat
    plan: Plan
    entry: Entry
    said: dict[str, Any]


def _rate(change: Change) -> str:
    said = {name: change.said[name] for name in ("id", "version", "duration_ms")}
    rate(change.here.user, change.here.guide, change.entry.id, change.said["rating"], **said)
    return ""


def _undo(change: Change) -> str:
    undo(change.here.user, change.entry.id, version=change.said["version"])
    messages.success(change.request, f"Your rating of “{change.entry.text}” is undone.")
    return f"?question={change.entry.slug}"


def _put_aside(change: Change) -> str:
    user, question, version = change.here.user, change.entry.id, change.said["version"]
    if change.said["what"] == "suspend":
        aside.suspend(user, question, version=version)
        messages.success(change.request, "Suspended. You find it again at “Your deck”.")
        return ""
    if change.said["what"] == "bury":
        aside.bury(user, question, change.plan.day(timezone.now()).end, version=version)
        messages.success(change.request, "Put off until tomorrow.")
        return ""
    aside.resume(user, question, version=version)
    messages.success(change.request, "It is in your deck again.")
    return "deck/"


def _changed(request: LearnerRequest, slug: str, form: Form, make: Callable[[Change], str]) -> HttpResponse:
    """Make the change that `form` asks for, and lead to the session.

    `make` returns what follows in the address: parameters, or another page of practice.
    """
    here, rest = seat(request.user, slug), ""
    if not form.is_valid():
        return error_response(request, HTTPStatus.BAD_REQUEST, BROKEN)
    if here.plan is None:
        return redirect("practice-deck", here.edition.slug)
    asked = form.cleaned_data["question"]
    entry = next((each for each in here.plan.entries(here.bank) if each.id == asked), None)
    try:
        if entry is None:
            messages.warning(request, LEFT)
        else:
            rest = make(Change(request, here, here.plan, entry, form.cleaned_data))
    except Stale:
        messages.warning(request, STALE)
    return redirect(f"{reverse('practice', args=[here.edition.slug])}{rest}")
