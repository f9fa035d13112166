"""The offers of a catalog as sets of ids, by all that they can be found by. Immutable."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pyroaring import FrozenBitMap

from courses.browsing.filters import Number

Ids = FrozenBitMap


@dataclass(frozen=True)
class Scale:
    """Numbers from the smallest, and beside each the id of who has it."""

    numbers: Sequence[Number]
    ids: Sequence[int]

    @classmethod
    def of(cls, pairs: Iterable[tuple[Number, int]]) -> "Scale":
        ordered = sorted(pairs)
        return cls([number for number, _ in ordered], [pk for _, pk in ordered])

    def at_most(self, number: Number) -> Ids:
        return Ids(self.ids[: bisect_right(self.numbers, number)])

    def at_least(self, number: Number) -> Ids:
        return Ids(self.ids[bisect_left(self.numbers, number) :])


@dataclass(frozen=True)
class Index:
    """A catalog at one version.

    `sets` has the ids by filter and value, `labels` what each value is called (also those that nothing has),
    `scales` the numbers by filter, prices by filter and currency; `orders` all ids in each order. `cards` is
    room for what is rendered of the offers as they are at this version.
    """

    all: Ids
    sets: Mapping[str, Mapping[str, Ids]]
    labels: Mapping[str, Mapping[str, str]]
    scales: Mapping[tuple[str, str], Scale]
    orders: Mapping[str, Sequence[int]]
    currencies: Sequence[str]
    cards: dict[int, Any] = field(default_factory=dict, compare=False)

    def of_value(self, name: str, value: str) -> Ids:
        return self.sets[name].get(value, Ids())

    def scale(self, name: str, currency: str) -> Scale:
        """Return the numbers of a filter; of prices those in `currency`."""
        found = self.scales.get((name, currency)) or self.scales.get((name, ""))
        return found or Scale((), ())
