"""What a content asks for and another guide has: its slug, and the ids of its parts."""

from collections.abc import Iterable, Iterator, Mapping
from uuid import UUID

from guides.models import Guide, Section, Stage, Step

PARTS: tuple[type[Section | Stage | Step], ...] = (Section, Stage, Step)


def holder_of_slug(slug: str, guide: UUID) -> Guide | None:
    """Return the guide other than `guide` that has this slug; None if it is free."""
    return Guide.objects.filter(slug=slug).exclude(pk=guide).first()


def rows_of_others(
    ids: Mapping[type[Section | Stage | Step], Iterable[UUID]], guide: UUID
) -> Iterator[Section | Stage | Step]:
    """Yield the sections, stages and steps with one of these `ids` that another guide than `guide` has."""
    for model in PARTS:
        rows = model._default_manager.filter(pk__in=list(ids.get(model, ())))
        yield from rows.exclude(guide=guide).select_related("guide")
