"""The paths that a learner sees: an edition, and where the learner stands on it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypedDict

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, F, FilteredRelation, OuterRef, Q, Subquery
from django.http import Http404
from django.utils import timezone

from accounts.changes import Changes, changes_of
from accounts.models import Enrolment, User
from accounts.recording import states_of
from guides.document import Document, StepDocument, steps_of
from guides.editions import document_of
from guides.models import Edition, Step
from guides.models.edition import IS_SHOWN, EditionQuerySet
from guides.models.path import StepQuerySet
from guides.progress import Progress, State, progress_of


@dataclass(frozen=True)
class Path:
    """An edition as one learner meets it, who `said` these states.

    `seen` is the digest of the edition that the page of the path showed them last, if they follow it and
    that is known. `completed_at` is when they first met every requirement, in the edition with the number
    `completed_in`.
    """

    edition: Edition
    document: Document
    progress: Progress
    said: Mapping[str, State]
    seen: str | None = None
    completed_at: datetime | None = None
    completed_in: int | None = None


def editions_for(user: User | AnonymousUser) -> EditionQuerySet:
    """Return the current editions that `user` may read, without their documents.

    Everybody reads what is public; who follows a guide keeps it when it is hidden. `is_followed` says
    whether `user` follows, `seen` which edition, by its digest, they have seen of what they follow.
    """
    editions = Edition.objects.current().defer("document")
    if not user.is_authenticated:
        return editions.filter(IS_SHOWN)
    own = Enrolment.objects.active().filter(user=user, guide=OuterRef("guide"))
    seen = Subquery(own.values("seen_edition__sha256"))
    return editions.annotate(is_followed=Exists(own), seen=seen).filter(IS_SHOWN | Q(is_followed=True))


def edition_at(slug: str, user: User) -> Any:
    """Return the one of `editions_for(user)` that is read at `slug`, or was before the guide moved.

    Raises `Http404`. It costs a second query only where nothing is read at `slug` now.
    """
    readable = editions_for(user)
    was_there = Q(
        guide__editions__slug=slug,
        guide__editions__live_at__lte=timezone.now(),
        guide__editions__cancelled_at=None,
    )
    found = (
        readable.filter(slug=slug).first()
        or readable.filter(was_there).order_by("-guide__editions__live_at").first()
    )
    if found is None:
        raise Http404(f"There is no guide “{slug}”.")
    return found


def steps_for(user: User) -> StepQuerySet:
    """Return the steps that `user` may say something of: published, and of a guide that they may read."""
    own = user.enrolments.active().values("guide")
    public = Edition.objects.public().values("guide")
    return Step.objects.published().filter(Q(guide__in=public) | Q(guide__in=own))


def path_on(edition: Any, user: User) -> Path:
    """Return `edition` as `user` meets it now; whether they completed it is asked for by `paths_of` alone."""
    return _path(edition, states_of(user), seen=getattr(edition, "seen", None))


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
        .annotate(
            seen=F("own__seen_edition__sha256"),
            completed_at=F("own__completed_at"),
            completed_in=F("own__completed_edition__number"),
        )
        .order_by("-own__followed_at")
    )
    said = states_of(user)
    return [
        _path(
            edition,
            said,
            seen=edition.seen,
            completed_at=edition.completed_at,
            completed_in=edition.completed_in,
        )
        for edition in followed
    ]


def _path(edition: Edition, said: Mapping[str, State], **known: Any) -> Path:
    document = document_of(edition.sha256)
    return Path(edition, document, progress_of(document, said), said, **known)


def changes_on(path: Path) -> Changes | None:
    """Return what changed on `path` since its learner was shown it; None if nothing did, or nobody knows."""
    if path.seen in (None, path.edition.sha256):
        return None
    return changes_of(document_of(path.seen), path.document, path.said) or None


def note_seen(edition: Any, user: User) -> None:
    """Note that `user` was shown the path of `edition`, one of `editions_for(user)`.

    No query if they do not follow it, or if it is known.
    """
    if edition.is_followed and edition.seen != edition.sha256:
        user.enrolments.filter(guide=edition.guide_id).update(seen_edition=edition)


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
