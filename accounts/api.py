"""A learner's own things for clients of the API."""

import uuid
from contextlib import suppress
from typing import Any, TypedDict

from django.http import Http404
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import serializers, status
from rest_framework.exceptions import NotFound
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.credit import past
from accounts.models import User
from accounts.paths import Path, edition_at, path_on, paths_of, remaining, steps_for
from accounts.recording import Saying, follow, record
from guides.document import StepDocument, titles_of
from guides.models import Edition, Step
from guides.progress import State
from portal.openapi import problems, schema_of


class StepTitle(TypedDict):
    id: str
    title: str


class LeftRequirement(TypedDict):
    """A requirement that is not met; one complete route through `steps` is enough."""

    title: str
    steps: list[StepTitle]


class LearnersStep(TypedDict):
    """A step as the learner meets it: `counted_from` names the steps that a done step is counted from."""

    id: str
    slug: str
    title: str
    optional: bool
    choice: str
    route: str
    effort_hours: int | None
    state: str
    counted_from: list[StepTitle]


class LearnersStage(TypedDict):
    id: str
    slug: str
    title: str
    steps: list[LearnersStep]


class LearnersPath(TypedDict):
    """A path in a list; `percent` is the floor of 100 × `met` ÷ `total` requirements."""

    guide: str
    title: str
    edition: int
    percent: int
    met: int
    total: int


class WholePath(LearnersPath):
    remaining: list[LeftRequirement]
    next: list[StepTitle]
    stages: list[LearnersStage]
    past: list[StepTitle]


class SaidOfStep(TypedDict):
    """What the learner says of a step now, and the one percent of its path."""

    id: str
    title: str
    state: str
    guide: str
    percent: int


class StateSerializer(serializers.Serializer[Any]):
    """The state to set: not a toggle, so sending it twice is harmless."""

    state = serializers.ChoiceField(
        choices=[state.value for state in State],
        error_messages={
            "required": f"Say which state the step should have: one of {', '.join(State)}.",
            "invalid_choice": f"“{{input}}” is no state of a step. Use one of {', '.join(State)}.",
        },
    )


class FollowSerializer(serializers.Serializer[Any]):
    guide = serializers.SlugField(
        error_messages={"required": "Say which guide to follow: a slug from /api/v1/guides/."}
    )


class LearnerView(APIView):
    """A view of what belongs to the learner who is logged in."""

    permission_classes = (IsAuthenticated,)

    @property
    def learner(self) -> User:
        user = self.request.user
        assert isinstance(user, User)  # noqa: S101 (IsAuthenticated has seen to it)
        return user


class PathsView(LearnerView):
    @extend_schema(
        operation_id="me_paths_list",
        summary="The paths that the learner follows",
        responses={200: OpenApiResponse(schema_of(list[LearnersPath])), **problems(403)},
    )
    def get(self, request: Request) -> Response:
        return Response([_summary(path) for path in paths_of(self.learner)])

    @extend_schema(
        operation_id="me_paths_follow",
        summary="Follow a path",
        request=FollowSerializer,
        responses={
            201: OpenApiResponse(schema_of(WholePath), "The path is followed from now on."),
            200: OpenApiResponse(schema_of(WholePath), "It was followed already; nothing changed."),
            **problems(400, 403, 404),
        },
    )
    def post(self, request: Request) -> Response:
        form = FollowSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        slug = form.validated_data["guide"]
        try:
            edition = edition_at(slug, self.learner)
        except Http404 as unknown:
            raise NotFound(f"{unknown} GET /api/v1/guides/ lists them.") from unknown
        is_new = not self.learner.enrolments.active().filter(guide=edition.guide_id).exists()
        follow(self.learner, edition.guide_id)
        body = _whole(path_on(edition, self.learner))
        return Response(body, status.HTTP_201_CREATED if is_new else status.HTTP_200_OK)


