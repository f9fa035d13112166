"""What an entry of the log tells of before and after, side by side."""

import json
from dataclasses import dataclass
from typing import Any

from django.contrib.admin.models import LogEntry

from guides.comparison.words import Piece, words_between
from portal.log import change_of

Pieces = tuple[Piece, ...]


@dataclass(frozen=True)
class Difference:
    """A field, and what it said before and after; a side that the entry does not tell of is empty.

    Where both are told, `removed` pieces stand before alone and `added` ones after alone.
    """

    name: str
    before: Pieces
    after: Pieces


def differences_of(entry: LogEntry) -> list[Difference]:
    """Return what `entry` tells, field by field."""
    change = change_of(entry)
    before, after = change.get("before", {}), change.get("after", {})
    return [_difference(name, before, after) for name in dict.fromkeys([*before, *after])]


def _difference(name: str, before: dict[str, Any], after: dict[str, Any]) -> Difference:
    if not (name in before and name in after):
        return Difference(name, *(_alone(side[name]) if name in side else () for side in (before, after)))
    pieces = _between(before[name], after[name])
    return Difference(
        name,
        tuple(piece for piece in pieces if piece.kind != "added"),
        tuple(piece for piece in pieces if piece.kind != "removed"),
    )


def _alone(value: Any) -> Pieces:
    return (Piece("same", _words(value)),)


def _between(old: Any, new: Any) -> Pieces:
    if isinstance(old, list) and isinstance(new, list):
        return _items(old, new)
    if isinstance(old, str) and isinstance(new, str) and old and new:
        return words_between(old, new, context=None)
    return (Piece("removed", _words(old)), Piece("added", _words(new)))


def _items(old: list[Any], new: list[Any]) -> Pieces:
    """Return the entries of two lists, each in a line of its own."""
    kept = [Piece("same" if item in new else "removed", f"{_words(item)}\n") for item in old]
    come = [Piece("added", f"{_words(item)}\n") for item in new if item not in old]
    return (*kept, *come)


def _words(value: Any) -> str:
    if value is None or value in ("", []):
        return "nothing"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return "\n".join(_words(item) for item in value)
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict) else str(value)
