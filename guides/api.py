"""Guides for clients of the API."""

from typing import Any

from django.http import Http404, HttpResponse
from django.utils.cache import patch_vary_headers
from drf_spectacular.utils import OpenApiResponse, extend_schema, extend_schema_view
from rest_framework import serializers, viewsets
from rest_framework.exceptions import NotFound
from rest_framework.request import Request

from guides.document import Document
from guides.editions import public_edition, stored
from guides.models import Edition
from guides.moves import Moved, moved_to
from portal.openapi import problems, schema_of


class GuideSerializer(serializers.ModelSerializer[Edition]):
    """A guide in a list, as its current edition has it."""

    id = serializers.UUIDField(source="guide_id", read_only=True)
    edition = serializers.IntegerField(source="number", read_only=True)
    published_at = serializers.DateTimeField(source="live_at", read_only=True)
    step_count = serializers.IntegerField(read_only=True)
    url = serializers.HyperlinkedIdentityField(view_name="api-guide-detail", lookup_field="slug")

    class Meta:
        model = Edition
        fields = ("id", "slug", "title", "summary", "edition", "published_at", "sha256", "step_count", "url")


@extend_schema_view(
    list=extend_schema(summary="All guides, by title", responses={200: GuideSerializer, **problems(400)})
)
class GuideViewSet(viewsets.ReadOnlyModelViewSet[Edition]):
    """Published guides."""

    serializer_class = GuideSerializer
    lookup_field = "slug"
    lookup_value_regex = "[-a-zA-Z0-9_]+"

    def get_queryset(self) -> Any:
        return Edition.objects.public().for_index()

    @extend_schema(
        summary="A guide: the document of its current edition",
        description="The bytes are the ones that `sha256` of the list was computed from.",
        responses={
            200: OpenApiResponse(schema_of(Document)),
            301: OpenApiResponse(None, "The guide has another slug now; `Location` has its address."),
            **problems(404),
        },
    )
    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Any:
        slug = kwargs["slug"]
        try:
            return send(request, public_edition(slug).sha256)
        except Moved as moved:
            return moved_to(request, moved.slug)
        except Http404 as error:
            raise NotFound(f"{error} GET /api/v1/guides/ lists them.") from error


def send(request: Request, sha256: str) -> HttpResponse:
    """Answer with the document of an edition as it is stored, compressed where the client takes it."""
    plain, compressed = stored(sha256)
    if "gzip" in request.headers.get("Accept-Encoding", ""):
        response = HttpResponse(compressed, content_type="application/json")
        response["Content-Encoding"] = "gzip"
        response["ETag"] = f'W/"{sha256}"'
    else:
        response = HttpResponse(plain, content_type="application/json")
        response["ETag"] = f'"{sha256}"'
    response["Cache-Control"] = "no-cache"
    patch_vary_headers(response, ("Accept-Encoding",))
    return response
