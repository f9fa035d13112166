"""The paths that a learner sees: an edition, and where the learner stands on it."""

from dataclasses import dataclass
from datetime import datetime
from typing import TypedDict

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, F, FilteredRelation, OuterRef, Q

from accounts.models import Enrolment, User
from accounts.recording import states_of
from guides.document import Document, StepDocument, steps_of
from guides.editions import document_of
from guides.models import Edition, Step
from guides.models.edition import EditionQuerySet
from guides.models.path import StepQuerySet
from guides.progress import Progress, State, progress_of


@dataclass(frozen=True)
class Path:
    """An edition as one learner meets it.

    `completed_at` is when they first met every requirement, in the edition with the number `completed_in`.
    """

    edition: Edition
    document: Document
    progress: Progress
    completed_at: datetime | None = None
    completed_in: int | None = None


def editions_for(user: User | AnonymousUser) -> EditionQuerySet:
    """Return the current editions that `user` may read, without their documents.

    Everybody reads what is public; who follows a guide keeps it when it is hidden. `is_followed` says
    whether `user` follows.
    """
    editions = Edition.objects.current().defer("document")
    if not user.is_authenticated:
        return editions.filter(guide__unpublished_at=None)
    own = Enrolment.objects.active().filter(user=user, guide=OuterRef("guide"))
    return editions.annotate(is_followed=Exists(own)).filter(
        Q(guide__unpublished_at=None) | Q(is_followed=True)
    )


def steps_for(user: User) -> StepQuerySet:
    """Return the steps that `user` may say something of: published, and of a guide that they may read."""
    own = user.enrolments.active().values("guide")
    return Step.objects.published().filter(Q(guide__unpublished_at=None) | Q(guide__in=own))


def path_on(edition: Edition, user: User) -> Path:
    """Return `edition` as `user` meets it now; whether they completed it is asked for by `paths_of` alone."""
    document = document_of(edition.sha256)
    return Path(edition, document, progress_of(document, states_of(user)))


def paths_of(user: User) -> list[Path]:
    """Return the paths that `user` follows, the latest first; a constant number of queries."""
    own = FilteredRelation(
        "guide__enrolment",
        condition=Q(guide__enrolment__user=user, guide__enrolment__left_at=None),
    )
    followed = (
        Edition.objects.current()
        .defer("document")
        .alias(own=own)
        .filter(own__isnull=False)
        .annotate(completed_at=F("own__completed_at"), completed_in=F("own__completed_edition__number"))
        .order_by("-own__followed_at")
    )
    states = states_of(user)
    return [
        Path(
            edition,
            document := document_of(edition.sha256),
            progress_of(document, states),
            edition.completed_at,
            edition.completed_in,
        )
        for edition in followed
    ]


class Left(TypedDict):
    """A requirement that is not met, and its steps that are not done."""

    title: str
    steps: list[StepDocument]


def remaining(path: Path) -> list[Left]:
    """Return what is left on `path`, requirement by requirement, in the order of the path."""
    steps = steps_of(path.document)
    open_steps = [step for step in steps if path.progress.state(step["id"]) != State.DONE]
    return [
        {
            "title": requirement.title,
            "steps": [
                step for step in open_steps if any(step["id"] in route for route in requirement.routes)
            ],
        }
        for requirement in path.progress.remaining
    ]
