"""Scheduling: when a card is due again, by FSRS, as its package `fsrs` computes it.

All is as the package has it by default: its parameters, 90 percent of answers to be recalled, steps of 1 and
10 minutes while a card is learnt and 10 minutes after it was forgotten. Fuzz alone is off: a button says
exactly what happens when it is pressed, and the same ratings at the same moments give the same days.
"""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import fsrs

from interviews.models import Card

SCHEDULER = fsrs.Scheduler(enable_fuzzing=False)
NOTHING = 0  # the package gives cards an id, by which nothing is computed

# What a rating changes and undoing brings back.
FIELDS = (
    *("state", "step", "stability", "difficulty", "due_at", "last_review_at", "last_rating"),
    "introduced_at",
)
MOMENTS = ("due_at", "last_review_at", "introduced_at")


def remembered(card: Card) -> fsrs.Card:
    """Return `card` as the scheduler takes it."""
    return fsrs.Card(
        card_id=NOTHING,
        state=fsrs.State(card.state),
        step=card.step,
        stability=card.stability,
        difficulty=card.difficulty,
        due=card.due_at,
        last_review=card.last_review_at,
    )


def rate(card: Card, rating: fsrs.Rating, at: datetime) -> None:
    """Let `card` be what it is after a `rating` at a moment, without saving it."""
    after, _ = SCHEDULER.review_card(remembered(card), rating, at.astimezone(UTC))
    card.state, card.step = after.state.value, after.step
    card.stability, card.difficulty = after.stability, after.difficulty
    card.due_at, card.last_review_at = after.due, at
    card.last_rating = rating.value
    card.introduced_at = card.introduced_at or at


def intervals(card: Card, at: datetime) -> dict[fsrs.Rating, timedelta]:
    """Return how long after a moment `card` would be due again, for each rating."""
    now, found = at.astimezone(UTC), remembered(card)
    return {rating: SCHEDULER.review_card(found, rating, now)[0].due - now for rating in fsrs.Rating}


def snapshot(card: Card) -> dict[str, Any]:
    """Return what a rating changes of `card`, as JSON keeps it; moments and numbers to the last bit."""
    said = {name: getattr(card, name) for name in FIELDS}
    return said | {name: said[name] and said[name].isoformat() for name in MOMENTS}


def restore(card: Card, before: Mapping[str, Any]) -> None:
    """Let `card` be as `snapshot` found it, without saving it."""
    for name, value in before.items():
        setattr(card, name, datetime.fromisoformat(value) if value and name in MOMENTS else value)


def interval_words(interval: timedelta) -> str:
    """Return an interval as buttons say it: “10 min”, “3 days”, “1.5 years”."""
    minutes = round(interval / timedelta(minutes=1))
    if minutes < 60:
        return f"{minutes} min"
    if interval < timedelta(days=1):
        return f"{round(interval / timedelta(hours=1))} h"
    days = round(interval / timedelta(days=1))
    if days < 365:
        return "1 day" if days == 1 else f"{days} days"
    years = round(days / 365.25, 1)
    return "1 year" if years == 1 else f"{years:g} years"
