"""The paths that a learner sees: an edition, and where the learner stands on it."""

import uuid
from dataclasses import dataclass
from typing import TypedDict

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, Q

from accounts.models import Enrolment, User
from accounts.recording import states_of
from guides.document import Document, StepDocument
from guides.editions import document_of
from guides.models import Edition, Step
from guides.models.edition import EditionQuerySet
from guides.models.path import StepQuerySet
from guides.progress import Progress, State, progress_of


@dataclass(frozen=True)
class Path:
    """An edition as one learner meets it."""

    edition: Edition
    document: Document
    progress: Progress
    enrolment: Enrolment | None = None


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
    """Return `edition` as `user` meets it."""
    document = document_of(edition.sha256)
    return Path(edition, document, progress_of(document, states_of(user)))


def paths_of(user: User) -> list[Path]:
    """Return the paths that `user` follows, the latest first; a constant number of queries."""
    followed = (
        user.enrolments.active().select_related("completed_edition").defer("completed_edition__document")
    )
    enrolments = {enrolment.guide_id: enrolment for enrolment in followed}
    editions = {
        edition.guide_id: edition
        for edition in Edition.objects.current().defer("document").filter(guide__in=enrolments)
    }
    states = states_of(user)
    return [
        Path(editions[guide], document, progress_of(document, states), enrolment)
        for guide, enrolment in enrolments.items()
        for document in [document_of(editions[guide].sha256)]
    ]


def follow(user: User, guide: uuid.UUID) -> Enrolment:
    """Let `user` follow the path of `guide`, again if they had left it. Doing so twice changes nothing."""
    enrolment, _ = user.enrolments.update_or_create(guide_id=guide, defaults={"left_at": None})
    return enrolment


class Left(TypedDict):
    """A requirement that is not met, and its steps that are not done."""

    title: str
    steps: list[StepDocument]


def remaining(path: Path) -> list[Left]:
    """Return what is left on `path`, requirement by requirement, in the order of the path."""
    steps = [step for stage in path.document["stages"] for step in stage["steps"]]
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