class PathView(LearnerView):
    @extend_schema(
        operation_id="me_paths_retrieve",
        summary="Where the learner stands on a path",
        responses={200: OpenApiResponse(schema_of(WholePath)), **problems(403, 404)},
    )
    def get(self, request: Request, slug: str) -> Response:
        return Response(_whole(path_on(self._followed(slug), self.learner)))

    @extend_schema(
        operation_id="me_paths_leave",
        summary="Stop following a path; what was done stays",
        responses={204: None, **problems(403, 404)},
    )
    def delete(self, request: Request, slug: str) -> Response:
        self.learner.enrolments.filter(guide=self._followed(slug).guide_id).leave()
        return Response(status=status.HTTP_204_NO_CONTENT)

    def _followed(self, slug: str) -> Any:
        with suppress(Http404):
            edition = edition_at(slug, self.learner)
            if edition.is_followed:
                return edition
        raise NotFound(
            f"You follow no path “{slug}”. "
            'POST {"guide": "…"} to /api/v1/me/paths/ with a slug from /api/v1/guides/ to follow one.'
        )


_STEP = OpenApiParameter("step", uuid.UUID, OpenApiParameter.PATH, description="The id of a step.")


class StepView(LearnerView):
    @extend_schema(
        operation_id="me_steps_retrieve",
        summary="What the learner says of a step",
        parameters=[_STEP],
        responses={200: OpenApiResponse(schema_of(SaidOfStep)), **problems(403, 404)},
    )
    def get(self, request: Request, step: str) -> Response:
        return Response(self._said(self._step(step)))

    @extend_schema(
        operation_id="me_steps_set",
        summary="Say that a step is to do, in hand, done or skipped",
        description="A first tick follows the path by itself.",
        parameters=[_STEP],
        request=StateSerializer,
        responses={200: OpenApiResponse(schema_of(SaidOfStep)), **problems(400, 403, 404)},
    )
    def put(self, request: Request, step: str) -> Response:
        found = self._step(step)
        form = StateSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        record(self.learner, [Saying(found.pk, State(form.validated_data["state"]))])
        return Response(self._said(found))

    @extend_schema(
        operation_id="me_steps_clear",
        summary="Take back what the learner said of a step",
        parameters=[_STEP],
        responses={200: OpenApiResponse(schema_of(SaidOfStep)), **problems(403, 404)},
    )
    def delete(self, request: Request, step: str) -> Response:
        found = self._step(step)
        record(self.learner, [Saying(found.pk, None)])
        return Response(self._said(found))

    def _step(self, text: str) -> Step:
        """Return the step that the learner may say something of. Raises `NotFound`."""
        try:
            return steps_for(self.learner).get(pk=uuid.UUID(text))
        except (ValueError, Step.DoesNotExist) as error:
            raise NotFound(
                f"There is no published step “{text}”. GET /api/v1/guides/ and the guide's document "
                "list the ids of all steps; they are UUIDs."
            ) from error

    def _said(self, step: Step) -> SaidOfStep:
        path = path_on(Edition.objects.current().defer("document").get(guide=step.guide_id), self.learner)
        key = str(step.pk)
        return {
            "id": key,
            "title": titles_of(path.document).get(key, step.title),
            "state": path.progress.state(key).value,
            "guide": path.edition.slug,
            "percent": path.progress.percent,
        }


def _summary(path: Path) -> LearnersPath:
    return {
        "guide": path.edition.slug,
        "title": path.document["title"],
        "edition": path.edition.number,
        "percent": path.progress.percent,
        "met": path.progress.met,
        "total": path.progress.total,
    }


def _whole(path: Path) -> WholePath:
    titles = titles_of(path.document)
    return {
        **_summary(path),
        "remaining": [
            {"title": left["title"], "steps": [_title(step["id"], titles) for step in left["steps"]]}
            for left in remaining(path)
        ],
        "next": [_title(step, titles) for step in path.progress.next],
        "stages": [
            {
                "id": stage["id"],
                "slug": stage["slug"],
                "title": stage["title"],
                "steps": [_step(step, path, titles) for step in stage["steps"]],
            }
            for stage in path.document["stages"]
        ],
        "past": [_title(step["id"], titles) for step in past(path)],
    }


def _title(step: str, titles: dict[str, str]) -> StepTitle:
    return {"id": step, "title": titles.get(step, "")}


def _step(step: StepDocument, path: Path, titles: dict[str, str]) -> LearnersStep:
    counted_from = path.progress.counted_from.get(step["id"], ())
    return {
        "id": step["id"],
        "slug": step["slug"],
        "title": step["title"],
        "optional": step["optional"],
        "choice": step["choice"],
        "route": step["route"],
        "effort_hours": step["effort_hours"],
        "state": path.progress.state(step["id"]).value,
        "counted_from": [_title(other, titles) for other in counted_from],
    }
