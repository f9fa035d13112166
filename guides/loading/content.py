"""A content folder as the content of a working copy."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from guides.document import SectionDocument, StageDocument, StepDocument
from guides.loading.files import plain
from guides.loading.folder import Folder
from guides.loading.schema import SectionEntry, StageEntry, StepEntry
from guides.models import Guide
from guides.writing.rows import OwnContent

Texts = Mapping[UUID, str]


def texts_of(guide: Guide) -> Texts:
    """Return the texts of the sections and steps of `guide` by id, those of retired steps too."""
    rows = (guide.sections.values_list("pk", "body"), guide.steps.values_list("pk", "body"))
    return {pk: body for kind in rows for pk, body in kind}


def own_content(found: Folder, texts: Texts) -> OwnContent:
    """Return what `found` says of its guide alone.

    One of the `texts` that are there stays as it is if the file differs from it in nothing but line ends and
    the blanks around it.
    """
    guide = found.guide
    return {
        "slug": guide.slug,
        "title": guide.title,
        "summary": guide.summary,
        "occupation_codes": list(guide.occupation_codes),
        "sections": [_section(found, section, texts) for section in guide.sections],
        "stages": [_stage(found, stage, texts) for stage in found.path.stages],
    }


def ids_of(found: Folder) -> dict[str, UUID]:
    """Return the ids of the steps of the path by slug."""
    return {step.slug: step.id for step in found.steps}


def step_document(found: Folder, step: StepEntry, after: Iterable[UUID], texts: Texts) -> StepDocument:
    """Return a step of `found` that is better done after these."""
    return {
        "id": str(step.id),
        "slug": step.slug,
        "title": step.title,
        "body": _text(found, step, texts),
        "done_when": step.done_when or "",
        "effort_hours": step.effort_hours,
        "optional": step.optional,
        "choice": step.choice or "",
        "route": step.route or "",
        "after": [str(before) for before in after],
        "skills": step.skills,
        "courses": step.courses,
        "certifications": step.certifications,
        "sources": step.sources,
    }


def _section(found: Folder, section: SectionEntry, texts: Texts) -> SectionDocument:
    ids = ids_of(found)
    return {
        "id": str(section.id),
        "slug": section.slug,
        "kind": section.kind,
        "title": section.title,
        "body": _text(found, section, texts),
        "checked_on": section.checked_on.isoformat() if section.checked_on else None,
        "steps": [str(ids[slug]) for slug in section.steps],
    }


def _stage(found: Folder, stage: StageEntry, texts: Texts) -> StageDocument:
    ids = ids_of(found)
    return {
        "id": str(stage.id),
        "slug": stage.slug,
        "title": stage.title,
        "summary": stage.summary,
        "steps": [
            step_document(found, step, [ids[slug] for slug in step.after], texts) for step in stage.steps
        ],
    }


def _text(found: Folder, entry: SectionEntry | StepEntry, texts: Texts) -> str:
    new, old = found.text_of(entry), texts.get(entry.id, "")
    return old if plain(old) == new else new
