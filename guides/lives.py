"""The lives of steps: how they leave the path, come back, and hand on to others what was done under them.

What was published is retired, never deleted, and a credit record says which steps count for which. So
nothing that a learner did is lost, whichever of these verbs an editor takes.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.text import slugify

from guides.editing import editing, lock
from guides.models import Credit, Guide, Step
from portal.slugs import RESERVED

if TYPE_CHECKING:
    from accounts.models import User

NAMED = ("skills", "courses", "certifications", "sources", "after")


@dataclass(frozen=True)
class Part:
    """What a new step says; its place and what it names come from the steps before it."""

    title: str
    body: str = ""
    done_when: str = ""
    effort_hours: int | None = None


def retire(guide: Guide, steps: Iterable[Step], *, by: "User | None", version: int | None = None) -> None:
    """Take `steps` off the path at the next edition; learners keep what they did.

    Raises `Outdated` as all these verbs do.
    """
    with editing(guide, by=by, version=version) as locked:
        for step in _live(locked, steps):
            step.retire()


def put_back(guide: Guide, step: Step, *, by: "User | None", version: int | None = None) -> None:
    """Put a retired step back on the path, at the end of its stage or of the last one.

    Raises `ValidationError` if another step has taken its slug or the guide has no stage.
    """
    with editing(guide, by=by, version=version) as locked:
        back = locked.steps.get(pk=step.pk)
        back.retired_at = None
        back.stage = back.stage or locked.stages.last()
        if back.stage is None:
            raise ValidationError("This guide has no stage to put the step into. Add a stage first.")
        back.position = _after_the_last(back)
        back.full_clean()
        back.save(update_fields=["retired_at", "stage", "position"])


def succeed(
    guide: Guide,
    old: Sequence[Step],
    parts: Sequence[Part],
    *,
    by: "User | None",
    version: int | None = None,
) -> list[Step]:
    """Let new steps take the place of the `old` ones: who has done all of these has done each of those.

    One old and several parts are a split, several old and one part a merge, one and one a replacement.
    The new steps stand where the first old one stood, and name what the old ones named; texts and steps
    that named an old one name the new ones. Returns the new steps. Raises `ValidationError` if there is
    nothing on a side, a step is not on the path, or a part cannot be a step.
    """
    with editing(guide, by=by, version=version) as locked:
        before = _live(locked, old)
        if not before or not parts:
            raise ValidationError("It takes a step on each side.")
        for step in before:
            step.retire()
        new = [_begin(before[0], part) for part in parts]
        _stand(before[0], new)
        for step in new:
            _inherit(step, before)
        _hand_on(before, new)
        Credit.objects.record(old=before, new=new, by=by)
    return new


@transaction.atomic
def same_as(step: Step, other: Step, *, by: "User | None", version: int | None = None) -> Credit:
    """Record that `step` and `other`, of another guide, are the same: who has done one has done the other.

    `version` is that of the guide of `step`. Raises `ValidationError` if both are of one guide, or if it is
    recorded already.
    """
    if step.guide_id == other.guide_id:
        raise ValidationError("Choose a step of another guide. Within a guide, merge the steps.")
    if Credit.objects.between(step, other).exists():
        raise ValidationError(f"“{step}” and “{other}” count for each other already.")
    for guide in sorted((step.guide, other.guide), key=lambda guide: guide.pk):
        lock(guide, version=version if guide.pk == step.guide_id else None)
    for guide in (step.guide, other.guide):
        guide.touch(by=by)
    return Credit.objects.record(old=[step], new=[other], by=by)


def drop(*steps: Step) -> None:
    """Take steps off the path: each is deleted if nothing holds it, retired otherwise."""
    rows = Step.objects.filter(pk__in=[step.pk for step in steps])
    held = rows.filter(Q(editions__isnull=False) | Q(credits__isnull=False))
    kept = set(held.values_list("pk", flat=True))
    rows.filter(pk__in=kept).update(retired_at=timezone.now())
    rows.exclude(pk__in=kept).delete()


def free_slug(guide: Guide, title: str) -> str:
    """Return a slug for a step called `title` that no step on the path of `guide` has."""
    taken = {*guide.steps.live().values_list("slug", flat=True), *RESERVED}
    stem = slugify(title)[:70] or "step"
    slugs = (f"{stem}-{number}" if number > 1 else stem for number in range(1, len(taken) + 2))
    return next(slug for slug in slugs if slug not in taken)


def _live(guide: Guide, steps: Iterable[Step]) -> list[Step]:
    """Return `steps` as they are stored, in the order given.

    Raises `ValidationError` if one is not on the path.
    """
    wanted = [step.pk for step in steps]
    found = guide.steps.live().in_bulk(wanted)
    if len(found) < len(set(wanted)):
        raise ValidationError(
            "A step that was chosen is no longer on the path. Look at the path and choose again."
        )
    return [found[pk] for pk in dict.fromkeys(wanted)]


def _begin(before: Step, part: Part) -> Step:
    """Make the step of a part, in the place of `before`. Raises `ValidationError` if it cannot be one."""
    step = Step(
        guide=before.guide,
        stage=before.stage,
        slug=free_slug(before.guide, part.title),
        title=part.title.strip(),
        body=part.body,
        done_when=part.done_when,
        effort_hours=part.effort_hours,
        optional=before.optional,
        choice=before.choice,
        route=before.route,
    )
    step.full_clean()
    step.save()
    return step


def _stand(before: Step, new: Sequence[Step]) -> None:
    """Let the `new` steps stand in a row where `before` stood."""
    others = list(Step.objects.live().filter(stage=before.stage).exclude(pk__in=[step.pk for step in new]))
    place = sum((step.position, step.slug) < (before.position, before.slug) for step in others)
    row = [*others[:place], *new, *others[place:]]
    for position, step in enumerate(row):
        step.position = position
    Step.objects.bulk_update(row, ["position"])


def _inherit(step: Step, before: Iterable[Step]) -> None:
    """Let `step` name all that the steps before it named."""
    for field in NAMED:
        named = {thing for old in before for thing in getattr(old, field).all()}
        getattr(step, field).set(named)


def _hand_on(before: Sequence[Step], new: Sequence[Step]) -> None:
    """Let sections and steps that named an old step name the new ones."""
    for old in before:
        for section in old.sections.all():
            section.steps.add(*new)
        for later in old.before.live():
            later.after.add(*new)
    for step in new:
        step.after.remove(*before, *new)


def _after_the_last(step: Step) -> int:
    others = Step.objects.live().filter(stage=step.stage).exclude(pk=step.pk)
    return max((other.position for other in others), default=-1) + 1
