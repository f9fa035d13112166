"""The page that asks five things and ranks programmes by the answers, which live in its address."""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.matching.form import PARAMETERS, MatchForm
from accounts.matching.results import Found, found_by, rows_of
from courses.matching import Answer

PAGE_SIZE = 20
WORDS = {
    Answer.TIME: "the hours a week",
    Answer.BUDGET: "the budget",
    Answer.FORMAT: "how it is taught",
    Answer.LANGUAGE: "the languages",
}


@dataclass(frozen=True)
class Relaxed:
    """An answer that could be taken out: its words, how many programmes that brings, and the address."""

    words: str
    number: int
    query: str


@require_safe
def match_page(request: HttpRequest) -> HttpResponse:
    """Ask, and rank what the answers find.

    An address that cannot be answered is a 400, so that nobody keeps or lists it; the page says what is wrong
    beside each field and keeps what was typed.
    """
    if not MatchForm.base_fields.keys() & request.GET.keys():
        return render(request, "courses/match.html", {"form": MatchForm.started(request.user)})
    form = MatchForm.asked(request.GET)
    context = {"form": form} | (_results(request, form) if form.is_valid() else {})
    status = HTTPStatus.BAD_REQUEST if form.errors else HTTPStatus.OK
    return render(request, "courses/match.html", context, status=status)


def _results(request: HttpRequest, form: MatchForm) -> dict[str, Any]:
    found = found_by(form)
    page = Paginator(found.ranking.matches, PAGE_SIZE).get_page(request.GET.get("page"))
    return {
        "goal": form.chosen_goal,
        "lacking": found.lacking,
        "ranking": found.ranking,
        "page": page,
        "rows": rows_of(found, list(page)),
        "relaxed": _relaxed(request.GET, found),
    }


def _relaxed(query: QueryDict, found: Found) -> list[Relaxed]:
    """Return the answers that keep programmes out, the one that keeps out most first."""
    most_first = sorted(found.ranking.kept_out.items(), key=lambda kept: -kept[1])
    return [Relaxed(WORDS[answer], number, _without(query, answer)) for answer, number in most_first]


def _without(query: QueryDict, answer: Answer) -> str:
    rest = query.copy()
    for name in (*PARAMETERS[answer], "page"):
        rest.pop(name, None)
    return rest.urlencode()
