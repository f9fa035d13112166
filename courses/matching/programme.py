"""What the ranking looks at in a course."""

from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from courses.models import Course


class Price(NamedTuple):
    """What a source says that a programme costs, as a whole; free where `amount` is 0."""

    amount: Decimal
    currency: str

    def __str__(self) -> str:
        whole = self.amount == self.amount.to_integral_value()
        return f"{self.amount:,.{0 if whole else 2}f} {self.currency}" if self.amount else "free"


class Effort(NamedTuple):
    """What a programme takes, and how; None and empty are for what is not known."""

    format: str = ""
    hours: int | None = None
    weeks_max: int | None = None
    weekly_hours_min: int | None = None
    weekly_hours_max: int | None = None

    @property
    def has_own_pace(self) -> bool:
        return self.format == Course.Format.SELF_PACED


NO_EFFORT = Effort()  # nothing is known


@dataclass(frozen=True, slots=True)
class Programme:
    """A course as the ranking sees it; None, empty and an empty tuple are for what is not known.

    `prices` go from what was read last to what was read first, the dearest of a day before the others.
    """

    slug: str
    skills: frozenset[str] = frozenset()
    effort: Effort = NO_EFFORT
    language: str = ""
    prices: tuple[Price, ...] = ()
    is_checked: bool = False
    rating: Decimal | None = None
    ratings: int | None = None

    @property
    def format(self) -> str:
        return self.effort.format
