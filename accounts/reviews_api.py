"""Reviews of courses by learners, for clients of the API."""

from typing import Any, TypedDict

from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers, status
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.api import LearnerView
from accounts.models import Review
from accounts.review_forms import ReviewForm
from accounts.reviews import ReviewRefused, delete, review_of, standing_of, write
from courses.models import Course
from portal.openapi import PAGED, paged, problems, schema_of
from portal.pagination import Pages


class ShownReview(TypedDict):
    """A review: `stars` from 1 to 5, plain text, which may be empty, and the name that its author typed."""

    id: str
    stars: int
    text: str
    name: str
    written_at: str
    edited_at: str | None


class OwnReview(ShownReview):
    """The learner's own review; `hidden_reason` is what a moderator says, empty if it is shown."""

    is_hidden: bool
    hidden_reason: str


class StarsCount(TypedDict):
    stars: int
    count: int


class CourseStanding(TypedDict):
    """What all shown reviews give together; `mean` to one decimal, null without any."""

    count: int
    mean: float | None
    by_stars: list[StarsCount]


class ReviewSerializer(serializers.Serializer[Any]):
    """What a learner says of a course; the rules are those of the form on the page."""

    stars = serializers.IntegerField(min_value=1, max_value=5)
    text = serializers.CharField(required=False, allow_blank=True, max_length=4000)
    name = serializers.CharField(required=False, allow_blank=True, max_length=60)


class ReviewsView(APIView):
    @extend_schema(
        operation_id="courses_reviews_list",
        summary="What learners say of a course, the newest first",
        description="`standing` tells of all reviews, whichever page of them is asked for.",
        parameters=PAGED,
        responses={200: OpenApiResponse(paged(ShownReview, standing=CourseStanding)), **problems(400, 404)},
    )
    def get(self, request: Request, slug: str) -> Response:
        course, pages = _course(slug), Pages()
        found = pages.paginate_queryset(Review.objects.shown().filter(course=course), request, view=self)
        response = pages.get_paginated_response([_shown(review) for review in found or []])
        response.data["standing"] = _standing(course)
        return response


class OwnReviewView(LearnerView):
    @extend_schema(
        operation_id="me_reviews_retrieve",
        summary="The learner's own review of a course",
        responses={200: OpenApiResponse(schema_of(OwnReview)), **problems(403, 404)},
    )
    def get(self, request: Request, slug: str) -> Response:
        own = review_of(self.learner, _course(slug))
        if own is None:
            raise NotFound(f"You have not reviewed the course “{slug}”. PUT a review here to write one.")
        return Response(_own(own))

    @extend_schema(
        operation_id="me_reviews_put",
        summary="Write the learner's own review of a course, or write it anew",
        request=ReviewSerializer,
        responses={
            201: OpenApiResponse(schema_of(OwnReview), "It is written."),
            200: OpenApiResponse(schema_of(OwnReview), "It was there already and says this now."),
            **problems(400, 403, 404),
        },
    )
    def put(self, request: Request, slug: str) -> Response:
        course = _course(slug)
        is_new = review_of(self.learner, course) is None
        try:
            own = write(self.learner, course, **_said(request.data))
        except ReviewRefused as refused:
            raise ValidationError(str(refused)) from refused
        return Response(_own(own), status.HTTP_201_CREATED if is_new else status.HTTP_200_OK)

    @extend_schema(
        operation_id="me_reviews_delete",
        summary="Delete the learner's own review of a course",
        description="What a moderator hid loses its words and stays hidden.",
        responses={204: None, **problems(403, 404)},
    )
    def delete(self, request: Request, slug: str) -> Response:
        delete(self.learner, _course(slug))
        return Response(status=status.HTTP_204_NO_CONTENT)


def _course(slug: str) -> Course:
    try:
        return Course.objects.get(slug=slug)
    except Course.DoesNotExist as error:
        raise NotFound(f"There is no course “{slug}”. GET /api/v1/courses/ lists them.") from error


def _said(data: Any) -> dict[str, Any]:
    """Return what a request says, as the form of the page understands it. Raises `ValidationError`."""
    sent = ReviewSerializer(data=data)
    sent.is_valid(raise_exception=True)
    form = ReviewForm(sent.validated_data)
    if not form.is_valid():
        raise ValidationError({name: list(map(str, errors)) for name, errors in form.errors.items()})
    return form.cleaned_data


def _shown(review: Review) -> dict[str, Any]:
    return {
        "id": str(review.pk),
        "stars": review.stars,
        "text": review.text,
        "name": review.shown_name,
        "written_at": review.written_at,
        "edited_at": review.edited_at,
    }


def _own(review: Review) -> dict[str, Any]:
    hidden = {"is_hidden": review.is_hidden, "hidden_reason": review.hidden_reason}
    return {**_shown(review), "name": review.name, **hidden}


def _standing(course: Course) -> CourseStanding:
    standing = standing_of(course)
    return {
        "count": standing.count,
        "mean": None if standing.mean is None else float(standing.mean),
        "by_stars": [{"stars": share.stars, "count": share.count} for share in standing.by_stars],
    }
