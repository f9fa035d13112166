"""The search, for clients of the API."""

from typing import Any, TypedDict

from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from portal.addresses import absolute
from portal.openapi import PAGED, paged, problems
from portal.pagination import Pages
from search.finding import Hit, Hits, answered
from search.marks import Pieces
from search.models import SearchDocument

KINDS = SearchDocument.Kind.values
PARAMETERS = ("q", "kind", "page", "page_size")


class SearchResult(TypedDict):
    """A thing that was found: plain texts, the address of its page, and what it is a part of, if anything."""

    kind: str
    title: str
    url: str
    snippet: str
    within: str


class SearchView(APIView):
    @extend_schema(
        operation_id="search",
        summary="What a query finds in the whole site, best first",
        description=(
            "`count` is that of the kinds asked for, `counts` has that of each. `corrected` is the query "
            "that is answered in the place of one with typos, or empty; `is_loose` says that nothing has "
            "all its words, so that what has some of them is given."
        ),
        parameters=[
            OpenApiParameter("q", str, required=True, description="The last word may be begun."),
            OpenApiParameter("kind", str, enum=KINDS, many=True, description="Repeat it for several."),
            *PAGED,
        ],
        responses={
            200: OpenApiResponse(paged(SearchResult, counts=dict[str, int], corrected=str, is_loose=bool)),
            **problems(400, 404),
        },
    )
    def get(self, request: Request) -> Response:
        query, kinds = _asked(request)
        answer, pages = answered(query), Pages()
        hits: Any = Hits(answer, kinds)  # what a paginator takes, though no queryset
        found: list[Hit] | None = pages.paginate_queryset(hits, request, view=self)
        response = pages.get_paginated_response([_result(hit) for hit in found or []])
        response.data |= {"counts": answer.counts, "corrected": answer.corrected, "is_loose": answer.is_loose}
        return response


def _asked(request: Request) -> tuple[str, list[str]]:
    """Return the query and the kinds that the request names; raises `ValidationError`."""
    params = request.query_params
    faults = {
        name: f"There is no such parameter. Use some of {', '.join(PARAMETERS)}."
        for name in params
        if name not in PARAMETERS
    }
    if not params.get("q", "").strip():
        faults["q"] = "Say what to look for, such as ?q=python."
    if unknown := [kind for kind in params.getlist("kind") if kind not in KINDS]:
        faults["kind"] = f"There is no kind “{unknown[0][:40]}”. Use some of {', '.join(KINDS)}."
    if faults:
        raise ValidationError(faults)
    return params["q"], params.getlist("kind")


def _result(hit: Hit) -> SearchResult:
    return {
        "kind": hit.kind,
        "title": _plain(hit.title),
        "url": absolute(hit.url),
        "snippet": _plain(hit.snippet),
        "within": hit.within,
    }


def _plain(pieces: Pieces) -> str:
    return "".join(piece.text for piece in pieces)
