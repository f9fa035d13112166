"""Rating a card, and taking the last rating back."""

from datetime import datetime, timedelta
from uuid import UUID

import fsrs
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from interviews.models import Card, Review
from interviews.practice import scheduling


class Stale(Exception):
    """The card is no longer what the page showed: nothing was changed."""


def lock(user: User) -> None:
    """Let nobody else change what belongs to `user` until the transaction ends."""
    User.objects.select_for_update(no_key=True).get(pk=user.pk)


def seen(user: User, question: UUID, version: int) -> Card:
    """Return the card of `user` for a question, unsaved if it is new; to be called once `lock` has been.

    Raises `Stale` if its version is not the one that the learner saw.
    """
    card = Card.objects.filter(user=user, question=question).first() or Card(user=user, question_id=question)
    if card.version != version:
        raise Stale
    return card


@transaction.atomic
def rate(
    user: User,
    guide: UUID,
    question: UUID,
    rating: fsrs.Rating,
    *,
    id: UUID,
    version: int,
    at: datetime | None = None,
    duration_ms: int | None = None,
) -> Review:
    """Note that `user` rated a question while practising a guide, and schedule its card.

    The rating is known by its `id`: sent twice it counts once. `at` is a moment, now unless told; it is never
    before that of the last rating. Raises `Stale` if the card has another `version` than the learner saw.
    """
    lock(user)
    if known := Review.objects.filter(pk=id).first():
        if known.user_id != user.pk:
            raise Stale
        return known
    card = seen(user, question, version)
    moment = _moment(user, at or timezone.now())
    before = scheduling.snapshot(card)
    scheduling.rate(card, rating, moment)
    card.version += 1
    card.save()
    return Review.objects.create(
        id=id,
        user=user,
        guide_id=guide,
        question_id=question,
        rating=rating.value,
        reviewed_at=moment,
        duration_ms=duration_ms,
        before=before,
    )


@transaction.atomic
def undo(user: User, question: UUID, *, version: int) -> Review:
    """Take back the last rating of `user`, which was of this question: the card is again what it was before.

    Raises `Stale` if the card has another `version`, or if that was not the last rating.
    """
    lock(user)
    card = seen(user, question, version)
    last = Review.objects.filter(user=user, undone_at=None).order_by("-reviewed_at").first()
    if last is None or last.question_id != question or last.reviewed_at != card.last_review_at:
        raise Stale
    scheduling.restore(card, last.before)
    card.version += 1
    card.save()
    last.undone_at = timezone.now()
    last.save(update_fields=["undone_at"])
    return last


def _moment(user: User, at: datetime) -> datetime:
    """Return `at`, or the first moment after the last rating where a clock stands still or goes back."""
    last = Review.objects.filter(user=user).order_by("-reviewed_at").values_list("reviewed_at", flat=True)
    before = last.first()
    return max(at, before + timedelta(microseconds=1)) if before else at
