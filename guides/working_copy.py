"""The working copy of a guide, as the content that publishing would freeze."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.urls import reverse

from guides.document import (
    Content,
    OfferDocument,
    PictureDocument,
    SectionDocument,
    SourceDocument,
    StageDocument,
    StepDocument,
)
from guides.mentions import cited_keys, named_pictures
from guides.models import Guide, Picture, Section, Source, Stage, Step


def content_of(guide: Guide) -> Content:
    """Return the working copy of `guide`, in a number of queries that does not depend on its size."""
    steps = list(guide.steps.live().with_named())
    sections = list(guide.sections.prefetch_related("steps"))
    texts = [section.body for section in sections] + [step.body for step in steps]
    stages = [
        _stage(stage, [step for step in steps if step.stage_id == stage.pk]) for stage in guide.stages.all()
    ]
    path = [step["id"] for stage in stages for step in stage["steps"]]
    return {
        "id": str(guide.pk),
        "slug": guide.slug,
        "title": guide.title,
        "summary": guide.summary,
        "occupation_codes": codes_of(guide),
        "sections": [_section(section, path) for section in sections],
        "stages": stages,
        "skills": [{"slug": skill.slug, "name": skill.name} for skill in _each(steps, "skills", "slug")],
        "courses": [
            _offer(course, course.provider, course.platform) for course in _each(steps, "courses", "slug")
        ],
        "certifications": [
            _offer(certification, certification.issuer)
            for certification in _each(steps, "certifications", "slug")
        ],
        "sources": [_source(source) for source in _sources(steps, texts)],
        "pictures": [_picture(picture) for picture in Picture.objects.filter(slug__in=named_pictures(texts))],
    }


def stored_content(guide: UUID) -> Content | None:
    """Return the working copy of the guide with the id `guide` as it is stored; None if there is no such."""
    stored = Guide.objects.filter(pk=guide).first()
    return content_of(stored) if stored else None


def draft_of(guide: Guide, text: str) -> Content:
    """Return the content of a guide that has nothing but one section, of this `text`: enough to show that."""
    section: SectionDocument = {
        "id": "",
        "slug": "text",
        "kind": Section.Kind.OVERVIEW,
        "title": "",
        "body": text,
        "checked_on": None,
        "steps": [],
    }
    return {
        "id": str(guide.pk),
        "slug": guide.slug,
        "title": guide.title,
        "summary": guide.summary,
        "occupation_codes": [],
        "sections": [section],
        "stages": [],
        "skills": [],
        "courses": [],
        "certifications": [],
        "sources": [_source(source) for source in _sources([], [text])],
        "pictures": [
            _picture(picture) for picture in Picture.objects.filter(slug__in=named_pictures([text]))
        ],
    }


def codes_of(guide: Guide) -> list[str]:
    """Return the occupation codes of `guide` in their order."""
    return [code.strip() for code in guide.occupation_codes.split(",") if code.strip()]


def _each(steps: Iterable[Step], related: str, key: str) -> list[Any]:
    """Return what all `steps` name under `related`, each once, sorted by `key`."""
    found = {getattr(entry, key): entry for step in steps for entry in getattr(step, related).all()}
    return [found[name] for name in sorted(found)]


def _sources(steps: list[Step], texts: list[str]) -> list[Source]:
    """Return the sources that steps name or that any text cites, and those who pass them on."""
    keys = cited_keys(texts)
    keys |= {source.key for step in steps for source in step.sources.all()}
    wanted = Q(key__in=keys) | Q(cites__key__in=keys)
    return list(Source.objects.filter(wanted).distinct().prefetch_related("cited_by").order_by("key"))


def _section(section: Section, path: Iterable[str]) -> SectionDocument:
    """Return `section`; `path` has the ids of the guide's steps in their order."""
    named = {str(step.pk) for step in section.steps.all()}
    return {
        "id": str(section.pk),
        "slug": section.slug,
        "kind": section.kind,
        "title": section.title,
        "body": section.body,
        "checked_on": section.checked_on.isoformat() if section.checked_on else None,
        "steps": [step for step in path if step in named],
    }


def _stage(stage: Stage, steps: list[Step]) -> StageDocument:
    return {
        "id": str(stage.pk),
        "slug": stage.slug,
        "title": stage.title,
        "summary": stage.summary,
        "steps": [step_document(step) for step in steps],
    }


def step_document(step: Step) -> StepDocument:
    """Return `step`, fetched `with_named`; it comes after those of its guide's path alone."""
    return {
        "id": str(step.pk),
        "slug": step.slug,
        "title": step.title,
        "body": step.body,
        "done_when": step.done_when,
        "effort_hours": step.effort_hours,
        "optional": step.optional,
        "choice": step.choice,
        "route": step.route,
        "after": sorted(
            str(before.pk)
            for before in step.after.all()
            if before.retired_at is None and before.guide_id == step.guide_id
        ),
        "skills": sorted(skill.slug for skill in step.skills.all()),
        "courses": sorted(course.slug for course in step.courses.all()),
        "certifications": sorted(certification.slug for certification in step.certifications.all()),
        "sources": sorted(source.key for source in step.sources.all()),
    }


def _offer(offer: Any, *by: Any) -> OfferDocument:
    return {
        "slug": offer.slug,
        "title": offer.title,
        "by": [provider.name for provider in by if provider],
        "url": offer.url,
    }


def _source(source: Source) -> SourceDocument:
    return {
        "key": source.key,
        "publisher": source.publisher,
        "title": source.title,
        "url": source.url,
        "published": source.published,
        "accessed_on": source.accessed_on.isoformat() if source.accessed_on else None,
        "retrieved_on": source.retrieved_on.isoformat(),
        "note": source.note,
        "cited_by": sorted(citing.key for citing in source.cited_by.all()),
    }


def _picture(picture: Picture) -> PictureDocument:
    return {
        "slug": picture.slug,
        "alt": picture.alt,
        "credit": picture.credit,
        "width": picture.width,
        "height": picture.height,
        "files": [
            {"url": reverse("picture", args=[file["name"]]), "width": file["width"]} for file in picture.files
        ],
    }
