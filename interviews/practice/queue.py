"""Which card is next. Pure: the questions, the cards and the moment decide."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from interviews.bank import Entry
from interviews.models import Card
from interviews.practice.plans import Day

AHEAD = timedelta(minutes=20)  # a card that is being learnt may come so much earlier, if nothing else waits


@dataclass(frozen=True)
class Queue:
    """What waits for a learner: `waiting` in order, and how much of it is due and new.

    `due` counts the cards that were rated before and are due by the end of today, `new` the others that
    today's limit lets in. `next_at` is when something is due again, which waits from the beginning of that
    day on; None if nothing ever will.
    """

    waiting: tuple[Entry, ...]
    due: int
    new: int
    next_at: datetime | None

    @property
    def words(self) -> str:
        """How much there is for today, such as “7 due today, 3 new”; empty if there is nothing."""
        if self.due:
            return f"{self.due} due today, {self.new} new" if self.new else f"{self.due} due today"
        return f"{self.new} new today" if self.new else ""


def queue_of(
    entries: Sequence[Entry], cards: Mapping[UUID, Card], *, new_a_day: int, day: Day, now: datetime
) -> Queue:
    """Return what waits of `entries` at a moment in a `day`; `cards` are the learner's, by question.

    First what is being learnt and due by now, then what is due by the end of the day, the longest overdue
    first, then new cards, and last what is being learnt and due within `AHEAD`.
    """
    rated = _rated(entries, cards, now)
    learning = [pair for pair in rated if pair[0].state != Card.State.REVIEW]
    review = [pair for pair in rated if pair[0].state == Card.State.REVIEW and pair[0].due_at < day.end]
    fresh = _fresh(entries, cards, now)
    new = fresh[: max(0, new_a_day - _introduced(entries, cards, day))]
    by_now = [pair for pair in learning if pair[0].due_at <= now]
    soon = [pair for pair in learning if now < pair[0].due_at <= now + AHEAD]
    waiting = (*_entries(by_now), *_entries(review), *new, *_entries(soon))
    return Queue(
        waiting=waiting,
        due=len(review) + sum(card.due_at < day.end for card, _ in learning),
        new=len(new),
        next_at=now if waiting else _next_at(entries, cards, bool(fresh and new_a_day), day, now),
    )


def _rated(entries: Iterable[Entry], cards: Mapping[UUID, Card], now: datetime) -> list[tuple[Card, Entry]]:
    """Return the cards that were rated and are not set aside, the longest overdue first."""
    known = [(cards[entry.id], entry) for entry in entries if entry.id in cards]
    rated = [pair for pair in known if pair[0].last_review_at and not is_aside(pair[0], now)]
    return sorted(rated, key=lambda pair: (pair[0].due_at, pair[1].slug))


def _entries(pairs: Iterable[tuple[Card, Entry]]) -> list[Entry]:
    return [entry for _, entry in pairs]


def is_aside(card: Card, now: datetime) -> bool:
    """Whether the learner set a card aside, for good or until later."""
    return card.suspended_at is not None or (card.buried_until is not None and card.buried_until > now)


def _fresh(entries: Iterable[Entry], cards: Mapping[UUID, Card], now: datetime) -> list[Entry]:
    """Return the new ones: the first of each topic, then the second of each, rated ones counted."""
    ranks = defaultdict[int, int](int)
    fresh = []
    for entry in entries:
        card = cards.get(entry.id)
        if card is None or (card.last_review_at is None and not is_aside(card, now)):
            fresh.append((ranks[entry.topic.id], entry))
        ranks[entry.topic.id] += 1
    return [entry for _, entry in sorted(fresh, key=lambda pair: pair[0])]


def _introduced(entries: Iterable[Entry], cards: Mapping[UUID, Card], day: Day) -> int:
    """Return how many cards were rated for the first time in a day."""
    moments = [cards[entry.id].introduced_at for entry in entries if entry.id in cards]
    return sum(moment is not None and day.start <= moment < day.end for moment in moments)


def _next_at(
    entries: Iterable[Entry], cards: Mapping[UUID, Card], has_fresh: bool, day: Day, now: datetime
) -> datetime | None:
    """Return when a card is due, comes back from being set aside, or may begin with a new day."""
    known = [card for entry in entries if (card := cards.get(entry.id)) and not card.suspended_at]
    moments = [moment for card in known if (moment := _free_at(card, now)) > now]
    return min([*moments, day.end] if has_fresh else moments, default=None)


def _free_at(card: Card, now: datetime) -> datetime:
    """Return when a card is due and no longer put off; a new one is due at any time."""
    due = card.due_at if card.last_review_at else now
    return max(due, card.buried_until or due)
