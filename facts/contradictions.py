"""Salary figures that cannot well be true together, for editors to look at.

Figures are compared where they speak of the same: career, place, industry, experience, period and currency;
and where they come from different sources, since a source may give several statistics. A figure is taken as
an interval, from the low to the high end of its range, or from its amount to its amount. What two figures
differ by is the gap between their intervals, in percent of the end at which the lower one stops:

    120,000 and 150,000                     25 percent
    100,000 to 120,000, and 150,000         25 percent
    100,000 to 150,000, and 140,000         0: the one lies in the other

They contradict each other where that is more than a threshold, 20 percent unless an editor asks for another.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations

from facts.models import Salary

THRESHOLD = Decimal(20)  # percent

Interval = tuple[Decimal, Decimal]


@dataclass(frozen=True)
class Contradiction:
    """Two figures, the lower one first, and what they differ by, in percent of the lower one."""

    lower: Salary
    higher: Salary
    percent: Decimal


def contradictions(salaries: Iterable[Salary], threshold: Decimal = THRESHOLD) -> list[Contradiction]:
    """Return the pairs that differ by more than `threshold` percent, the greatest difference first."""
    found = [
        _told(one, other, percent)
        for group in _comparable(salaries)
        for one, other in combinations(group, 2)
        if one.source_id != other.source_id
        if (percent := difference(interval_of(one), interval_of(other))) > threshold
    ]
    return sorted(found, key=lambda each: (-each.percent, each.lower.pk, each.higher.pk))


def difference(one: Interval, other: Interval) -> Decimal:
    """Return the gap between two intervals of amounts above 0, in percent of where the lower one ends."""
    (_, end), (start, _) = sorted((one, other))
    return max(Decimal(0), (start - end) / end * 100)


def interval_of(salary: Salary) -> Interval:
    """Return the lowest and the highest amount that a figure names."""
    said = [value for value in (salary.low, salary.amount, salary.high) if value is not None]
    return min(said), max(said)


def _comparable(salaries: Iterable[Salary]) -> Iterator[list[Salary]]:
    """Yield figures that speak of the same, together."""
    groups: dict[tuple[object, ...], list[Salary]] = defaultdict(list)
    for each in salaries:
        industry = each.industry.casefold()
        key = (each.guide_id, each.place_id, industry, each.level, each.period, each.currency)
        groups[key].append(each)
    yield from groups.values()


def _told(one: Salary, other: Salary, percent: Decimal) -> Contradiction:
    lower, higher = sorted((one, other), key=interval_of)
    return Contradiction(lower, higher, percent)
