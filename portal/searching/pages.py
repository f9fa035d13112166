"""The page of the search, and its suggestions."""

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from search.finding import Answer, Hit, Hits, answered, find, find_grouped
from search.models import SearchDocument

KINDS = dict(SearchDocument.Kind.choices)
EACH = 5  # of each kind on the page of all
PAGE_SIZE = 20
SUGGESTIONS = 8
SHORTEST = 2  # signs that suggestions are made for


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """What `?q=` finds: the best of each kind, or all of the kind that `?kind=` names."""
    query, kind = request.GET.get("q", ""), request.GET.get("kind", "")
    if kind not in KINDS:
        return render(request, "search/search.html", _all(query))
    return render(request, "search/search.html", _one(query, kind, request.GET.get("page")))


def _all(query: str) -> dict[str, Any]:
    found = find_grouped(query, each=EACH)
    return {**_context(found), "groups": _groups(found.hits, found.counts)}


def _one(query: str, kind: str, number: str | None) -> dict[str, Any]:
    answer = answered(query)
    hits: Any = Hits(answer, [kind])  # what a paginator takes, though no list
    page = Paginator(hits, PAGE_SIZE).get_page(number)
    return {**_context(answer), "kind": kind, "page": page, "groups": _groups(page, answer.counts)}


def _context(answer: Answer) -> dict[str, Any]:
    kinds = [(kind, label, answer.counts[kind]) for kind, label in KINDS.items() if answer.counts.get(kind)]
    return {"asked": answer.said, "answer": answer, "kinds": kinds}


def _groups(hits: Iterable[Hit], counts: dict[str, int]) -> list[dict[str, Any]]:
    """Return the hits by their kinds, in the order of the kinds."""
    order = list(KINDS)
    by_kind = groupby(sorted(hits, key=lambda hit: order.index(hit.kind)), key=lambda hit: hit.kind)
    return [
        {"kind": kind, "label": KINDS[kind], "count": counts[kind], "hits": list(group)}
        for kind, group in by_kind
    ]


@require_safe
def suggestions(request: HttpRequest) -> HttpResponse:
    """The best few that `?q=` finds, as the options of a list box; the same for everybody."""
    query = request.GET.get("q", "")
    hits = find(query, limit=SUGGESTIONS).hits if len(query.strip()) >= SHORTEST else ()
    response = render(request, "search/suggestions.html", {"hits": hits})
    response["Cache-Control"] = "max-age=60"  # seconds; one types the same beginnings again
    return response
