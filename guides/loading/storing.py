"""Storing a content folder in the working copy, and publishing it."""

import hashlib
from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import models, transaction

from courses.models import Certification, Course, Provider, Skill
from guides.document import canonical
from guides.loading.reading import BrokenFolder, Folder, read_folder
from guides.loading.schema import StageEntry, StepEntry
from guides.models import Guide, Picture, Section, Source, Stage, Step
from guides.models.edition import FROM_FILES
from guides.pictures.storing import fill, store
from guides.publishing import PublishingRefused, publish
from guides.working_copy import content_of


class Outcome(StrEnum):
    """What loading a folder came to."""

    SAME = "nothing to do, these files are loaded already"
    LOADED = "loaded"
    THERE = "left alone, the guide is there already"


class EditedSince(Exception):
    """The working copy was edited after it was last loaded, and loading would undo that."""


def load_folder(folder: Path, *, force: bool = False, if_absent: bool = False) -> Outcome:
    """Load `folder` into the working copy of its guide and publish it if that changed something.

    With `if_absent` a guide that exists is left alone. With `force` edits of the working copy are
    overwritten. All or nothing: raises `BrokenFolder` if the files are wrong, `EditedSince` if the working
    copy was edited.
    """
    found = read_folder(folder)
    for encoded in found.drawn.values():
        store(
            encoded
        )  # also where nothing is to be loaded: the files may have gone, or never come to this machine
    with transaction.atomic():
        guide = Guide.objects.select_for_update().filter(pk=found.guide.id).first()
        if guide and if_absent:
            return Outcome.THERE
        if guide and guide.loaded_files == found.digest and not force:
            return Outcome.SAME
        if guide and not force and _digest(guide) != guide.loaded_copy:
            raise EditedSince(
                f"{folder}: “{guide.title}” was edited since these files were last loaded, and loading would "
                "undo that. Nothing was changed. Load with --force to overwrite the edits."
            )
        _store(found, folder)
    return Outcome.LOADED


def _store(found: Folder, folder: Path) -> None:
    _refuse_foreign_ids(found, folder)
    _store_catalog(found)
    guide = _store_guide(found)
    _store_path(guide, found)
    guide.loaded_files, guide.loaded_copy = found.digest, _digest(guide)
    guide.save(update_fields=["loaded_files", "loaded_copy"])
    guide.touch(by=None)
    try:
        publish(guide, by=None, note=FROM_FILES)
    except PublishingRefused as refused:
        faults = [
            f"{found.places.get(finding.where, 'path.yaml:1')}: {finding.message}"
            for finding in refused.findings
        ]
        raise BrokenFolder(folder, faults) from refused


SHARED = ("skills", "courses", "certifications", "sources", "pictures")  # other guides name them too


def _digest(guide: Guide) -> str:
    """Return a digest of what belongs to `guide` alone, to tell whether it was edited."""
    own = {key: part for key, part in content_of(guide).items() if key not in SHARED}
    return hashlib.sha256(canonical(own).encode()).hexdigest()


def _refuse_foreign_ids(found: Folder, folder: Path) -> None:
    """Raise `BrokenFolder` if an id or the slug of the folder belongs to another guide already."""
    ids: dict[Any, list[UUID]] = {
        Section: [section.id for section in found.guide.sections],
        Stage: [stage.id for stage in found.path.stages],
        Step: [step.id for step in found.steps],
    }
    faults = [
        f"{found.places[str(row.pk)]}: this id belongs to “{row}” of the guide “{row.guide}”"
        for model, own in ids.items()
        for row in model._default_manager.filter(pk__in=own)
        .exclude(guide=found.guide.id)
        .select_related("guide")
    ]
    other = Guide.objects.filter(slug=found.guide.slug).exclude(pk=found.guide.id).first()
    if other:
        faults.append(
            f"guide.yaml:1: the slug “{other.slug}” belongs to another guide, with the id {other.pk}"
        )
    if faults:
        raise BrokenFolder(folder, faults)


# --- The catalog, sources and pictures --------------------------------------------------------


def _store_catalog(found: Folder) -> None:
    """Bring skills, sources, providers, courses and certifications to what the files say of them."""
    for skill in found.skills:
        Skill.objects.update_or_create(slug=skill.slug, defaults={"name": skill.name})
    for provider in found.catalog.providers:
        Provider.objects.update_or_create(
            slug=provider.slug, defaults={"name": provider.name, **_url(provider)}
        )
    for course in found.catalog.courses:
        _store_offer(Course, course, provider=_provider(course.provider), platform=_provider(course.platform))
    for certification in found.catalog.certifications:
        _store_offer(Certification, certification, issuer=_provider(certification.issuer))
    _store_sources(found)
    _store_pictures(found)


def _store_offer(model: Any, entry: Any, **related: Provider | None) -> None:
    defaults = {"title": entry.title, **_url(entry), **related}
    offer, _ = model.objects.update_or_create(slug=entry.slug, defaults=defaults)
    offer.skills.set(Skill.objects.filter(slug__in=entry.skills))


