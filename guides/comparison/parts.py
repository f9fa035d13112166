"""What a comparison tells of one part of a guide. Pure."""

from dataclasses import dataclass
from typing import Literal, NamedTuple, TypeAlias

from guides.comparison.words import Piece

Verb: TypeAlias = Literal["added", "removed", "moved", "renamed", "reworded", "changed"]
VERBS: tuple[Verb, ...] = ("added", "removed", "moved", "renamed", "reworded", "changed")


@dataclass(frozen=True)
class Change:
    """What became of one field.

    The `pieces` of prose read through, in both versions at once; prose without any has only other blanks
    and line breaks. Other pieces are values, each by itself: those that are gone, then those that came.
    """

    field: str
    pieces: tuple[Piece, ...]
    is_prose: bool = False

    @property
    def before(self) -> tuple[str, ...]:
        """What is no longer there."""
        return tuple(piece.text for piece in self.pieces if piece.kind == "removed")

    @property
    def after(self) -> tuple[str, ...]:
        """What is there now and was not before."""
        return tuple(piece.text for piece in self.pieces if piece.kind == "added")


@dataclass(frozen=True)
class Part:
    """A step, a section or the like of which there is something to say; `id` is its id, slug or key.

    `title` is the newest one. Of one that was added or removed, `changes` are all its fields.
    """

    id: str
    title: str
    verbs: tuple[Verb, ...]
    changes: tuple[Change, ...]

    @property
    def is_kept(self) -> bool:
        """Whether it is there before and after."""
        return "added" not in self.verbs and "removed" not in self.verbs


class Group(NamedTuple):
    """The parts of one kind, for pages and sentences."""

    heading: str
    noun: str  # "step"
    parts: tuple[Part, ...]
