"""A session: the card that is next, what each rating would do to it, and what was done today."""

import uuid
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import fsrs
from django.utils import timezone

from accounts.models import User
from guides.editions import PublicEdition
from interviews.bank import Bank, Entry, bank_at
from interviews.models import Card
from interviews.practice.due import cards_of
from interviews.practice.plans import Day, Plan, plan_of
from interviews.practice.queue import Queue, queue_of
from interviews.practice.scheduling import interval_words, intervals
from interviews.standing import standing

WORDS = {
    fsrs.Rating.Again: "I did not know it",
    fsrs.Rating.Hard: "I knew it with effort",
    fsrs.Rating.Good: "I knew it",
    fsrs.Rating.Easy: "I knew it at once",
}


@dataclass(frozen=True)
class Seat:
    """Where a learner practises: a guide as it is public now, and their deck of it, if they have one."""

    user: User
    guide: UUID
    edition: PublicEdition
    bank: Bank
    plan: Plan | None


@dataclass(frozen=True)
class Choice:
    """A rating as a button: its name, what it means, and when the card would come again."""

    value: int
    name: str
    words: str
    interval: str


@dataclass(frozen=True)
class Turn:
    """A card that is asked: `id` is that of the rating to come, whichever it is."""

    entry: Entry
    card: Card
    id: UUID
    choices: tuple[Choice, ...]


@dataclass(frozen=True)
class Today:
    """What was done today: cards rated, how many of them for the first time, and their last ratings."""

    rated: int
    introduced: int
    ratings: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Session:
    """What the page of a session shows; `last` is the card whose rating can be undone."""

    queue: Queue
    turn: Turn | None
    last: tuple[Entry, Card] | None
    today: Today


def seat(user: User, slug: str) -> Seat:
    """Return where `user` practises the guide at a slug; raises what `missing` returns. Two queries."""
    now = standing()
    guide, edition = now.at(slug)
    return Seat(user, guide, edition, bank_at(now.version), plan_of(user, guide))


def session_of(seat: Seat, plan: Plan, now: datetime, wanted: str = "") -> Session:
    """Return what a learner meets at a moment: the first card, or the `wanted` one (a slug) if it waits."""
    cards, day = cards_of(seat.user), plan.day(now)
    entries = plan.entries(seat.bank)
    queue = queue_of(entries, cards, new_a_day=plan.new_a_day, day=day, now=now)
    entry = next((entry for entry in queue.waiting if entry.slug == wanted), next(iter(queue.waiting), None))
    turn = _turn(seat.user, entry, cards, now) if entry else None
    return Session(queue, turn, _last(entries, cards), _today(seat, cards, day))


def _today(seat: Seat, cards: dict[UUID, Card], day: Day) -> Today:
    own = [cards[each.id] for each in seat.bank.of_guide(seat.guide) if each.id in cards]
    rated = [card for card in own if card.last_review_at and day.start <= card.last_review_at < day.end]
    counts = Counter(card.last_rating for card in rated)
    return Today(
        rated=len(rated),
        introduced=sum(bool(card.introduced_at and card.introduced_at >= day.start) for card in rated),
        ratings=tuple((rating.name, counts[rating.value]) for rating in fsrs.Rating),
    )


def _turn(user: User, entry: Entry, cards: dict[UUID, Card], now: datetime) -> Turn:
    card = cards.get(entry.id) or Card(user=user, question_id=entry.id, due_at=now)
    after = intervals(card, now)
    choices = [
        Choice(rating.value, rating.name, WORDS[rating], interval_words(after[rating]))
        for rating in fsrs.Rating
    ]
    return Turn(entry, card, uuid.uuid4(), tuple(choices))


def _last(entries: Iterable[Entry], cards: dict[UUID, Card]) -> tuple[Entry, Card] | None:
    """Return the card that was rated last, in any guide, if it is one of this deck's `entries`."""
    rated = [card for card in cards.values() if card.last_review_at]
    last = max(rated, key=lambda card: card.last_review_at or timezone.now(), default=None)
    return next(((entry, last) for entry in entries if last and entry.id == last.question_id), None)
