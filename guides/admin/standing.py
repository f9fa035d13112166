"""Where a part of a guide stands among its like, and what is before and behind it."""

from collections.abc import Sequence
from dataclasses import dataclass

from guides.models import Section, Stage, Step

Part = Section | Stage | Step


@dataclass(frozen=True)
class Standing:
    """Where a part stands among its like: its number, from 1, of how many, and its neighbours."""

    number: int
    total: int
    previous: Part | None
    next: Part | None


def standing_of(part: Part, row: Sequence[Part]) -> Standing | None:
    """Return where `part` stands in `row`; None if it is not in it."""
    place = next((place for place, other in enumerate(row) if other.pk == part.pk), None)
    if place is None:
        return None
    return Standing(
        number=place + 1,
        total=len(row),
        previous=row[place - 1] if place else None,
        next=row[place + 1] if place + 1 < len(row) else None,
    )
