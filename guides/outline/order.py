"""The order of the parts of a guide: positions rise along a list, and only those that must are written."""

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any, TypeVar
from uuid import UUID

from django.db import transaction
from django.db.models import Max, QuerySet

from guides.comparison.spans import rising
from guides.editing import editing, lock
from guides.models import Guide, Section, Stage, Step

if TYPE_CHECKING:
    from accounts.models import User

Part = TypeVar("Part", Section, Stage, Step)


class NotTheSame(Exception):
    """An order that leaves out a part, or names one twice or of another guide."""


def moved(ids: Sequence[UUID], one: UUID, by: int) -> tuple[UUID, ...]:
    """Return `ids` with `one` of them `by` places further on; at either end it stays."""
    others = [other for other in ids if other != one]
    place = max(0, ids.index(one) + by)
    return (*others[:place], one, *others[place:])


def moves(before: Sequence[UUID], after: Sequence[UUID], names: Callable[[UUID], object]) -> Iterator[str]:
    """Yield in words how the order `after` came of `before`, in as few moves as there can be."""
    kept = set(rising([before.index(one) for one in after]))
    for place, one in enumerate(after):
        if place not in kept:
            behind = after[place + 1] if place + 1 < len(after) else None
            yield f"“{names(one)}” stands {f'before “{names(behind)}”' if behind else 'last'} now."


def numbered(parts: Sequence[Part]) -> list[Part]:
    """Give `parts` positions that rise in their order, and return those whose position that changed."""
    if all(one.position < other.position for one, other in pairwise(parts)):
        return []
    changed = [part for place, part in enumerate(parts) if part.position != place]
    for place, part in enumerate(parts):
        part.position = place
    return changed


def stand(part: Section | Stage | Step, *, before: UUID | None = None) -> None:
    """Give a stored `part` its place: straight before another step of its stage, or after all others.

    To be called while its guide is being edited.
    """
    others = _others(part)
    row = list(others.only("position")) if before else []
    place = next((place for place, other in enumerate(row) if other.pk == before), None)
    if place is None:
        last = others.aggregate(last=Max("position"))["last"]
        part.position = 0 if last is None else last + 1
        part.save(update_fields=["position"])
    else:
        numbered_row = numbered([*row[:place], part, *row[place:]])
        type(part)._default_manager.bulk_update(numbered_row, ["position"])


def _others(part: Section | Stage | Step) -> QuerySet[Any]:
    """Return the parts among which `part` has its place."""
    if isinstance(part, Step):
        return Step.objects.live().filter(stage=part.stage_id).exclude(pk=part.pk)
    return type(part)._default_manager.filter(guide=part.guide_id).exclude(pk=part.pk)


def arrange_sections(
    guide: Guide, sections: Sequence[UUID], *, by: "User | None", version: int | None = None
) -> list[str]:
    """Bring the sections of `guide` into the order of `sections`, their ids, and return in words what moved.

    Raises `Outdated` if the working copy is not at `version`, and `NotTheSame` if these are not its sections.
    """
    with transaction.atomic():
        locked = lock(guide, version=version)
        stored = {section.pk: section for section in locked.sections.all()}
        if sorted(sections) != sorted(stored):
            raise NotTheSame
        words = list(moves(list(stored), sections, stored.__getitem__))
        if words:
            with editing(locked, by=by):
                Section.objects.bulk_update(numbered([stored[pk] for pk in sections]), ["position"])
    return words
