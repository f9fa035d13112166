"""What a learner saved for later, and the button that saves."""

from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from accounts.http import HtmxRequest, LearnerRequest, next_of, to_login
from accounts.saving import Offer, offer_at, save, unsave
from portal.errors import error_response

PAGE_SIZE = 50


@require_safe
@login_required
def saved_list(request: LearnerRequest) -> HttpResponse:
    """All that the learner saved, the latest first."""
    found = Paginator(request.user.saved.for_list(), PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "accounts/saved.html", {"page": found})


@require_POST
def say_saved(request: HtmxRequest, kind: str, slug: str) -> HttpResponse:
    """Save an offer, or take it off again. The form posts what is to be: sent twice, it is harmless."""
    is_wanted = {"yes": True, "no": False}.get(request.POST.get("saved", ""))
    if is_wanted is None:
        return error_response(request, HTTPStatus.BAD_REQUEST, "Say whether to save it: saved=yes or no.")
    if not request.user.is_authenticated:
        return to_login(request, next=next_of(request), save=f"{kind}:{slug}" if is_wanted else "")
    offer = offer_at(kind, slug)
    (save if is_wanted else unsave)(request.user, offer)
    if request.htmx:
        return _button(request, offer, kind, is_wanted)
    messages.success(request, words_of(offer, is_wanted))
    return redirect(next_of(request) or "saved")


def words_of(offer: Offer, is_saved: bool) -> str:
    """Return the sentence that says what was just done."""
    return f"Saved for later: {offer}." if is_saved else f"No longer saved: {offer}."


def _button(request: HttpRequest, offer: Offer, kind: str, is_saved: bool) -> HttpResponse:
    said = words_of(offer, is_saved)
    context = {"offer": offer, "kind": kind, "is_saved": is_saved, "said": said}
    return render(request, "courses/save.html", context)
