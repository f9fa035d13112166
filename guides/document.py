"""The document of an edition: what the public reads, as JSON.

`Content` is what staff wrote; `Document` adds what history is needed to measure progress by it. These
types are also the API's schema of a guide.
"""

import json
from collections.abc import Iterable
from typing import Any, TypedDict

from guides.models import Guide, Section, Source, Stage, Step


class SectionDocument(TypedDict):
    id: str
    slug: str
    kind: str
    title: str
    body: str
    checked_on: str | None


class StepDocument(TypedDict):
    id: str
    slug: str
    title: str
    body: str
    done_when: str
    effort_hours: int | None
    optional: bool
    choice: str
    route: str
    after: list[str]
    skills: list[str]
    courses: list[str]
    certifications: list[str]
    sources: list[str]


class StageDocument(TypedDict):
    id: str
    slug: str
    title: str
    summary: str
    steps: list[StepDocument]


class SkillDocument(TypedDict):
    slug: str
    name: str


class OfferDocument(TypedDict):
    """A course or a certification, with the names of those who teach or issue it."""

    slug: str
    title: str
    by: list[str]
    url: str


class SourceDocument(TypedDict):
    key: str
    publisher: str
    title: str
    url: str
    published: str
    accessed_on: str | None
    retrieved_on: str
    note: str
    cited_by: list[str]


class Content(TypedDict):
    """What staff wrote; ids are UUIDs, `skills` and the like are slugs, `sources` are keys."""

    id: str
    slug: str
    title: str
    summary: str
    occupation_codes: list[str]
    sections: list[SectionDocument]
    stages: list[StageDocument]
    skills: list[SkillDocument]
    courses: list[OfferDocument]
    certifications: list[OfferDocument]
    sources: list[SourceDocument]


class PastStep(TypedDict):
    """A step that was on the path from edition `since` to edition `until`."""

    id: str
    slug: str
    title: str
    since: int
    until: int


class PastRequirement(TypedDict):
    """Routes of a requirement that were once enough and name a step that is no longer on the path."""

    key: str
    title: str
    routes: list[list[str]]


class CreditDocument(TypedDict):
    """Who has done all steps of one side has done each step of the other."""

    old: list[str]
    new: list[str]


class CreditedStep(TypedDict):
    """A step of another guide that a credit record names."""

    id: str
    title: str
    guide: str


class Document(Content):
    """An edition: the content, its number, and the history that progress is measured with."""

    edition: int
    since: dict[str, int]
    past_steps: list[PastStep]
    past_requirements: list[PastRequirement]
    credits: list[CreditDocument]
    credited_steps: list[CreditedStep]


def canonical(content: Any) -> str:
    """Return `content` as JSON with sorted keys and no blanks: equal content gives equal bytes."""
    return json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def content_of(guide: Guide) -> Content:
    """Return the working copy of `guide`, in ten queries whatever its size."""
    steps = list(
        guide.steps.live().prefetch_related(
            "after",
            "skills",
            "courses__provider",
            "courses__platform",
            "certifications__issuer",
            "sources__cited_by",
        )
    )
    sections = list(guide.sections.all())
    return {
        "id": str(guide.pk),
        "slug": guide.slug,
        "title": guide.title,
        "summary": guide.summary,
        "occupation_codes": [code.strip() for code in guide.occupation_codes.split(",") if code.strip()],
        "sections": [_section(section) for section in sections],
        "stages": [
            _stage(stage, [step for step in steps if step.stage_id == stage.pk])
            for stage in guide.stages.all()
        ],
        "skills": [{"slug": skill.slug, "name": skill.name} for skill in _each(steps, "skills", "slug")],
        "courses": [
            _offer(course, course.provider, course.platform) for course in _each(steps, "courses", "slug")
        ],
        "certifications": [
            _offer(certification, certification.issuer)
            for certification in _each(steps, "certifications", "slug")
        ],
        "sources": [_source(source) for source in _sources(steps, sections)],
    }


def _each(steps: Iterable[Step], related: str, key: str) -> list[Any]:
    """Return what all `steps` name under `related`, each once, sorted by `key`."""
    found = {getattr(entry, key): entry for step in steps for entry in getattr(step, related).all()}
    return [found[name] for name in sorted(found)]


def _sources(steps: list[Step], sections: list[Section]) -> list[Source]:
    """Return the sources that steps name or that any text cites, and those who pass them on."""
    from guides.citations import cited_keys

    keys = cited_keys([*(section.body for section in sections), *(step.body for step in steps)])
    keys |= {source.key for step in steps for source in step.sources.all()}
    found = Source.objects.filter(key__in=keys).prefetch_related("cited_by")
    passing_on = {citing.key: citing for source in found for citing in source.cited_by.all()}
    every = {**passing_on, **{source.key: source for source in found}}
    return [every[key] for key in sorted(every)]


def _section(section: Section) -> SectionDocument:
    return {
        "id": str(section.pk),
        "slug": section.slug,
        "kind": section.kind,
        "title": section.title,
        "body": section.body,
        "checked_on": section.checked_on.isoformat() if section.checked_on else None,
    }


def _stage(stage: Stage, steps: list[Step]) -> StageDocument:
    return {
        "id": str(stage.pk),
        "slug": stage.slug,
        "title": stage.title,
        "summary": stage.summary,
        "steps": [_step(step) for step in steps],
    }


def _step(step: Step) -> StepDocument:
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
