"""Retired steps of a content folder: what they say, and what would name them again if they came back."""

from collections.abc import Iterator
from uuid import UUID

from django.utils import timezone

from guides.loading.content import Texts, ids_of, step_document
from guides.loading.folder import Folder
from guides.loading.schema import RetiredEntry
from guides.models import Guide, Section, Step
from guides.writing.relations import relate
from guides.writing.rows import STEP, TEXTS, relate_named, write


def retire_those(guide: Guide, found: Folder) -> None:
    """Retire the steps on the path of `guide` that the files hold as retired, so that none is deleted."""
    named = guide.steps.live().filter(pk__in=[step.id for step in found.retired])
    named.update(retired_at=timezone.now())


def bring_retired(guide: Guide, found: Folder, texts: Texts) -> set[UUID]:
    """Bring retired steps to what the files say of them; those that they do not name stay as they are.

    Returns the ids of those that were made or changed.
    """
    if not found.retired:
        return set()
    ids = [step.id for step in found.retired]
    there = guide.steps.in_bulk(ids)
    rows = [_row(guide, found, step, there.get(step.id), texts) for step in found.retired]
    changed = {row.pk for row in write(guide.steps.all(), rows, STEP)}
    changed |= relate_named([step_document(found, step, [], texts) for step in found.retired], step__in=ids)
    return changed | _relate(guide, found, ids)


def _relate(guide: Guide, found: Folder, ids: list[UUID]) -> set[UUID]:
    """Relate retired steps to others and to sections; return those whose relations changed."""
    of_path = {"from_step__guide": guide, "from_step__retired_at": None}
    after = relate(Step, "after", _after(found), from_step__in=ids)
    before = relate(Step, "after", _before(found), to_step__in=ids, **of_path)
    explained = relate(Section, "steps", _explained(found), section__guide=guide, step__in=ids)
    return {step for step, _ in after} | {step for _, step in before | explained}


def _row(guide: Guide, found: Folder, step: RetiredEntry, there: Step | None, texts: Texts) -> Step:
    stages = {stage.slug: stage.id for stage in found.path.stages}
    document = step_document(found, step, [], texts)
    return Step(
        id=step.id,
        guide=guide,
        stage_id=stages[step.stage] if step.stage else None,
        position=there.position if there else 0,
        retired_at=there.retired_at if there else timezone.now(),
        **{field: document[field] for field in TEXTS},  # type: ignore[literal-required]  # names of fields
    )


def _after(found: Folder) -> Iterator[tuple[UUID, UUID]]:
    ids = ids_of(found)
    for step in found.retired:
        yield from (
            (step.id, before) for before in [*(ids[slug] for slug in step.after), *step.after_retired]
        )


def _before(found: Folder) -> Iterator[tuple[UUID, UUID]]:
    ids = ids_of(found)
    return ((ids[slug], step.id) for step in found.retired for slug in step.before)


def _explained(found: Folder) -> Iterator[tuple[UUID, UUID]]:
    ids = {section.slug: section.id for section in found.guide.sections}
    return ((ids[slug], step.id) for step in found.retired for slug in step.sections)
