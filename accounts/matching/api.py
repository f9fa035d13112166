"""Programmes that fit a person, for clients of the API: the page's own parameters and its own ranking."""

from typing import Any, TypedDict

from django.http import QueryDict
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse
from rest_framework.views import APIView

from accounts.matching.form import MatchForm
from accounts.matching.results import Row, found_by, rows_of
from courses.languages import LANGUAGES
from courses.models import Course, Provider
from portal.openapi import PAGED, paged, problems
from portal.pagination import Pages

ONCE = {"goal", "hours", "budget", "currency", "free", "page", "page_size"}
YES_OR_NO = ("true", "false")


class WhyMatched(TypedDict):
    """What `answer` (skills, time, budget, format, language) has to do with it: it fits, or it is unknown."""

    answer: str
    verdict: str
    words: str


class MatchedCourse(TypedDict):
    """A course that may do; `covers` are the skills of `lacking` that it teaches, `fitting` how many of the
    other answers it is known to fit.
    """

    slug: str
    title: str
    provider: str | None
    platform: str | None
    covers: list[str]
    fitting: int
    reasons: list[WhyMatched]
    url: str


class KeptOut(TypedDict):
    """How many courses come in addition if this `answer` alone is taken back."""

    answer: str
    count: int


def _parameter(name: str, type_: Any, description: str, **options: Any) -> OpenApiParameter:
    return OpenApiParameter(name, type_, description=description, **options)


PARAMETERS = [
    _parameter("goal", str, "A guide, by its slug: the skills of its path are what is needed."),
    _parameter(
        "skill", str, "A skill that is needed, by its slug. `goal` or `skill` is required.", many=True
    ),
    _parameter("know", str, "A skill that is known already, by its slug.", many=True),
    _parameter("hours", int, "Hours a week, from 1 to 168."),
    _parameter("budget", float, "What a course may cost at most, in `currency`. 0: only what is free."),
    _parameter("currency", str, "The three letters of ISO 4217. Prices in others are not converted."),
    _parameter("free", str, "Whether only free courses will do.", enum=YES_OR_NO),
    _parameter("format", str, "How it may be taught.", many=True, enum=Course.Format.values),
    _parameter(
        "language",
        str,
        "A language that the person understands.",
        many=True,
        enum=[code for code, _ in LANGUAGES],
    ),
    *PAGED,
]


class MatchView(APIView):
    @extend_schema(
        operation_id="courses_match",
        summary="Courses that fit a person, best first, with the reasons",
        description=(
            "Ranked by how many of the skills that are needed and not known a course covers, then by how "
            "many of the other answers it is known to fit, then by whether it was checked that it can be "
            "had, and by its rating. What is known to miss an answer is left out and counted in `kept_out`; "
            "what is not known keeps nothing out."
        ),
        parameters=PARAMETERS,
        responses={
            200: OpenApiResponse(paged(MatchedCourse, lacking=list[str], kept_out=list[KeptOut])),
            **problems(400),
        },
    )
    def get(self, request: Request) -> Response:
        form = _asked(request.query_params)
        found, pages = found_by(form), Pages()
        page: Any = pages.paginate_queryset(found.ranking.matches, request, view=self)
        response = pages.get_paginated_response([_told(row, request) for row in rows_of(found, page)])
        response.data["lacking"] = [skill.slug for skill in found.lacking]
        response.data["kept_out"] = [
            {"answer": answer, "count": number} for answer, number in found.ranking.kept_out.items()
        ]
        return response


def _asked(params: QueryDict) -> MatchForm:
    """Return the valid form of what is asked. Raises `ValidationError` that names what is not understood."""
    names = [parameter.name for parameter in PARAMETERS]
    wrong = {
        name: f"There is no such parameter. Use {', '.join(names)}." for name in params if name not in names
    }
    wrong |= {name: "Give it once." for name in params if name in ONCE and len(params.getlist(name)) > 1}
    if params.get("free", "true") not in YES_OR_NO:
        wrong["free"] = "Use true or false."
    form = MatchForm(params)
    if wrong or not form.is_valid():
        said = {name: [str(each) for each in errors] for name, errors in form.errors.items()}
        raise ValidationError(said | {name: [words] for name, words in wrong.items()})
    return form


def _told(row: Row, request: Request) -> MatchedCourse:
    course, found = row.course, row.match
    return {
        "slug": course.slug,
        "title": course.title,
        "provider": _slug(course.provider),
        "platform": _slug(course.platform),
        "covers": [skill.slug for skill in row.covers],
        "fitting": found.score.fitting,
        "reasons": [
            {"answer": reason.answer, "verdict": reason.verdict, "words": reason.words}
            for reason in found.reasons
        ],
        "url": reverse("course", args=[course.slug], request=request),
    }


def _slug(provider: Provider | None) -> str | None:
    return provider.slug if provider else None
