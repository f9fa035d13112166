"""Questions for clients of the API."""

from typing import Any, TypedDict
from uuid import UUID

from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from interviews.asking import ask
from interviews.bank import Entry, Named, bank_at
from interviews.models import Question
from interviews.places import canonical_of
from interviews.standing import Standing, standing
from portal.addresses import absolute
from portal.openapi import PAGED, paged, problems, schema_of
from portal.pagination import Pages

ALSO = ("guide", "page", "page_size")


class QuestionTopic(TypedDict):
    slug: str
    name: str


class NamedBy(TypedDict):
    """Who names the topic of a question; `key` is that of a source of the guides."""

    key: str
    publisher: str
    title: str
    url: str
    words: str


class InterviewQuestion(TypedDict):
    """A question with its model answer: Markdown, and the same as HTML. `guides` are slugs."""

    id: UUID
    slug: str
    text: str
    answer: str
    answer_html: str
    shows: str
    mistakes: str
    topic: QuestionTopic
    difficulty: str
    kind: str
    guides: list[str]
    named_by: NamedBy | None
    page: str


class OpenView(APIView):
    """The same for everybody: no session is read, so an answer can be kept and asked for by its tag."""

    authentication_classes = ()


class QuestionsView(OpenView):
    @extend_schema(
        operation_id="interview_questions_list",
        summary="Interview questions with model answers, by topic",
        parameters=[
            OpenApiParameter("guide", str, description="The slug of a guide that asks it."),
            OpenApiParameter("topic", str, description="The slug of a topic, such as `statistics`."),
            OpenApiParameter("difficulty", str, enum=Question.Difficulty.values),
            OpenApiParameter("kind", str, enum=Question.Kind.values),
            OpenApiParameter(
                "q", str, description="Words that it has, begun or whole; at most 200 characters."
            ),
            *PAGED,
        ],
        responses={200: OpenApiResponse(paged(InterviewQuestion)), **problems(400, 404)},
    )
    def get(self, request: Request) -> Response:
        now = standing()
        pages = Pages()
        found: Any = pages.paginate_queryset(_asked(request, now), request, view=self)
        return pages.get_paginated_response([_told(entry, now) for entry in found])


class QuestionView(OpenView):
    @extend_schema(
        operation_id="interview_questions_retrieve",
        summary="An interview question with its model answer",
        responses={200: OpenApiResponse(schema_of(InterviewQuestion)), **problems(404)},
    )
    def get(self, request: Request, slug: str) -> Response:
        now = standing()
        entries = bank_at(now.version).public(now.editions)
        entry = next((each for each in entries if each.slug == slug), None)
        if entry is None:
            raise NotFound(f"There is no question “{slug}”. GET /api/v1/interview-questions/ lists them.")
        return Response(_told(entry, now))


def _asked(request: Request, now: Standing) -> Any:
    """Return the questions that the request asks for; raises `ValidationError`. A paginator takes a list."""
    bank = bank_at(now.version)
    asked, faults = ask(request.query_params, bank.topics, also=ALSO)
    named: dict[str, list[str]] = {}
    for fault in faults:
        named.setdefault(fault.name, []).append(fault.message)
    guides = {edition.slug: guide for guide, edition in now.editions.items()}
    slugs = [slug for slug in request.query_params.getlist("guide") if slug]
    if len(slugs) > 1:
        named["guide"] = ["Give “guide” once."]
    elif slugs and slugs[0] not in guides:
        named["guide"] = [f"There is no guide “{slugs[0][:40]}”. GET /api/v1/guides/ lists them."]
    if named:
        raise ValidationError(named)
    entries = bank.of_guide(guides[slugs[0]]) if slugs else bank.public(now.editions)
    return asked.answered(entries)


def _told(entry: Entry, now: Standing) -> InterviewQuestion:
    return {
        "id": entry.id,
        "slug": entry.slug,
        "text": entry.text,
        "answer": entry.answer,
        "answer_html": entry.html,
        "shows": entry.shows,
        "mistakes": entry.mistakes,
        "topic": {"slug": entry.topic.slug, "name": entry.topic.name},
        "difficulty": entry.difficulty,
        "kind": entry.kind,
        "guides": [edition.slug for guide, edition in now.editions.items() if guide in entry.guides],
        "named_by": _named(entry.named) if entry.named else None,
        "page": absolute(canonical_of(entry, now)),
    }


def _named(named: Named) -> NamedBy:
    return {
        "key": named.key,
        "publisher": named.publisher,
        "title": named.title,
        "url": named.url,
        "words": named.words,
    }
