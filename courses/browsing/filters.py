"""The filters of a catalog: the parameters that apply them, and what they offer."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

Number = Decimal


@dataclass(frozen=True)
class Choice:
    """A filter for what has one of the values that are chosen. `words` call it in a sentence."""

    name: str
    label: str
    words: str


@dataclass(frozen=True)
class Range:
    """A filter for what has a number of at most, or at least, the one that is chosen; unknown ones never do.

    `offered` are the numbers that a page offers, the narrowest first; a client may ask for any.
    """

    name: str
    label: str
    words: str
    bound: Literal["most", "least"]
    offered: Sequence[str]
    say: Callable[[str, str], str]  # the number and a currency, as the page shows them

    def widest(self, values: Iterable[str]) -> str:
        """Return the one of `values` that lets the most through: several values widen a filter."""
        return max(values, key=Decimal) if self.bound == "most" else min(values, key=Decimal)


Filter = Choice | Range


def plain(number: Number) -> str:
    """Return `number` as an address has it: 50, 4.5."""
    return f"{number.normalize():f}"


def _money(number: str, currency: str) -> str:
    return "free" if number == "0" else f"up to {number} {currency}"


def _hours(number: str, currency: str) -> str:
    return f"up to {number} hour{'' if number == '1' else 's'}"


def _stars(number: str, currency: str) -> str:
    return f"{number} or more"


SKILL = Choice("skill", "Skill", "skill")
LEVEL = Choice("level", "Level", "level")
PROVIDER = Choice("provider", "Provider", "provider")
KIND = Choice("kind", "Kind", "kind")
FORMAT = Choice("format", "Format", "format")
LANGUAGE = Choice("language", "Language", "language")
LEADS_TO = Choice("leads_to", "Leads to", "certification")
ASSESSMENT = Choice("assessment", "Assessed by", "assessment")
PRICE = Range("price_max", "Price", "price", "most", ("0", "50", "100", "500", "1000", "5000"), _money)
EFFORT = Range("effort_max", "Effort", "effort", "most", ("10", "25", "50", "100", "250"), _hours)
RATING = Range("rating_min", "Rating", "rating", "least", ("4.5", "4", "3.5", "3"), _stars)
