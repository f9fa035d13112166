"""What two sequences have in common, in a time that no sequence can blow up. Pure."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import groupby, pairwise, takewhile
from operator import itemgetter
from typing import NamedTuple

CELLS = 1000 * 1000  # pairs of items that `difflib` is given at most


class Span(NamedTuple):
    """`old[i:i_end]` became `new[j:j_end]`; where `is_same` holds, the two are equal."""

    is_same: bool
    i: int
    i_end: int
    j: int
    j_end: int

    @property
    def cells(self) -> int:
        """How many pairs of items the two sides make."""
        return (self.i_end - self.i) * (self.j_end - self.j)

    @property
    def replaced(self) -> int:
        """How many items each side has at least: none where it only adds or removes."""
        return min(self.i_end - self.i, self.j_end - self.j)


def spans_of(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[Span]:
    """Return spans that together cover `old` and `new`; those that are the same alternate with the others.

    The time that `difflib` takes grows with the square of what it is given or faster. So long sequences
    are first cut at what occurs once in each of the two (Bram Cohen's patience diff), and a stretch that
    is still long counts as replaced, but for its equal ends.
    """
    whole = Span(False, 0, len(old), 0, len(new))
    if whole.cells <= CELLS:
        return list(_matched(old, new, whole))
    found: list[Span] = []
    for (i, j), (i_end, j_end) in pairwise([(-1, -1), *_landmarks(old, new), (len(old), len(new))]):
        found += _stretch(old, new, Span(False, i + 1, i_end, j + 1, j_end))
        found.append(Span(True, i_end, i_end + 1, j_end, j_end + 1))
    return list(_joined(found[:-1]))  # the last one stands for the end, which is no landmark


def rising(numbers: Sequence[int]) -> list[int]:
    """Return the places in `numbers`, which are distinct, of a longest rising subsequence, in order."""
    tails: list[int] = []  # the least number in which a subsequence of each length ends
    places: list[int] = []  # where that number stands
    before: list[int] = []
    for place, number in enumerate(numbers):
        length = bisect_left(tails, number)
        before.append(places[length - 1] if length else -1)
        tails[length : length + 1] = [number]
        places[length : length + 1] = [place]
    return _traced(places[-1] if places else -1, before)


def _traced(place: int, before: Sequence[int]) -> list[int]:
    """Return the places that lead up to `place`, each found from the one after it."""
    found = []
    while place >= 0:
        found.append(place)
        place = before[place]
    return found[::-1]


def _landmarks(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[tuple[int, int]]:
    """Return where the items stand that each side has once, as many as keep their order."""
    counts = Counter(new)
    once = {item for item, count in Counter(old).items() if count == 1 == counts.get(item)}
    there = {item: j for j, item in enumerate(new) if item in once}
    pairs = [(i, there[item]) for i, item in enumerate(old) if item in once]
    return [pairs[place] for place in rising([j for _, j in pairs])]


def _stretch(old: Sequence[Hashable], new: Sequence[Hashable], span: Span) -> Iterator[Span]:
    """Yield the equal ends of a stretch without landmarks, and what became of the items between them."""
    before, after = old[span.i : span.i_end], new[span.j : span.j_end]
    head = _equal_steps(zip(before, after, strict=False))
    tail = _equal_steps(zip(reversed(before[head:]), reversed(after[head:]), strict=False))
    middle = Span(False, span.i + head, span.i_end - tail, span.j + head, span.j_end - tail)
    yield Span(True, span.i, middle.i, span.j, middle.j)
    yield from _matched(old, new, middle) if middle.cells <= CELLS else [middle]
    yield Span(True, middle.i_end, span.i_end, middle.j_end, span.j_end)


def _equal_steps(pairs: Iterable[tuple[Hashable, Hashable]]) -> int:
    """Return how many of `pairs` are equal before the first that is not."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def _matched(old: Sequence[Hashable], new: Sequence[Hashable], span: Span) -> Iterator[Span]:
    """Yield what `difflib` makes of a stretch, which has at most `CELLS`."""
    matcher = SequenceMatcher(None, old[span.i : span.i_end], new[span.j : span.j_end])
    for tag, i, i_end, j, j_end in matcher.get_opcodes():
        yield Span(tag == "equal", span.i + i, span.i + i_end, span.j + j, span.j + j_end)


def _joined(spans: Iterable[Span]) -> Iterator[Span]:
    """Yield `spans` without the empty ones, neighbours of one kind as one."""
    there = (span for span in spans if (span.i, span.j) != (span.i_end, span.j_end))
    for is_same, group in groupby(there, key=itemgetter(0)):
        neighbours = list(group)
        first, last = neighbours[0], neighbours[-1]
        yield Span(is_same, first.i, last.i_end, first.j, last.j_end)
