"""Marks: texts in pieces, with those that matched told apart. Never HTML."""

from collections.abc import Sequence
from itertools import islice, takewhile
from typing import NamedTuple

from search.queries import Term
from search.words import tokens

LONG = 180  # characters of a snippet, about two lines
BEFORE = 50  # characters before what matched first
READ = 20_000  # characters of a text that a snippet is looked for in
PLACES = 100  # matches that a snippet may begin with


class Piece(NamedTuple):
    """A part of a text, and whether it is what was asked for."""

    text: str
    is_match: bool


class Span(NamedTuple):
    """From where to where a text has which term."""

    start: int
    end: int
    word: str


Pieces = tuple[Piece, ...]


def marked(text: str, terms: Sequence[Term]) -> Pieces:
    """Return the whole of `text` in pieces."""
    return _pieces(text, spans(text, terms), 0, len(text))


def snippet(text: str, terms: Sequence[Term]) -> Pieces:
    """Return the part of `text` that has the most of `terms`, in pieces; its beginning, if it has none."""
    found = spans(text[:READ], terms)
    start = _start(text, found)
    end = len(text) if len(text) <= start + LONG else text.rfind(" ", start + LONG // 2, start + LONG)
    end = start + LONG if end < 0 else end
    pieces = _pieces(text, found, start, end)
    before = (Piece("… ", False),) if start else ()
    after = (Piece(" …", False),) if end < len(text) else ()
    return before + pieces + after


def spans(text: str, terms: Sequence[Term]) -> list[Span]:
    """Return where `text` has what `terms` ask for, in order and without overlaps."""
    found: list[Span] = []
    for token in tokens(text):
        term = next((term for term in terms if term.matches(token)), None)
        if not term:
            continue
        if found and token.start < found[-1].end:  # pairs of characters overlap
            found[-1] = found[-1]._replace(end=max(token.end, found[-1].end))
        else:
            found.append(Span(token.start, token.end, term.word))
    return found


def _start(text: str, found: list[Span]) -> int:
    """Return where a snippet begins, at a word."""
    places = range(min(len(found), PLACES))
    best = max(places, key=lambda place: _variety(found, place), default=None)
    if best is None or found[best].end < LONG * 2 // 3 or len(text) <= LONG:
        return 0
    first = found[best].start
    return text.find(" ", max(0, first - BEFORE), first) + 1 or first


def _variety(found: list[Span], place: int) -> int:
    """Return how many different terms stand within a snippet that begins with the match at `place`."""
    end = found[place].start + LONG - BEFORE
    return len({span.word for span in takewhile(lambda span: span.start < end, islice(found, place, None))})


def _pieces(text: str, found: list[Span], start: int, end: int) -> Pieces:
    pieces, place = [], start
    for span in found:
        if span.start < place or span.end > end:
            continue
        pieces += [Piece(text[place : span.start], False), Piece(text[span.start : span.end], True)]
        place = span.end
    pieces.append(Piece(text[place:end], False))
    return tuple(piece for piece in pieces if piece.text)
