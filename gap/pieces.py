"""A text in pieces, with the skills that it names told apart. Never HTML."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from gap.analysis import Gap


class Piece(NamedTuple):
    """A part of a text; `skill` is the slug of the skill that it names, if it does."""

    text: str
    skill: str = ""
    name: str = ""
    is_covered: bool = False


def pieces_of(text: str, gap: Gap) -> Iterable[Piece]:
    """Return the whole of `text` in pieces."""
    return [piece for piece in _pieces(text, gap) if piece.text]


def _pieces(text: str, gap: Gap) -> Iterator[Piece]:
    asked = {skill.slug: skill for skill in gap.asked}
    place = 0
    for each in gap.found:
        yield Piece(text[place : each.start])
        skill = asked[each.slug]
        yield Piece(text[each.start : each.end], each.slug, skill.name, bool(skill.covered_by))
        place = each.end
    yield Piece(text[place:])
