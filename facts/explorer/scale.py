"""Scales: a stretch of numbers with ticks at round ones, and where a number lies on it. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Self

TICKS = 6  # at most: their labels stand side by side on a screen 360 pixels wide
ROUND = (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5), Decimal(10))
MARGIN = Decimal(4)  # percent of the width at either end, so that marks and labels have room


@dataclass(frozen=True)
class Scale:
    """From `start` to `end` in steps of `step`; both ends are ticks."""

    start: Decimal
    end: Decimal
    step: Decimal

    @classmethod
    def over(cls, values: Iterable[Decimal]) -> Self | None:
        """Return the scale with at most `TICKS` ticks at the finest round step that holds all `values`.

        Returns None if there are none; a single value is shown from zero on. A round step is 1, 2, 2.5 or 5
        times a power of ten.
        """
        numbers = set(values)
        if not numbers:
            return None
        if len(numbers) == 1:
            numbers.add(Decimal(0))
        least, most = min(numbers), max(numbers)
        step = _power_of_ten((most - least) / TICKS or Decimal(1))
        return next(
            scale
            for factor in (*ROUND, *(10 * each for each in ROUND))
            if (scale := cls._stepped(least, most, step * factor)).count <= TICKS
        )

    @classmethod
    def _stepped(cls, least: Decimal, most: Decimal, step: Decimal) -> Self:
        start, end = _down(least, step), -_down(-most, step)
        return cls(start, end if end > start else start + step, step)

    @property
    def count(self) -> int:
        return int((self.end - self.start) / self.step) + 1

    @property
    def ticks(self) -> list[Decimal]:
        return [self.start + self.step * number for number in range(self.count)]

    @property
    def begins_at_zero(self) -> bool:
        return self.start == 0

    def at(self, value: Decimal) -> float:
        """Return where `value` lies, in percent of the width from the left."""
        share = (value - self.start) / (self.end - self.start)
        return float(round(MARGIN + share * (100 - 2 * MARGIN), 2))


def _down(value: Decimal, step: Decimal) -> Decimal:
    """Return the greatest multiple of `step` that is not above `value`."""
    whole = value // step  # Decimal's division cuts towards zero
    return (whole - 1 if whole * step > value else whole) * step


def _power_of_ten(value: Decimal) -> Decimal:
    """Return the greatest power of ten that is not above `value`."""
    return Decimal(1).scaleb(value.adjusted())
