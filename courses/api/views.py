"""Lists with the filters of the pages, their facets, and single things by slug."""

from typing import Any, ClassVar, TypedDict

from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema, extend_schema_view
from rest_framework import viewsets
from rest_framework.decorators import action
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from courses.api.serializers import (
    CertificationSerializer,
    CourseSerializer,
    ProviderSerializer,
    SkillSerializer,
)
from courses.browsing import CERTIFICATIONS, COURSES, Catalog
from courses.browsing.asking import ORDERS
from courses.browsing.filters import Choice, Filter
from courses.listing import Listing
from courses.models import Certification, Course, Provider, Skill
from portal.openapi import problems, schema_of

PAGES = ("page", "page_size")
SLUG = "[-a-zA-Z0-9_]+"


class FacetValue(TypedDict):
    """A value of a filter, and how many there are of it under all other filters."""

    value: str
    label: str
    count: int


def parameters_of(catalog: Catalog) -> list[OpenApiParameter]:
    """Return the description of what a list of `catalog` takes."""
    orders = ", ".join(f"`{name}` ({ORDERS[name]})" for name in catalog.orders)
    return [
        *(OpenApiParameter(one.name, str, many=True, description=_described(one)) for one in catalog.filters),
        OpenApiParameter("search", str, description="Words to look for; at most 200 signs."),
        OpenApiParameter("currency", str, description="The currency of `price_max`; USD unless told."),
        OpenApiParameter("ordering", str, description=f"One of {orders}. What is unknown comes last."),
    ]


def _described(one: Filter) -> str:
    if isinstance(one, Choice):
        return f"Has this {one.words}; repeat it for several, of which one is enough."
    return f"Has a known {one.words} of {'at most' if one.bound == 'most' else 'at least'} this."


class OfferViewSet(viewsets.ReadOnlyModelViewSet[Any]):
    """What is listed, by the filters of the page, and each thing by its slug, listed or not."""

    catalog: ClassVar[Catalog]
    lookup_field = "slug"
    lookup_value_regex = SLUG
    filter_backends = ()

    def get_queryset(self) -> Any:
        return self.catalog.model._default_manager.for_page()  # type: ignore[attr-defined]  # of offers

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        listing = self._listing(request)
        ids = self.paginate_queryset(listing.answer.ids) or []
        rows = self.get_queryset().in_bulk(ids)
        offers = [rows[pk] for pk in ids if pk in rows]
        return self.get_paginated_response(self.get_serializer(offers, many=True).data)

    def _facets(self, request: Request) -> Response:
        facets = {facet.filter.name: facet.values for facet in self._listing(request).answer.facets}
        told = {
            one.name: [
                {"value": value.value, "label": value.label, "count": value.count}
                for value in facets.get(one.name, ())
                if value.count
            ]
            for one in self.catalog.filters
        }
        return Response(told)

    def _listing(self, request: Request) -> Listing:
        listing = Listing(self.catalog, request.query_params, also=PAGES)
        if listing.faults:
            named: dict[str, list[str]] = {}
            for fault in listing.faults:
                named.setdefault(fault.name, []).append(fault.message)
            raise ValidationError(named)
        return listing


FACETS = {200: OpenApiResponse(schema_of(dict[str, list[FacetValue]])), **problems(400)}


@extend_schema_view(
    list=extend_schema(
        summary="Courses by what they are",
        parameters=parameters_of(COURSES),
        responses={200: CourseSerializer(many=True), **problems(400, 404)},
    ),
    retrieve=extend_schema(summary="A course", responses={200: CourseSerializer, **problems(404)}),
)
class CourseViewSet(OfferViewSet):
    catalog = COURSES
    serializer_class = CourseSerializer
    queryset = Course.objects.none()  # for the description

    @extend_schema(
        summary="What the filters of courses offer",
        description="Keyed by the parameter that applies each filter; each counted under all others.",
        parameters=parameters_of(COURSES),
        responses=FACETS,
        filters=False,
    )
    @action(detail=False, pagination_class=None)
    def facets(self, request: Request) -> Response:
        return self._facets(request)


@extend_schema_view(
    list=extend_schema(
        summary="Certifications by what they are",
        parameters=parameters_of(CERTIFICATIONS),
        responses={200: CertificationSerializer(many=True), **problems(400, 404)},
    ),
    retrieve=extend_schema(
        summary="A certification", responses={200: CertificationSerializer, **problems(404)}
    ),
)
class CertificationViewSet(OfferViewSet):
    catalog = CERTIFICATIONS
    serializer_class = CertificationSerializer
    queryset = Certification.objects.none()  # for the description

    @extend_schema(
        summary="What the filters of certifications offer",
        description="Keyed by the parameter that applies each filter; each counted under all others.",
        parameters=parameters_of(CERTIFICATIONS),
        responses=FACETS,
        filters=False,
    )
    @action(detail=False, pagination_class=None)
    def facets(self, request: Request) -> Response:
        return self._facets(request)


class NamesViewSet(viewsets.ReadOnlyModelViewSet[Any]):
    """Things by name. A list takes its page and nothing else."""

    lookup_field = "slug"
    lookup_value_regex = SLUG

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        if unknown := [name for name in request.query_params if name not in PAGES]:
            raise ValidationError(
                {name: f"There is no parameter “{name}”. Use page or page_size." for name in unknown}
            )
        return super().list(request, *args, **kwargs)


@extend_schema_view(
    list=extend_schema(
        summary="All providers, by name",
        responses={200: ProviderSerializer(many=True), **problems(400, 404)},
    ),
    retrieve=extend_schema(summary="A provider", responses={200: ProviderSerializer, **problems(404)}),
)
class ProviderViewSet(NamesViewSet):
    queryset = Provider.objects.all()
    serializer_class = ProviderSerializer


@extend_schema_view(
    list=extend_schema(
        summary="All skills, by name", responses={200: SkillSerializer(many=True), **problems(400, 404)}
    ),
    retrieve=extend_schema(summary="A skill", responses={200: SkillSerializer, **problems(404)}),
)
class SkillViewSet(NamesViewSet):
    queryset = Skill.objects.prefetch_related("aliases")
    serializer_class = SkillSerializer
