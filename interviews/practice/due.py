"""How much waits for a learner today, in one guide and in all."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils import timezone

from accounts.models import User
from guides.editions import PublicEdition
from interviews.bank import Bank, bank_at
from interviews.models import Card
from interviews.practice.plans import Plan, plan_of, plans_of
from interviews.practice.queue import Queue, queue_of
from interviews.standing import standing


@dataclass(frozen=True)
class Due:
    """A deck, and what of it waits."""

    plan: Plan
    queue: Queue


@dataclass(frozen=True)
class Waiting:
    """What of a guide waits for a learner."""

    edition: PublicEdition
    queue: Queue


def cards_of(user: User) -> dict[UUID, Card]:
    """Return the cards of `user` by question; one query."""
    return {card.question_id: card for card in Card.objects.filter(user=user)}


def due_of(plan: Plan, cards: dict[UUID, Card], bank: Bank, now: datetime) -> Due:
    """Return what waits of a deck at a moment."""
    queue = queue_of(plan.entries(bank), cards, new_a_day=plan.new_a_day, day=plan.day(now), now=now)
    return Due(plan, queue)


def due_in(user: User, guide: UUID, bank: Bank, now: datetime) -> Due | None:
    """Return what waits for `user` in a guide, None if they do not practise it; at most two queries."""
    plan = plan_of(user, guide)
    return due_of(plan, cards_of(user), bank, now) if plan else None


def due_today(user: User) -> list[Waiting]:
    """Return what waits for `user` in each public guide that they practise, the guides in their order.

    One query for whoever practises nothing, three for others.
    """
    plans = plans_of(user)
    if not plans:
        return []
    current, cards, now = standing(), cards_of(user), timezone.now()
    bank = bank_at(current.version)
    found = [due_of(plan, cards, bank, now) for plan in plans if plan.guide in current.editions]
    return [Waiting(current.editions[due.plan.guide], due.queue) for due in found]
