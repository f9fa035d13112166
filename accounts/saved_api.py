"""What a learner saved for later, for clients of the API."""

from typing import Any, TypedDict

from django.http import Http404
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import status
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api import LearnerView
from accounts.models import Saved
from accounts.saving import MODELS, Offer, kind_of, offer_at, save, unsave
from portal.openapi import PAGED, paged, problems, schema_of
from portal.pagination import Pages


class SavedOffer(TypedDict):
    """A course or a certification that the learner saved; `kind` says which."""

    kind: str
    slug: str
    title: str
    saved_at: str


_OFFER = [
    OpenApiParameter("kind", str, OpenApiParameter.PATH, enum=list(MODELS)),
    OpenApiParameter("slug", str, OpenApiParameter.PATH),
]


class SavedListView(LearnerView):
    @extend_schema(
        operation_id="me_saved_list",
        summary="What the learner saved for later, the latest first",
        parameters=PAGED,
        responses={200: OpenApiResponse(paged(SavedOffer)), **problems(400, 403, 404)},
    )
    def get(self, request: Request) -> Response:
        pages = Pages()
        found = pages.paginate_queryset(self.learner.saved.for_list(), request, view=self) or []
        return pages.get_paginated_response([_saved(saved) for saved in found])


class SavedView(LearnerView):
    @extend_schema(
        operation_id="me_saved_put",
        summary="Save a course or a certification",
        parameters=_OFFER,
        request=None,
        responses={
            201: OpenApiResponse(schema_of(SavedOffer), "It is saved."),
            200: OpenApiResponse(schema_of(SavedOffer), "It was saved already; nothing changed."),
            **problems(403, 404),
        },
    )
    def put(self, request: Request, kind: str, slug: str) -> Response:
        offer = _offer(kind, slug)
        is_new = save(self.learner, offer)
        body = _saved(self.learner.saved.for_list().get(**{kind_of(offer): offer}))
        return Response(body, status.HTTP_201_CREATED if is_new else status.HTTP_200_OK)

    @extend_schema(
        operation_id="me_saved_delete",
        summary="Take a course or a certification off the list",
        parameters=_OFFER,
        responses={204: None, **problems(403, 404)},
    )
    def delete(self, request: Request, kind: str, slug: str) -> Response:
        unsave(self.learner, _offer(kind, slug))
        return Response(status=status.HTTP_204_NO_CONTENT)


def _offer(kind: str, slug: str) -> Offer:
    try:
        return offer_at(kind, slug)
    except Http404 as unknown:
        kinds = " or ".join(MODELS)
        raise NotFound(f"{unknown} The address ends with {kinds}, a slash and a slug.") from unknown


def _saved(saved: Saved) -> dict[str, Any]:
    return {
        "kind": saved.kind,
        "slug": saved.offer.slug,
        "title": saved.offer.title,
        "saved_at": saved.saved_at,
    }
