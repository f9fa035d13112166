"""Plans: the deck of a learner as practice needs it, in one query, and its days."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from accounts.models import User
from interviews.bank import Bank, Entry
from interviews.models import Deck

FIELDS = ("pk", "guide", "takes_all", "new_a_day", "time_zone", "started_at", "topics")


@dataclass(frozen=True)
class Day:
    """A day of a learner: from one midnight of their time zone to the next."""

    start: datetime
    end: datetime


@dataclass(frozen=True)
class Plan:
    """What a learner practises of a guide; `topics` are ids, and count unless it is all."""

    deck: int
    guide: UUID
    takes_all: bool
    new_a_day: int
    time_zone: str
    started_at: datetime
    topics: frozenset[int]

    def entries(self, bank: Bank) -> tuple[Entry, ...]:
        """Return the active questions of the guide that are practised."""
        return tuple(entry for entry in bank.of_guide(self.guide) if self.takes(entry))

    def takes(self, entry: Entry) -> bool:
        return self.takes_all or entry.topic.id in self.topics

    def day(self, now: datetime) -> Day:
        """Return the day that `now` is in; where clocks are changed, it has 23 or 25 hours."""
        zone = ZoneInfo(self.time_zone)
        today = now.astimezone(zone).date()
        start, end = (
            datetime.combine(today + timedelta(days=days), time.min, zone).astimezone(UTC) for days in (0, 1)
        )
        return Day(start, end)


def plans_of(user: User) -> list[Plan]:
    """Return what `user` practises, in the order that they started; one query."""
    return _plans(Deck.objects.filter(user=user).order_by("started_at", "pk").values_list(*FIELDS))


def plan_of(user: User, guide: UUID) -> Plan | None:
    """Return what `user` practises of a guide, or None; one query."""
    found = _plans(Deck.objects.filter(user=user, guide=guide).values_list(*FIELDS))
    return found[0] if found else None


def _plans(rows: Iterable[tuple[Any, ...]]) -> list[Plan]:
    """Put together what a join tells: a row for each topic of a deck, one without if it has none."""
    topics: dict[tuple[Any, ...], set[int]] = {}
    for row in rows:
        topics.setdefault(row[:-1], set()).update([row[-1]] if row[-1] else [])
    return [Plan(*(*fields, frozenset(chosen))) for fields, chosen in topics.items()]
