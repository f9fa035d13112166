"""The entries of a content folder's YAML files, with their keys in the order of docs/content.md."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from courses.models import Certification, Course, Provider
from guides.document import Content, SectionDocument, StageDocument, StepDocument, steps_of
from guides.exporting.dumping import Row
from guides.exporting.gathering import Carried
from guides.loading.files import plain
from guides.models import Picture, Source, Step
from guides.working_copy import step_document

Entry = dict[str, Any]


def entry(**fields: Any) -> Entry:
    """Return `fields` without those that say nothing."""
    said = {name: plain(value) if isinstance(value, str) else value for name, value in fields.items()}
    return {name: value for name, value in said.items() if value not in (None, "", []) and value is not False}


def slugs_of(content: Content) -> dict[str, str]:
    """Return the slugs of the steps of the path by id."""
    return {step["id"]: step["slug"] for step in steps_of(content)}


def guide_entry(content: Content) -> Entry:
    slugs = slugs_of(content)
    return entry(
        id=content["id"],
        slug=content["slug"],
        title=content["title"],
        summary=content["summary"],
        occupation_codes=Row(content["occupation_codes"]),
        sections=[_section(section, slugs) for section in content["sections"]],
    )


def path_entry(content: Content) -> Entry:
    slugs = slugs_of(content)
    return {"stages": [_stage(stage, slugs) for stage in content["stages"]]}


def retired_entries(carried: Carried) -> list[Entry]:
    slugs = slugs_of(carried.content)
    return [_retired(step, slugs) for step in carried.retired]


def catalog_entry(carried: Carried) -> Entry:
    return entry(
        providers=[_provider(provider) for provider in carried.providers],
        courses=[_course(course) for course in carried.courses],
        certifications=[_certification(certification) for certification in carried.certifications],
    )


def skill_entries(carried: Carried) -> list[Entry]:
    return [entry(slug=skill.slug, name=skill.name) for skill in carried.skills]


def source_entries(carried: Carried) -> list[Entry]:
    return [_source(source) for source in carried.sources]


def picture_entries(carried: Carried) -> list[Entry]:
    return [_picture(picture) for picture in carried.pictures]


def _section(section: SectionDocument, slugs: Mapping[str, str]) -> Entry:
    return entry(
        id=section["id"],
        slug=section["slug"],
        kind=section["kind"],
        title=section["title"],
        checked_on=date.fromisoformat(section["checked_on"]) if section["checked_on"] else None,
        steps=Row(slugs[step] for step in section["steps"]),
    )


def _stage(stage: StageDocument, slugs: Mapping[str, str]) -> Entry:
    own = entry(id=stage["id"], slug=stage["slug"], title=stage["title"], summary=stage["summary"])
    return {**own, "steps": [_step(step, slugs) for step in stage["steps"]]}


def _step(step: StepDocument, slugs: Mapping[str, str]) -> Entry:
    return entry(
        id=step["id"],
        slug=step["slug"],
        title=step["title"],
        done_when=step["done_when"],
        effort_hours=step["effort_hours"],
        optional=step["optional"],
        choice=step["choice"],
        route=step["route"],
        after=Row(sorted(slugs[before] for before in step["after"])),
        skills=Row(step["skills"]),
        courses=Row(step["courses"]),
        certifications=Row(step["certifications"]),
        sources=Row(step["sources"]),
    )


def _retired(step: Step, slugs: Mapping[str, str]) -> Entry:
    """Return a retired step, with what would name it again if it came back."""
    after = [before for before in step.after.all() if before.retired_at and before.guide_id == step.guide_id]
    sections = [section for section in step.sections.all() if section.guide_id == step.guide_id]
    links = entry(
        stage=step.stage.slug if step.stage else None,
        after_retired=sorted(str(before.pk) for before in after),
        before=Row(sorted(slugs[str(later.pk)] for later in step.before.all() if str(later.pk) in slugs)),
        sections=Row(sorted(section.slug for section in sections)),
    )
    return {**_step(step_document(step), slugs), **links}


def _provider(provider: Provider) -> Entry:
    return entry(slug=provider.slug, name=provider.name, url=provider.url)


def _course(course: Course) -> Entry:
    return entry(
        slug=course.slug,
        title=course.title,
        provider=course.provider.slug if course.provider else None,
        platform=course.platform.slug if course.platform else None,
        url=course.url,
        skills=Row(sorted(skill.slug for skill in course.skills.all())),
    )


def _certification(certification: Certification) -> Entry:
    return entry(
        slug=certification.slug,
        title=certification.title,
        issuer=certification.issuer.slug if certification.issuer else None,
        url=certification.url,
        skills=Row(sorted(skill.slug for skill in certification.skills.all())),
    )


def _source(source: Source) -> Entry:
    return entry(
        key=source.key,
        publisher=source.publisher,
        title=source.title,
        url=source.url,
        published=source.published,
        accessed=source.accessed_on,
        retrieved=source.retrieved_on,
        note=source.note,
        cited_by=Row(sorted(citing.key for citing in source.cited_by.all())),
    )


def _picture(picture: Picture) -> Entry:
    return entry(slug=picture.slug, alt=picture.alt, credit=picture.credit)
