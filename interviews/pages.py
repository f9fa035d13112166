"""Pages that anybody may read: the questions of a guide, and each by itself."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.models import User
from guides.editions import PublicEdition
from guides.moves import leads_on
from interviews import linked_data
from interviews.bank import Bank, Entry, bank_at
from interviews.listing import Listing
from interviews.places import canonical_of
from interviews.practice.due import Due, due_in
from interviews.standing import Standing, standing
from portal.visitors import page

RELATED = 6  # other questions of the topic

Somebody = User | AnonymousUser


@require_safe
@leads_on
def interview(request: HttpRequest, slug: str) -> HttpResponse:
    """The questions of a guide by topic, with filters; what is asked wrongly is left out and said."""
    now = standing()
    guide, edition = now.at(slug)
    bank = bank_at(now.version)
    listing = Listing(bank.of_guide(guide), bank.topics, request.GET)

    def context() -> dict[str, Any]:
        return _list(listing, edition, now) | {"practice": _practice(request.user, guide, bank)}

    template = "interviews/list.html"
    if listing.is_plain:
        key = f"{edition.key} {now.version} {listing.asked.address} {now.names}"
        return page(request, key, template, context)
    status = HTTPStatus.BAD_REQUEST if listing.faults else HTTPStatus.OK
    return render(request, template, context(), status=status)


def _list(listing: Listing, edition: PublicEdition, now: Standing) -> dict[str, Any]:
    return {
        "edition": edition,
        "page_title": "Interview practice",
        "listing": listing,
        "linked_data": linked_data.of_list(
            edition, [(entry, canonical_of(entry, now)) for entry in listing.found]
        ),
    }


@require_safe
@leads_on
def question(request: HttpRequest, slug: str, question: str) -> HttpResponse:
    """A question with its answer, and others of its topic."""
    now = standing()
    guide, edition = now.at(slug)
    entries = bank_at(now.version).of_guide(guide)
    entry = next((entry for entry in entries if entry.slug == question), None)
    if entry is None:
        raise Http404(f"This guide asks no question “{question}”.")
    key = f"{edition.key} {now.version} {question} {now.names}"
    return page(request, key, "interviews/question.html", lambda: _question(entry, entries, edition, now))


def _question(
    entry: Entry, entries: tuple[Entry, ...], edition: PublicEdition, now: Standing
) -> dict[str, Any]:
    canonical = canonical_of(entry, now)
    others = [other for other in entries if other.topic == entry.topic and other != entry]
    return {
        "edition": edition,
        "page_title": entry.text,
        "entry": entry,
        "canonical": canonical,
        "related": _around(entry, entries, others),
        "also_in": [
            other for guide, other in now.editions.items() if guide in entry.guides and other != edition
        ],
        "linked_data": linked_data.of_question(entry, edition, canonical),
    }


def _around(entry: Entry, entries: tuple[Entry, ...], others: list[Entry]) -> list[Entry]:
    """Return `RELATED` others of the topic: those that follow the question, and on from the first again."""
    place = entries.index(entry)
    following = [other for other in others if entries.index(other) > place]
    return [*following, *(other for other in others if other not in following)][:RELATED]


def _practice(user: Somebody, guide: UUID, bank: Bank) -> Due | None:
    """Return what waits for a learner in this guide; nothing for visitors, and where nothing is practised."""
    return due_in(user, guide, bank, timezone.now()) if isinstance(user, User) else None
