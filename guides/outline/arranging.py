"""Bringing a path to an outline."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.utils.text import slugify

from guides.checks import Finding
from guides.editing import editing, lock
from guides.models import Guide, Stage, Step
from guides.outline.changes import Change, changes_of
from guides.outline.order import numbered
from guides.outline.rows import Outline, Path, Row

if TYPE_CHECKING:
    from accounts.models import User

LONGEST = 120  # signs of a title, a choice or a route


class OutlineRefused(Exception):
    """An outline that cannot be stored; the findings say why, and at which step or stage."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        super().__init__(" ".join(finding.message for finding in findings))
        self.findings = findings


@transaction.atomic
def arrange(
    guide: Guide,
    outline: Outline,
    *,
    by: "User | None",
    version: int | None = None,
    new_stage: str = "",
    without: UUID | None = None,
) -> list[Change]:
    """Bring the path of `guide` to `outline` and return what that changed; if nothing, nothing is written.

    A stage called `new_stage` comes last; the stage `without` is removed. Raises `Outdated` if the working
    copy is no longer at `version`, and `OutlineRefused` if the outline is not of the stages and steps that
    the path has, asks of a step what no step can ask for, or removes a stage that has steps.
    """
    locked = lock(guide, version=version)
    path = Path.of(locked)
    if findings := list(_findings(path, outline, new_stage, without)):
        raise OutlineRefused(findings)
    changes = list(changes_of(path, outline))
    changes += [Change(f"Added the stage “{new_stage}”.")] if new_stage else []
    changes += [Change(f"Removed the stage “{path.stages[without]}”.")] if without else []
    if changes:
        with editing(locked, by=by):
            _store(path, outline)
            _add_stage(locked, path, new_stage)
            if without:
                remove_stage(path.stages[without])
    return changes


def remove_stage(stage: Stage) -> None:
    """Remove a stage that has no step on the path; retired steps that stood in it stand in none then."""
    stage.steps.exclude(retired_at=None).update(stage=None)
    stage.delete()


def _findings(path: Path, outline: Outline, new_stage: str, without: UUID | None) -> Iterator[Finding]:
    """Yield why `outline` cannot be stored."""
    named = sorted(row.step for row in outline.rows)
    stages = {row.stage for row in outline.rows} | ({without} if without else set())
    is_complete = sorted(outline.stages) == sorted(path.stages) and named == sorted(path.steps)
    if not is_complete or not stages <= path.stages.keys():
        yield Finding("These are not the stages and steps of this guide. Open the page anew.")
        return
    for row in outline.path:
        if fault := _fault(row):
            yield Finding(f"“{path.steps[row.step]}” {fault}", str(row.step))
    if len(new_stage) > LONGEST:
        yield Finding(f"The title of a stage has {LONGEST} signs at most.")
    if without and outline.steps_of(without):
        yield Finding(f"“{path.stages[without]}” has steps. Move or retire them first.", str(without))


def _fault(row: Row) -> str:
    if row.choice and not row.route:
        return "has a choice but no route. Name the route that it is part of, or clear the choice."
    if row.route and not row.choice:
        return "has a route but no choice. Name the choice that it is a route of, or clear the route."
    if row.choice and row.optional:
        return "is part of a choice, so it cannot be optional. Clear one of the two."
    if max(len(row.choice), len(row.route)) > LONGEST:
        return f"has a choice or a route of more than {LONGEST} signs. Shorten it."
    return ""


def _store(path: Path, outline: Outline) -> None:
    """Write what changes, and nothing else."""
    Stage.objects.bulk_update(numbered([path.stages[pk] for pk in outline.stages]), ["position"])
    changed = {row.step for row in outline.rows if row != path.row_of(row.step)}
    for row in outline.rows:
        step = path.steps[row.step]
        step.stage_id, step.optional = row.stage, row.optional
        step.choice, step.route = row.choice, row.route
    for _, rows in groupby(outline.path, key=attrgetter("stage")):
        changed |= {step.pk for step in numbered([path.steps[row.step] for row in rows])}
    fields = ["stage", "position", "optional", "choice", "route"]
    Step.objects.bulk_update([path.steps[pk] for pk in changed], fields)


def _add_stage(guide: Guide, path: Path, title: str) -> None:
    if title:
        slug = _free_slug(title, {stage.slug for stage in path.stages.values()})
        last = max((stage.position for stage in path.stages.values()), default=-1)
        Stage.objects.create(guide=guide, title=title, slug=slug, position=last + 1)


def _free_slug(title: str, taken: set[str]) -> str:
    stem = slugify(title)[:70] or "stage"
    slugs = (f"{stem}-{number}" if number > 1 else stem for number in range(1, len(taken) + 2))
    return next(slug for slug in slugs if slug not in taken)
