"""What became of a text, word by word. Pure."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import chain, groupby
from typing import Literal, TypeAlias

from guides.comparison.spans import Span, spans_of
from guides.comparison.unwrapping import lines_of

CONTEXT = 12  # words that are shown of an unchanged text on either side of a change
SLACK = 4  # so few words are not worth leaving out
ISLAND = 3  # so few unchanged words between words that were replaced count as replaced: it reads better

WORD = re.compile(r"\s*\S+")

Kind: TypeAlias = Literal["same", "removed", "added"]
Run: TypeAlias = tuple[Kind, list[str]]


@dataclass(frozen=True)
class Piece:
    """A stretch of a text: in both versions of it, or only in the older or the newer one."""

    kind: Kind
    text: str

    @property
    def words(self) -> str:
        """The text without the blanks before it, which nobody wants to see struck out or underlined."""
        return self.text.lstrip()

    @property
    def lead(self) -> str:
        """The blanks before the words; line breaks count."""
        return self.text[: len(self.text) - len(self.words)]


def words_between(old: str, new: str, *, context: int | None = CONTEXT) -> tuple[Piece, ...]:
    """Return how `old` became `new`: lines are compared first, then the words of lines that differ.

    Of what is the same, `context` words stay on either side of a change, with “…” for the rest; None keeps
    all. Then the same and the removed pieces together are `unwrapped(old)`, the same and the added ones
    `unwrapped(new)`.
    """
    runs = list(_merged(_line_runs(lines_of(old), lines_of(new))))
    if context is not None:
        runs = [_shortened(run, context, place, len(runs)) for place, run in enumerate(runs)]
    pieces = [Piece(kind, "".join(words)) for kind, words in runs]
    return tuple(piece for piece in _without_first_lead(pieces) if piece.text)


def _line_runs(old: list[str], new: list[str]) -> Iterator[Run]:
    for span in spans_of(old, new):
        before, after = _words(old[span.i : span.i_end]), _words(new[span.j : span.j_end])
        if span.is_same:
            yield "same", before
        else:
            yield from _word_runs(before, after)


def _words(lines: list[str]) -> list[str]:
    return WORD.findall("".join(lines))


def _word_runs(old: list[str], new: list[str]) -> Iterator[Run]:
    for span in _without_islands(spans_of(old, new)):
        before, after = old[span.i : span.i_end], new[span.j : span.j_end]
        if span.is_same:
            yield "same", before
        else:
            yield from _change(before, after)


def _change(before: list[str], after: list[str]) -> Iterator[Run]:
    """Yield what was removed and added; blanks that stand before both are the same."""
    lead = before and after and Piece("same", before[0]).lead
    if lead and lead == Piece("same", after[0]).lead:
        yield "same", [lead]
        before, after = [before[0].lstrip(), *before[1:]], [after[0].lstrip(), *after[1:]]
    yield "removed", before
    yield "added", after


def _without_islands(spans: Iterable[Span]) -> list[Span]:
    """Return `spans` with a few same words between replaced ones counted as replaced, too."""
    kept: list[Span] = []
    for span in spans:
        while not span.is_same and len(kept) > 1 and _is_island(kept[-1], kept[-2], span):
            left = kept[-2]
            span = span._replace(i=left.i, j=left.j)
            del kept[-2:]
        kept.append(span)
    return kept


def _is_island(same: Span, left: Span, right: Span) -> bool:
    return same.replaced <= min(ISLAND, left.replaced, right.replaced)


def _merged(runs: Iterable[Run]) -> Iterator[Run]:
    """Yield `runs` without the empty ones, neighbours of one kind as one."""
    for kind, group in groupby((run for run in runs if run[1]), key=lambda run: run[0]):
        yield kind, list(chain.from_iterable(words for _, words in group))


def _shortened(run: Run, context: int, place: int, count: int) -> Run:
    """Return a run with “…” for what is far from any change; it is number `place` of `count`."""
    kind, words = run
    head = context if place > 0 else 0
    tail = context + words[-1].isspace() if place < count - 1 else 0  # blanks at the end are no word
    if kind != "same" or len(words) <= head + tail + SLACK:
        return run
    return kind, [*words[:head], " …", *words[len(words) - tail :]]


def _without_first_lead(pieces: list[Piece]) -> list[Piece]:
    return [replace(piece, text=piece.words) for piece in pieces[:1]] + pieces[1:]