def _store_sources(found: Folder) -> None:
    for source in found.sources:
        Source.objects.update_or_create(
            key=source.key,
            defaults={
                "publisher": source.publisher,
                "title": source.title,
                **_url(source),
                "published": source.published,
                "accessed_on": source.accessed,
                "retrieved_on": source.retrieved,
                "note": source.note,
            },
        )
    for source in found.sources:
        citing = Source.objects.filter(key__in=source.cited_by)
        Source.objects.get(key=source.key).cited_by.set(citing)


def _store_pictures(found: Folder) -> None:
    for entry in found.pictures:
        picture = Picture.objects.filter(slug=entry.slug).first() or Picture(slug=entry.slug)
        picture.alt, picture.credit = entry.alt, entry.credit
        fill(picture, found.drawn[entry.slug])
        picture.save()


def _provider(slug: str | None) -> Provider | None:
    return Provider.objects.get(slug=slug) if slug else None


def _url(entry: Any) -> dict[str, str]:
    """Return the link that `entry` gives; one that it does not give is left as it is."""
    return {"url": str(entry.url)} if entry.url else {}


# --- The guide --------------------------------------------------------------------------------


def _store_guide(found: Folder) -> Guide:
    entry = found.guide
    guide, _ = Guide.objects.update_or_create(
        pk=entry.id,
        defaults={
            "slug": entry.slug,
            "title": entry.title,
            "summary": entry.summary,
            "occupation_codes": ", ".join(entry.occupation_codes),
        },
    )
    guide.sections.exclude(pk__in=[section.id for section in entry.sections]).delete()
    _step_aside(guide.sections.all())
    for position, section in enumerate(entry.sections):
        Section.objects.update_or_create(
            pk=section.id,
            defaults={
                "guide": guide,
                "slug": section.slug,
                "kind": section.kind,
                "title": section.title,
                "checked_on": section.checked_on,
                "body": found.texts[f"sections/{section.slug}.md"],
                "position": position,
            },
        )
    return guide


def _store_path(guide: Guide, found: Folder) -> None:
    """Bring the path to what the files say; what they no longer name goes, published steps are retired."""
    _drop_steps(guide, keep=[step.id for step in found.steps])
    _step_aside(guide.stages.all())
    _step_aside(guide.steps.live())
    stages = [_store_stage(guide, stage, position) for position, stage in enumerate(found.path.stages)]
    for stage, entry in zip(stages, found.path.stages, strict=True):
        for position, step in enumerate(entry.steps):
            _store_step(stage, step, position, found.texts[f"steps/{step.slug}.md"])
    _drop_stages(guide, keep=[stage.pk for stage in stages])
    _relate_steps(found.steps)
    _relate_sections(guide, found)


def _step_aside(rows: models.QuerySet[Any]) -> None:
    """Give each row its id as a slug, so that two rows of the files can swap theirs."""
    for row in rows:
        row.slug = str(row.pk)
        row.save(update_fields=["slug"])


def _drop_steps(guide: Guide, keep: Iterable[UUID]) -> None:
    for step in guide.steps.live().exclude(pk__in=keep):
        if step.editions.exists():
            step.retire()
        else:
            step.delete()


def _drop_stages(guide: Guide, keep: Iterable[UUID]) -> None:
    gone = guide.stages.exclude(pk__in=keep)
    Step.objects.filter(stage__in=gone).update(stage=None)
    gone.delete()


def _store_stage(guide: Guide, entry: StageEntry, position: int) -> Stage:
    stage, _ = Stage.objects.update_or_create(
        pk=entry.id,
        defaults={
            "guide": guide,
            "slug": entry.slug,
            "title": entry.title,
            "summary": entry.summary,
            "position": position,
        },
    )
    return stage


def _store_step(stage: Stage, entry: StepEntry, position: int, text: str) -> None:
    Step.objects.update_or_create(
        pk=entry.id,
        defaults={
            "guide": stage.guide,
            "stage": stage,
            "slug": entry.slug,
            "title": entry.title,
            "body": text,
            "done_when": entry.done_when or "",
            "effort_hours": entry.effort_hours,
            "optional": entry.optional,
            "choice": entry.choice or "",
            "route": entry.route or "",
            "position": position,
            "retired_at": None,
        },
    )


def _relate_steps(entries: list[StepEntry]) -> None:
    """Set what the steps name; done last, when everything that can be named is there."""
    ids = {entry.slug: entry.id for entry in entries}
    named: list[tuple[str, type[models.Model], str]] = [
        ("skills", Skill, "slug"),
        ("courses", Course, "slug"),
        ("certifications", Certification, "slug"),
        ("sources", Source, "key"),
    ]
    known = {field: dict(model._default_manager.values_list(key, "pk")) for field, model, key in named}
    steps = Step.objects.in_bulk([entry.id for entry in entries])
    for entry in entries:
        step = steps[entry.id]
        step.after.set(Step.objects.filter(pk__in=[ids[slug] for slug in entry.after]))
        for field, keys in known.items():
            getattr(step, field).set([keys[name] for name in getattr(entry, field)])


def _relate_sections(guide: Guide, found: Folder) -> None:
    """Set which steps each section explains."""
    ids = {entry.slug: entry.id for entry in found.steps}
    sections = guide.sections.in_bulk([entry.id for entry in found.guide.sections])
    for entry in found.guide.sections:
        sections[entry.id].steps.set(Step.objects.filter(pk__in=[ids[slug] for slug in entry.steps]))
