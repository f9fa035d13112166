"""The skills gap for clients of the API: the page's own reading, as spans and slugs."""

from http import HTTPStatus
from typing import Any, TypedDict

from django.http import Http404
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import APIException, NotFound, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse
from rest_framework.views import APIView

from gap.analysis import Asked, Gap, Teacher, gap_of
from gap.forms import TOO_LONG, fault_of
from gap.reading import LONGEST
from gap.throttling import Analyses
from portal.addresses import absolute
from portal.openapi import problems, schema_of
from portal.problems import Problem

LARGEST = 1024**2  # bytes of a request


class TextTooLong(APIException):
    status_code = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    default_detail = TOO_LONG
    default_code = "too_long"


class FoundSkill(TypedDict):
    """A place that names a skill: code points of the text as sent, counted from 0, `end` left out."""

    skill: str
    name: str
    start: int
    end: int


class TeachingStep(TypedDict):
    """A step of a public guide."""

    guide: str
    id: str
    slug: str
    title: str
    url: str


class TeachingCourse(TypedDict):
    slug: str
    title: str
    url: str


class CoveredSkill(TypedDict):
    """A skill that done steps cover, which are named."""

    skill: str
    name: str
    steps: list[TeachingStep]


class MissingSkill(TypedDict):
    skill: str
    name: str


class Suggestion(TypedDict):
    """What teaches a missing skill: steps of this guide, else of others, and at most three courses."""

    skill: str
    steps: list[TeachingStep]
    courses: list[TeachingCourse]


class SkillsGap(TypedDict):
    """Skills in the order in which the text first names them; `unasked` are names of skills of the path."""

    guide: str
    found: list[FoundSkill]
    covered: list[CoveredSkill]
    missing: list[MissingSkill]
    suggested: list[Suggestion]
    unasked: list[str]


class PostingSerializer(serializers.Serializer[Any]):
    """The text of a posting, as it stands: blanks at its ends are kept, so that offsets fit."""

    text = serializers.CharField(
        trim_whitespace=False, allow_blank=True, help_text=f"At most {LONGEST:,} characters."
    )

    def validate_text(self, text: str) -> str:
        if len(text) > LONGEST:
            raise TextTooLong
        if fault := fault_of(text):
            raise ValidationError(fault)
        return text


class GapView(APIView):
    throttle_classes = (Analyses,)

    @extend_schema(
        operation_id="guides_gap",
        summary="The skills that a posting asks for, beside a guide",
        description=(
            "Offsets count code points of `text` as it was sent, as Python does; JavaScript counts UTF-16 "
            "units: there, use `Array.from(text).slice(start, end)`. With the cookie of a learner's session, "
            "`covered` has what their completed steps cover; for visitors it is empty and all is `missing`. "
            "Names that the text says are not needed are left out. Nothing of the text is stored or logged."
        ),
        request=PostingSerializer,
        responses={
            200: OpenApiResponse(schema_of(SkillsGap)),
            **problems(400, 403, 404),
            (413, "application/problem+json"): OpenApiResponse(schema_of(Problem), TOO_LONG),
        },
    )
    def post(self, request: Request, slug: str) -> Response:
        text = _text(request)
        try:
            found = gap_of(text, slug, request.user)
        except Http404 as error:
            raise NotFound(f"{error} GET /api/v1/guides/ lists them.") from error
        return Response(_told(found, request), headers={"Cache-Control": "private, no-store"})


def _text(request: Request) -> str:
    """Return the text that was sent. Raises what names what is wrong with the request."""
    if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST:
        raise TextTooLong
    wrong = dict.fromkeys(request.query_params, "There is no such parameter. Send the text in the body.")
    if isinstance(request.data, dict):
        if not isinstance(request.data.get("text", ""), str):
            wrong["text"] = "Must be a string."
        wrong |= {name: "There is no such field. Use text." for name in request.data if name != "text"}
    if wrong:
        raise ValidationError(wrong)
    form = PostingSerializer(data=request.data)
    form.is_valid(raise_exception=True)
    text: str = form.validated_data["text"]
    return text


def _told(gap: Gap, request: Request) -> SkillsGap:
    names = {skill.slug: skill.name for skill in gap.asked}
    return {
        "guide": gap.edition.slug,
        "found": [
            {"skill": each.slug, "name": names[each.slug], "start": each.start, "end": each.end}
            for each in gap.found
        ],
        "covered": [
            {"skill": skill.slug, "name": skill.name, "steps": list(map(_step, skill.covered_by))}
            for skill in gap.covered
        ],
        "missing": [{"skill": skill.slug, "name": skill.name} for skill in gap.missing],
        "suggested": [_suggestion(skill, request) for skill in gap.taught],
        "unasked": list(gap.unasked),
    }


def _suggestion(skill: Asked, request: Request) -> Suggestion:
    courses: list[TeachingCourse] = [
        {"slug": slug, "title": title, "url": reverse("course", args=[slug], request=request)}
        for slug, title in skill.courses
    ]
    return {"skill": skill.slug, "steps": list(map(_step, skill.steps)), "courses": courses}


def _step(step: Teacher) -> TeachingStep:
    return {
        "guide": step.guide,
        "id": step.id,
        "slug": step.slug,
        "title": step.title,
        "url": absolute(step.address),
    }
