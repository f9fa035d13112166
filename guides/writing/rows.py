"""The rows of a working copy, brought to a content: written where they differ, in few queries."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, TypedDict, TypeVar
from uuid import UUID

from django.db.models import Model, QuerySet

from courses.models import Certification, Course, Skill
from guides.document import SectionDocument, StageDocument, StepDocument
from guides.lives import drop
from guides.models import Guide, Section, Source, Stage, Step
from guides.working_copy import codes_of
from guides.writing.relations import relate

Row = TypeVar("Row", Section, Stage, Step)

SECTION = ("slug", "kind", "title", "body", "checked_on", "position")
STAGE = ("slug", "title", "summary", "position")
TEXTS = ("slug", "title", "body", "done_when", "effort_hours", "optional", "choice", "route")
STEP = (*TEXTS, "stage_id", "position", "retired_at")
NAMED: tuple[tuple[str, type[Model], str], ...] = (
    ("skills", Skill, "slug"),
    ("courses", Course, "slug"),
    ("certifications", Certification, "slug"),
    ("sources", Source, "key"),
)


class OwnContent(TypedDict):
    """What of a content belongs to one guide alone."""

    slug: str
    title: str
    summary: str
    occupation_codes: list[str]
    sections: list[SectionDocument]
    stages: list[StageDocument]


def bring_to(guide: Guide, content: OwnContent) -> None:
    """Bring the working copy of `guide` to `content`; its ids are UUIDs as text.

    To be called within `editing`, which locks the guide. A step that the content does not name leaves the
    path as `lives.drop` lets it, one that it names comes back if it was retired. Skills, courses and the like
    that the steps name have to be there, and no id may belong to another guide.
    """
    _bring_guide(guide, content)
    _bring_sections(guide, content["sections"])
    path = [step for stage in content["stages"] for step in stage["steps"]]
    drop(*guide.steps.live().exclude(pk__in=_ids(path)))
    _step_aside(list(guide.stages.exclude(pk__in=_ids(content["stages"]))))
    write(guide.stages.all(), [_stage(guide, *entry) for entry in enumerate(content["stages"])], STAGE)
    steps = [_steps(guide, stage) for stage in content["stages"]]
    write(guide.steps.all(), [step for row in steps for step in row], STEP)
    _drop_stages(guide, keep=_ids(content["stages"]))
    relate_named(path, step__guide=guide, step__retired_at=None)
    _relate_steps(guide, content["sections"], path)


def relate_named(entries: Iterable[StepDocument], **among: Any) -> set[UUID]:
    """Let steps name the skills, courses, certifications and sources that their entries name.

    `among` picks the links that are looked at, such as those of one `step`. Returns the steps that name other
    things than before.
    """
    entries, changed = list(entries), set[UUID]()
    for field, model, key in NAMED:
        pairs = [(UUID(step["id"]), name) for step in entries for name in step[field]]  # type: ignore[literal-required]  # names of fields
        rows = model._default_manager.filter(**{f"{key}__in": {name for _, name in pairs}})
        keys = dict(rows.values_list(key, "pk"))
        links = relate(Step, field, [(step, keys[name]) for step, name in pairs], **among)
        changed |= {step for step, _ in links}
    return changed


def write(present: QuerySet[Any], rows: Sequence[Row], fields: Sequence[str]) -> list[Row]:
    """Write those of `rows` that differ in `fields` from the `present` row with their id, or have none.

    Rows that change their slug let go of the old one first, so that two can swap theirs. Returns what was
    written.
    """
    there = present.in_bulk()
    changed = [row for row in rows if row.pk not in there or _differ(row, there[row.pk], fields)]
    _step_aside([there[row.pk] for row in changed if row.pk in there and there[row.pk].slug != row.slug])
    present.model._default_manager.bulk_create(
        changed, update_conflicts=True, unique_fields=["id"], update_fields=list(fields)
    )
    return changed


def _step_aside(rows: Sequence[Row]) -> None:
    """Give each row its id as a slug: others want the one that it has."""
    for row in rows:
        row.slug = str(row.pk)
    if rows:
        type(rows[0])._default_manager.bulk_update(rows, ["slug"])


def joined(codes: Sequence[str]) -> str:
    """Return occupation codes as a guide keeps them; many stand close, so that they fit its field."""
    spaced = ", ".join(codes)
    limit = Guide._meta.get_field("occupation_codes").max_length
    return spaced if limit is None or len(spaced) <= limit else ",".join(codes)


def _bring_guide(guide: Guide, content: OwnContent) -> None:
    wanted = {"slug": content["slug"], "title": content["title"], "summary": content["summary"]}
    if codes_of(guide) != content["occupation_codes"]:
        wanted["occupation_codes"] = joined(content["occupation_codes"])
    changed = [field for field, value in wanted.items() if getattr(guide, field) != value]
    for field in changed:
        setattr(guide, field, wanted[field])
    if changed:
        guide.save(update_fields=changed)


def _bring_sections(guide: Guide, sections: Sequence[SectionDocument]) -> None:
    guide.sections.exclude(pk__in=_ids(sections)).delete()
    write(guide.sections.all(), [_section(guide, *entry) for entry in enumerate(sections)], SECTION)


def _drop_stages(guide: Guide, keep: Iterable[UUID]) -> None:
    gone = guide.stages.exclude(pk__in=keep)
    Step.objects.filter(stage__in=gone).update(stage=None)
    gone.delete()


def _relate_steps(guide: Guide, sections: Iterable[SectionDocument], path: Iterable[StepDocument]) -> None:
    """Relate the steps of the path to each other and to sections; what names retired ones is left alone."""
    after = [(UUID(step["id"]), UUID(before)) for step in path for before in step["after"]]
    live = {"guide": guide, "retired_at": None}
    relate(
        Step,
        "after",
        after,
        **{f"{end}__{name}": value for end in ("from_step", "to_step") for name, value in live.items()},
    )
    explained = [
        (UUID(section["id"]), UUID(step)) for section in sections for step in section.get("steps", [])
    ]
    relate(Section, "steps", explained, section__guide=guide, step__retired_at=None)


def _ids(entries: Iterable[SectionDocument | StageDocument | StepDocument]) -> list[UUID]:
    return [UUID(entry["id"]) for entry in entries]


def _differ(one: Model, other: Model, fields: Iterable[str]) -> bool:
    return any(getattr(one, field) != getattr(other, field) for field in fields)


def _section(guide: Guide, position: int, entry: SectionDocument) -> Section:
    return Section(
        id=UUID(entry["id"]),
        guide=guide,
        slug=entry["slug"],
        kind=entry["kind"],
        title=entry["title"],
        body=entry["body"],
        checked_on=date.fromisoformat(entry["checked_on"]) if entry["checked_on"] else None,
        position=position,
    )


def _stage(guide: Guide, position: int, entry: StageDocument) -> Stage:
    return Stage(
        id=UUID(entry["id"]),
        guide=guide,
        slug=entry["slug"],
        title=entry["title"],
        summary=entry["summary"],
        position=position,
    )


def _steps(guide: Guide, stage: StageDocument) -> list[Step]:
    return [_step(guide, stage["id"], *entry) for entry in enumerate(stage["steps"])]


def _step(guide: Guide, stage: str, position: int, entry: StepDocument) -> Step:
    texts: dict[str, Any] = {field: entry[field] for field in TEXTS}  # type: ignore[literal-required]  # names of fields
    return Step(id=UUID(entry["id"]), guide=guide, stage_id=UUID(stage), position=position, **texts)
