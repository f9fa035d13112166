"""What a learner did: ratings by day, and how much they remembered."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import fsrs

from accounts.models import User
from interviews.bank import Bank, Entry
from interviews.models import Card, Review
from interviews.practice.plans import Plan

DAYS = 28  # on a page
LATEST = 100  # ratings that are listed
ENOUGH = 20  # answers, for a share of what was remembered


@dataclass(frozen=True)
class Rated:
    """A rating: of which question, when, and whether it was taken back."""

    entry: Entry
    rating: str
    at: datetime
    is_undone: bool


@dataclass(frozen=True)
class Counted:
    """How many ratings a day had, by rating, from “again” to “easy”."""

    day: date
    count: int
    ratings: tuple[int, ...]


@dataclass(frozen=True)
class Retention:
    """How many answers to cards that were due after a day or more were remembered."""

    answers: int
    remembered: int

    @property
    def is_enough(self) -> bool:
        return self.answers >= ENOUGH

    @property
    def percent(self) -> int:
        """The share, 0 to 100, rounded down."""
        return 100 * self.remembered // self.answers


@dataclass(frozen=True)
class History:
    """`DAYS` days of ratings, the latest first; `page` 1 ends today."""

    page: int
    first: date
    last: date
    days: tuple[Counted, ...]
    rated: tuple[Rated, ...]
    retention: Retention
    has_earlier: bool


@dataclass(frozen=True)
class _Row:
    question: UUID
    rating: int
    at: datetime
    undone_at: datetime | None
    state: int


def history_of(user: User, plan: Plan, bank: Bank, now: datetime, page: int = 1) -> History:
    """Return what `user` rated in a deck; one query."""
    zone = ZoneInfo(plan.time_zone)
    last = now.astimezone(zone).date() - timedelta(days=DAYS * (page - 1))
    first = last - timedelta(days=DAYS - 1)
    rows = _rows(user, plan, _midnight(first, zone), _midnight(last + timedelta(days=1), zone))
    said = [row for row in rows if row.undone_at is None]
    return History(
        page=page,
        first=first,
        last=last,
        days=_days(said, zone),
        rated=tuple(_rated(row, bank) for row in rows[:LATEST]),
        retention=_retention(said),
        has_earlier=plan.started_at < _midnight(first, zone),
    )


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time.min, zone).astimezone(UTC)


def _rows(user: User, plan: Plan, start: datetime, end: datetime) -> list[_Row]:
    found = Review.objects.filter(
        user=user, guide=plan.guide, reviewed_at__gte=start, reviewed_at__lt=end
    ).order_by("-reviewed_at")
    fields = ("question", "rating", "reviewed_at", "undone_at", "before__state")
    return [_Row(*row) for row in found.values_list(*fields)]


def _days(rows: Sequence[_Row], zone: ZoneInfo) -> tuple[Counted, ...]:
    counts: dict[date, Counter[int]] = {}
    for row in rows:
        counts.setdefault(row.at.astimezone(zone).date(), Counter())[row.rating] += 1
    return tuple(
        Counted(day, count.total(), tuple(count[rating.value] for rating in fsrs.Rating))
        for day, count in counts.items()
    )


def _rated(row: _Row, bank: Bank) -> Rated:
    return Rated(
        entry=bank.by_id[row.question],
        rating=fsrs.Rating(row.rating).name,
        at=row.at,
        is_undone=row.undone_at is not None,
    )


def _retention(rows: Sequence[_Row]) -> Retention:
    answers = [row for row in rows if row.state == Card.State.REVIEW]
    return Retention(len(answers), sum(row.rating != fsrs.Rating.Again.value for row in answers))
