"""Units of pay: a currency and a stretch of time. Each has its own scale, and none is converted."""

from decimal import Decimal
from typing import NamedTuple

from facts.models import Salary
from facts.words import SIGNS, amount

HOURS_A_YEAR = 2080  # 52 weeks of 40 hours
IN_A_YEAR = {  # how often each is paid in a year of full time, and how that is reckoned
    Salary.Period.HOUR: (HOURS_A_YEAR, "2,080 hours, 52 weeks of 40"),
    Salary.Period.DAY: (260, "260 days, 52 weeks of 5"),
    Salary.Period.WEEK: (52, "52 weeks"),
    Salary.Period.MONTH: (12, "12 months"),
}
NAMES = {"USD": "US dollars"}
THOUSAND, MILLION = 1_000, 1_000_000


class Unit(NamedTuple):
    """What amounts are counted in, such as US dollars a year."""

    currency: str
    period: str

    @classmethod
    def of(cls, figure: Salary) -> "Unit":
        return cls(figure.currency, figure.period)

    @property
    def words(self) -> str:
        """“US dollars a year”, “EUR a month”."""
        return f"{NAMES.get(self.currency, self.currency)} {Salary.Period(self.period).label}"

    @property
    def of_time(self) -> str:
        """“a year”, “an hour”."""
        return str(Salary.Period(self.period).label)

    def short(self, value: Decimal) -> str:
        """Return the label of a tick: “$150k”, “EUR 1.5m”, “$25”."""
        for size, letter in ((MILLION, "m"), (10 * THOUSAND, "k")):
            if value >= size:
                share = value / (MILLION if letter == "m" else THOUSAND)
                return f"{SIGNS.get(self.currency, f'{self.currency} ')}{share.normalize():f}{letter}"
        return amount(value, self.currency)


def in_a_year(figure: Salary) -> str:
    """Return what a figure comes to in a year of full time, with the rule; empty where it is one of a year.

    The scales never show it: it is our reckoning, and no source's figure.
    """
    if figure.period == Salary.Period.YEAR:
        return ""
    times, rule = IN_A_YEAR[Salary.Period(figure.period)]
    ends = [value * times for value in (figure.low, figure.high) if value is not None]
    if figure.amount is not None:
        ends = [figure.amount * times]
    said = " to ".join(amount(end, figure.currency) for end in ends)
    return f"about {said} a year, at {rule}"


def numbers_of(figure: Salary) -> list[Decimal]:
    """Return what a figure gives: its amount, the ends of its range, or all three."""
    return [value for value in (figure.low, figure.amount, figure.high) if value is not None]
