"""What a person answered."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Budget:
    """What a programme may cost at most, as a whole. An `amount` of 0 asks for what is free."""

    amount: Decimal
    currency: str = ""

    @property
    def is_free(self) -> bool:
        return not self.amount


FREE = Budget(Decimal(0))


@dataclass(frozen=True)
class Answers:
    """The skills that the goal needs and the person lacks, by slug, and what else they said.

    `weekly_hours` and `budget` are None, `formats` and `languages` empty, where anything is welcome.
    """

    lacking: frozenset[str]
    weekly_hours: int | None = None
    budget: Budget | None = None
    formats: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
