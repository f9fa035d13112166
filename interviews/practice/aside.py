"""Setting cards aside, starting anew, and leaving a deck."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from interviews.bank import Bank
from interviews.models import Card, Deck, Review
from interviews.practice.plans import Plan
from interviews.practice.rating import lock, seen


@transaction.atomic
def suspend(user: User, question: UUID, *, version: int) -> None:
    """Set a card aside until `resume`. Raises `Stale`."""
    _change(user, question, version, suspended_at=timezone.now())


@transaction.atomic
def bury(user: User, question: UUID, until: datetime, *, version: int) -> None:
    """Set a card aside until a moment. Raises `Stale`."""
    _change(user, question, version, buried_until=until)


@transaction.atomic
def resume(user: User, question: UUID, *, version: int) -> None:
    """Take a card back that was set aside; it is due when it was. Raises `Stale`."""
    _change(user, question, version, suspended_at=None, buried_until=None)


def _change(user: User, question: UUID, version: int, **values: datetime | None) -> None:
    lock(user)
    card = seen(user, question, version)
    for name, value in values.items():
        setattr(card, name, value)
    card.version += 1
    card.save()


@transaction.atomic
def reset(user: User, plan: Plan, bank: Bank) -> int:
    """Let all cards of a deck be new again and return how many there were; what was rated stays in history.

    A question that several guides share has one card, so it begins anew in all of them.
    """
    lock(user)
    questions = [entry.id for entry in bank.of_guide(plan.guide) if plan.takes(entry)]
    deleted, _ = Card.objects.filter(user=user, question__in=questions).delete()
    return deleted


@transaction.atomic
def leave(user: User, plan: Plan) -> None:
    """Delete a deck, what was rated in it, and the cards that no other guide of the learner's decks has."""
    lock(user)
    Review.objects.filter(user=user, guide=plan.guide).delete()
    Deck.objects.filter(pk=plan.deck, user=user).delete()
    others = Deck.objects.filter(user=user).values("guide")
    kept = Card.objects.filter(user=user, question__guides__in=others).values("pk")
    Card.objects.filter(user=user).exclude(pk__in=kept).delete()
