"""Where learners stand before and after, group by group and component by component."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby, islice
from operator import add
from typing import NamedTuple

from accounts.impact.components import Component
from accounts.impact.patterns import Group
from guides.progress import Progress

PATTERNS = 4**6  # of one component are measured at most: all of six steps
FIELD = 16  # bits of a count, where four are added up as one number


class Standing(NamedTuple):
    """Requirements met and asked for, before and after."""

    met: int
    total: int
    met_after: int
    total_after: int

    @property
    def percents(self) -> tuple[int, int]:
        """The percent before and after, as `progress_of` has it."""
        return _percent(self.met, self.total), _percent(self.met_after, self.total_after)


def _percent(met: int, total: int) -> int:
    return 100 * met // total if total else 0


@dataclass(frozen=True)
class Column:
    """A component, the pattern that each group has on it, and where each pattern stands there."""

    component: Component
    patterns: Sequence[int]
    progress: dict[int, tuple[Progress, Progress]]

    @cached_property
    def shifts(self) -> dict[int, tuple[int, int]]:
        """By how much what is met and what is asked for grow, by pattern."""
        return {
            pattern: (after.met - before.met, after.total - before.total)
            for pattern, (before, after) in self.progress.items()
        }

    def may_push(self, sign: int) -> bool:
        """Whether a shift here could raise (`sign` 1) or lower (-1) anybody's percent."""
        return any(sign * met > min(sign * total, 0) for met, total in self.shifts.values())

    def pushes(self, sign: int, pattern: int, standing: Standing) -> bool:
        """Whether the shift of `pattern` alone would raise or lower the percent of `standing`."""
        met, total = self.shifts[pattern]
        return sign * (met * (standing.total or 1) - total * standing.met) > 0


@dataclass(frozen=True)
class Standings:
    """Groups of learners, their patterns on each component, and where they stand, packed as one number."""

    groups: Sequence[Group]
    columns: Sequence[Column]
    packed: Sequence[int]

    @cached_property
    def learners(self) -> int:
        """How many learners were measured."""
        return sum(group.learners for group in self.groups)

    @cached_property
    def changes(self) -> dict[tuple[int, int], int]:
        """How many learners go from one percent to another."""
        counts = Counter[tuple[int, int]]()
        for packed, learners in self._count(self.packed).items():
            counts[self._standing[packed].percents] += learners
        return {change: count for change, count in sorted(counts.items()) if change[0] != change[1]}

    def pushing(self, sign: int) -> list[Component]:
        """Return the components that had a part in raising (`sign` 1) or lowering (-1) anybody's percent."""
        percents = {packed: standing.percents for packed, standing in self._standing.items()}
        moved = {packed for packed, (before, after) in percents.items() if sign * after > sign * before}
        return [
            column.component
            for column in self.columns
            if column.may_push(sign)
            and any(
                packed in moved and column.pushes(sign, pattern, self._standing[packed])
                for pattern, packed in zip(column.patterns, self.packed, strict=True)
            )
        ]

    def patterns(self, column: Column) -> Counter[int]:
        """Return how many learners have each pattern of `column`."""
        return self._count(column.patterns)

    @cached_property
    def _standing(self) -> dict[int, Standing]:
        """What the different packed numbers mean."""
        return {packed: _unpacked(packed) for packed in set(self.packed)}

    @cached_property
    def _runs(self) -> list[tuple[int, int]]:
        """How many groups in a row have how many learners: the many small groups are counted as one."""
        runs = groupby(group.learners for group in self.groups)
        return [(sum(1 for _ in run), learners) for learners, run in runs]

    def _count(self, marks: Iterable[int]) -> Counter[int]:
        """Return how many learners are in the groups of each mark."""
        counts, rest = Counter[int](), iter(marks)
        for length, learners in self._runs:
            for mark, groups in Counter(islice(rest, length)).items():
                counts[mark] += groups * learners
        return counts


def standings_of(
    components: Sequence[Component], groups: Sequence[Group], plain: int, *, patterns: int = PATTERNS
) -> Standings:
    """Return where `groups` stand on a path of `components` and of `plain` requirements of one step each.

    Of each component so many `patterns` are measured; the groups from the first one on that has another are
    left out.
    """
    told = list(_patterns(components, groups))
    end = min((_affordable(own, patterns) for own in told), default=len(groups))
    columns = [
        Column(component, own[:end], {pattern: component.progress(pattern) for pattern in set(own[:end])})
        for component, own in zip(components, told, strict=True)
    ]
    return Standings(groups[:end], columns, _sums(groups[:end], columns, plain))


def _patterns(components: Iterable[Component], groups: Iterable[Group]) -> Iterator[list[int]]:
    """Yield the patterns of the groups on each component."""
    rest = [group.pattern for group in groups]
    for component in components:
        bits = component.bits
        mask = (1 << bits) - 1
        yield [pattern & mask for pattern in rest]
        rest = [pattern >> bits for pattern in rest]


def _affordable(patterns: Sequence[int], most: int) -> int:
    """Return how many groups there are before the first one whose pattern is beyond the first `most`."""
    different = list(dict.fromkeys(patterns))
    return patterns.index(different[most]) if len(different) > most else len(patterns)


def _sums(groups: Iterable[Group], columns: Iterable[Column], plain: int) -> list[int]:
    """Return where the groups stand: four counts packed as one number, since adding up takes the time."""
    sums = [_packed(*(group.plain + group.kept, plain + group.kept) * 2) for group in groups]
    for column in columns:
        packed = {
            pattern: _packed(before.met, before.total, after.met, after.total)
            for pattern, (before, after) in column.progress.items()
        }
        sums = list(map(add, sums, map(packed.__getitem__, column.patterns)))
    return sums


def _packed(met: int, total: int, met_after: int, total_after: int) -> int:
    return met | total << FIELD | met_after << 2 * FIELD | total_after << 3 * FIELD


def _unpacked(packed: int) -> Standing:
    mask = (1 << FIELD) - 1
    return Standing(*(packed >> FIELD * place & mask for place in range(4)))
