"""What became of the fields of an entry. Pure."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeAlias

from guides.comparison.parts import Change
from guides.comparison.words import Piece, words_between

Entry: TypeAlias = Mapping[str, Any]  # a step, a section, a source ... of a document
Names: TypeAlias = Mapping[str, Mapping[str, str]]  # how a document calls its steps, skills ...
Values: TypeAlias = dict[str, str]  # what a field holds: what each is known by, and how it is shown


@dataclass(frozen=True)
class Field:
    """A field of an entry under the label that the studio gives it.

    `values` says what it holds, where that is not empty. Prose has none: it is compared word by word.
    """

    name: str
    label: str
    values: Callable[[Any, Names], Values] | None = None


def changes_of(
    fields: Iterable[Field], old: Entry | None, new: Entry | None, names: tuple[Names, Names]
) -> Iterator[Change]:
    """Yield what became of each field that differs; an entry that is not there (None) has nothing in any.

    `names` are those of the older and of the newer document.
    """
    for field in fields:
        before, after = ((entry or {}).get(field.name, "") for entry in (old, new))
        if before == after:
            continue
        if field.values is None:
            yield Change(field.label, _wording(before, after), is_prose=True)
        elif pieces := _exchanged(held(field, before, names[0]), held(field, after, names[1])):
            yield Change(field.label, pieces)


def _wording(old: str, new: str) -> tuple[Piece, ...]:
    """Return the words that differ and what is around them; nothing if only blanks and line breaks do."""
    pieces = words_between(old, new)
    return pieces if any(piece.kind != "same" for piece in pieces) else ()


def held(field: Field, value: Any, names: Names) -> Values:
    """Return what `value` holds of a field that is not prose; empty if it holds nothing."""
    if field.values is None or value in ("", None, []):
        return {}
    return field.values(value, names)


def _exchanged(before: Values, after: Values) -> tuple[Piece, ...]:
    """Return the values that are gone, then those that came; their order is no matter."""
    gone = [Piece("removed", shown) for key, shown in before.items() if key not in after]
    return (*gone, *(Piece("added", shown) for key, shown in after.items() if key not in before))


# --- What fields hold --------------------------------------------------------------------------


def text(value: str, names: Names) -> Values:
    return {value: value}


def kind(value: str, names: Names) -> Values:
    return text(value.replace("-", " "), names)


def hours(value: int, names: Names) -> Values:
    return text(f"{value} hour{'' if value == 1 else 's'}", names)


def pixels(value: int, names: Names) -> Values:
    return text(f"{value} pixels", names)


def yes_or_no(value: bool, names: Names) -> Values:
    return text("yes" if value else "no", names)


def day(value: str, names: Names) -> Values:
    return text(f"{date.fromisoformat(value):%-d %B %Y}", names)


def in_order(value: Iterable[str], names: Names) -> Values:
    """A list whose order matters is shown as a whole."""
    return text(", ".join(value), names)


def files(value: Iterable[Entry], names: Names) -> Values:
    return in_order((file["url"].rpartition("/")[2] for file in value), names)


def named(kind: str) -> Callable[[Iterable[str], Names], Values]:
    """Return what a field holds that names entries of `kind` by id, slug or key."""
    return lambda value, names: {key: names[kind].get(key, key) for key in value}
