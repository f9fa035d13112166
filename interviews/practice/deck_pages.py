"""The deck of a learner, its end, and what was done with it."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.http import LearnerRequest
from guides.moves import leads_on
from interviews.bank import Area, Entry
from interviews.practice import aside
from interviews.practice.decks import keep_deck
from interviews.practice.due import cards_of
from interviews.practice.forms import DeckForm, initial_of
from interviews.practice.history import history_of
from interviews.practice.plans import Plan
from interviews.practice.queue import is_aside
from interviews.practice.session import Seat, seat
from interviews.practice.showing import BROKEN, shown
from portal.errors import error_response


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@leads_on
def deck(request: LearnerRequest, slug: str) -> HttpResponse:
    """Begin a deck, or change it; and the cards that were set aside."""
    here = seat(request.user, slug)
    topics = _topics(here)
    data = request.POST if request.method == "POST" else None
    form = DeckForm(data, topics=topics, initial=initial_of(here.plan, [topic for topic, _ in topics]))
    if form.is_valid():
        _keep(here, form, [topic for topic, _ in topics])
        messages.success(request, "Your deck is changed." if here.plan else "Your deck is ready.")
        return redirect("practice", here.edition.slug)
    status = HTTPStatus.BAD_REQUEST if form.errors else HTTPStatus.OK
    return shown(request, here, "deck", "Your deck", status, form=form, aside=_aside(here))


def _topics(here: Seat) -> list[tuple[Area, int]]:
    """Return the topics of a guide, with how many questions each has."""
    asked = [entry.topic for entry in here.bank.of_guide(here.guide)]
    return [(topic, asked.count(topic)) for topic in here.bank.topics if topic in asked]


def _keep(here: Seat, form: DeckForm, topics: list[Area]) -> None:
    said = form.cleaned_data
    keep_deck(
        here.user,
        here.guide,
        takes_all=said["takes_all"],
        topics=[topic.id for topic in topics if topic.slug in said["topics"]],
        new_a_day=said["new_a_day"],
        time_zone=said["time_zone"],
    )


def _aside(here: Seat) -> list[tuple[Entry, Any]]:
    """Return the cards of a deck that are set aside, with their questions."""
    if here.plan is None:
        return []
    cards, now = cards_of(here.user), timezone.now()
    return [
        (entry, cards[entry.id])
        for entry in here.plan.entries(here.bank)
        if entry.id in cards and is_aside(cards[entry.id], now)
    ]


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@leads_on
def start_anew(request: LearnerRequest, slug: str) -> HttpResponse:
    """Ask whether a deck is to begin anew or to be deleted, and do it."""
    here = seat(request.user, slug)
    if here.plan is None:
        return redirect("practice-deck", here.edition.slug)
    if request.method != "POST":
        return shown(request, here, "reset", "Start anew, or delete")
    ways = {"reset": _reset, "delete": _delete}
    way = ways.get(request.POST.get("what", ""))
    return way(request, here, here.plan) if way else error_response(request, HTTPStatus.BAD_REQUEST, BROKEN)


def _reset(request: LearnerRequest, here: Seat, plan: Plan) -> HttpResponse:
    aside.reset(here.user, plan, here.bank)
    messages.success(request, "All cards are new again. What you rated stays in your history.")
    return redirect("practice", here.edition.slug)


def _delete(request: LearnerRequest, here: Seat, plan: Plan) -> HttpResponse:
    aside.leave(here.user, plan)
    messages.success(request, f"Your deck of “{here.edition.title}” and its history are deleted.")
    return redirect("interview", here.edition.slug)


@require_safe
@login_required
@leads_on
def history(request: LearnerRequest, slug: str) -> HttpResponse:
    """What was rated, day by day."""
    here = seat(request.user, slug)
    if here.plan is None:
        return redirect("practice-deck", here.edition.slug)
    found = history_of(here.user, here.plan, here.bank, timezone.now(), _page(request))
    return shown(request, here, "history", "What you did", history=found)


def _page(request: HttpRequest) -> int:
    """Return the number of the page that is asked for; raises `Http404` if there can be none."""
    said = request.GET.get("page", "1")
    if not (said.isascii() and said.isdigit() and len(said) < 4 and int(said)):
        raise Http404("Pages are numbered from 1.")
    return int(said)
