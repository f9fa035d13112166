"""Which groups of answers may be shown, and their quartiles. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from statistics import quantiles

from facts.models.salary import FEWEST_ANSWERS

WHOLE = Decimal(1)  # a unit of the currency: parts of it would claim more than a survey knows


@dataclass(frozen=True)
class Quartiles:
    """The lower quartile, the median and the upper quartile of so many answers."""

    low: Decimal
    median: Decimal
    high: Decimal
    answers: int


def quartiles(amounts: Iterable[Decimal]) -> Quartiles:
    """Return the quartiles of at least `FEWEST_ANSWERS` amounts, in whole units.

    By the inclusive method (type 7 of Hyndman and Fan, “Sample Quantiles in Statistical Packages”, 1996):
    the least answer is the quantile 0, the greatest the quantile 1, with straight lines between neighbours.
    Raises `ValueError` of fewer amounts.
    """
    found = list(amounts)
    if len(found) < FEWEST_ANSWERS:
        raise ValueError(f"fewer than {FEWEST_ANSWERS} answers are never shown")
    low, median, high = (
        each.quantize(WHOLE, ROUND_HALF_UP) for each in quantiles(found, n=4, method="inclusive")
    )
    return Quartiles(low, median, high, len(found))


def shown(sizes: Mapping[str, int], total: int) -> frozenset[str]:
    """Return the parts that may be shown beside their whole of `total` answers, by their `sizes`.

    A part of fewer than `FEWEST_ANSWERS` is not shown. And what is left of the whole without the parts that
    are shown must be nothing or as many: else a reader could take those from the whole and look at the few
    that remain. So the smallest part that would be shown is withheld too, until that holds. Parts are
    disjoint; then whatever a reader adds up or takes off is nothing, or holds at least `FEWEST_ANSWERS`.
    """
    kept = {part for part, size in sizes.items() if size >= FEWEST_ANSWERS}
    while kept and 0 < total - sum(sizes[part] for part in kept) < FEWEST_ANSWERS:
        kept.remove(min(kept, key=lambda part: (sizes[part], part)))
    return frozenset(kept)
