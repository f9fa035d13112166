"""Lists of figures, with filters."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any, ClassVar
from uuid import UUID

from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import mixins, viewsets

from facts.api.asking import COMMON, SALARY, Filter, described, narrowed
from facts.api.serializers import OutlookSerializer, SalarySerializer
from facts.models import Outlook, Salary
from guides.models import Edition
from portal.openapi import problems

ORDER = ("guide__title", "guide", "place__name", "place", "source__publisher", "pk")


def parameters_of(filters: Sequence[Filter]) -> list[OpenApiParameter]:
    """Return the description of what a list with these filters takes."""
    return [
        *(OpenApiParameter(one.name, str, many=True, description=described(one)) for one in filters),
        OpenApiParameter("is_old", bool, description="Whether it is old; undated figures are."),
    ]


class FigureViewSet(mixins.ListModelMixin, viewsets.GenericViewSet[Any]):
    """Figures of careers whose guide is public, and of all occupations; each is what one source says."""

    model: ClassVar[type[Salary | Outlook]]
    filters: ClassVar[tuple[Filter, ...]]
    filter_backends = ()
    authentication_classes = ()  # they are the same for everybody, so they may be kept

    def get_queryset(self) -> Any:
        public = self.model.objects.public().order_by(*ORDER)
        ids = {slug: guide for guide, slug in self.slugs.items()}
        return narrowed(public.for_list(), self.filters, self.request.query_params, ids)

    def get_serializer_context(self) -> dict[str, Any]:
        return {**super().get_serializer_context(), "slugs": self.slugs}

    @cached_property
    def slugs(self) -> dict[UUID, str]:
        """The slugs of public guides by their ids."""
        return dict(Edition.objects.public().values_list("guide_id", "slug"))


@extend_schema_view(
    list=extend_schema(
        summary="What sources say that careers pay",
        description="Figures of different sources stand side by side; never average them.",
        parameters=parameters_of(SALARY),
        responses={200: SalarySerializer(many=True), **problems(400, 404)},
    )
)
class SalaryViewSet(FigureViewSet):
    model = Salary
    queryset = Salary.objects.none()  # for the description
    serializer_class = SalarySerializer
    filters = SALARY


@extend_schema_view(
    list=extend_schema(
        summary="What sources say of the demand for careers",
        description="Figures of different sources stand side by side; never average them.",
        parameters=parameters_of(COMMON),
        responses={200: OutlookSerializer(many=True), **problems(400, 404)},
    )
)
class OutlookViewSet(FigureViewSet):
    model = Outlook
    queryset = Outlook.objects.none()  # for the description
    serializer_class = OutlookSerializer
    filters = COMMON
