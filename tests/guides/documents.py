"""Content and documents for tests of pure rules, written out."""

from collections.abc import Iterable
from copy import deepcopy
from typing import Any, cast

from guides.document import (
    Content,
    CreditDocument,
    Document,
    PictureDocument,
    SectionDocument,
    SourceDocument,
    StepDocument,
)
from guides.history import next_document


def step(name: str, **fields: Any) -> StepDocument:
    """Return a required step as a document has it; its id is its name."""
    made: Any = {
        "id": name,
        "slug": name,
        "title": name.upper(),
        "body": "",
        "done_when": "",
        "effort_hours": None,
        "optional": False,
        "choice": "",
        "route": "",
        "after": [],
        "skills": [],
        "courses": [],
        "certifications": [],
        "sources": [],
    }
    made.update(fields)
    return cast(StepDocument, made)


def section(name: str, body: str = "", **fields: Any) -> SectionDocument:
    """Return a section as a document has it; its id is its name."""
    made: Any = {
        "id": name,
        "slug": name,
        "kind": "overview",
        "title": name.upper(),
        "body": body,
        "checked_on": None,
        "steps": [],
    }
    made.update(fields)
    return cast(SectionDocument, made)


def source(key: str, **fields: Any) -> SourceDocument:
    """Return a source as a document has it."""
    made: Any = {
        "key": key,
        "publisher": key.upper(),
        "title": "Work",
        "url": "",
        "published": "",
        "accessed_on": None,
        "retrieved_on": "2026-11-20",
        "note": "",
        "cited_by": [],
    }
    made.update(fields)
    return cast(SourceDocument, made)


def picture(slug: str) -> PictureDocument:
    """Return a picture of two sizes as a document has it."""
    return {
        "slug": slug,
        "alt": f"What {slug} says",
        "credit": "",
        "width": 1200,
        "height": 600,
        "files": [
            {"url": f"/pictures/{slug}-small.webp", "width": 480},
            {"url": f"/pictures/{slug}-large.webp", "width": 1200},
        ],
    }


def content(*stages: list[Any]) -> Content:
    """Return a working copy with these stages, lists of steps or of their names."""
    return {
        "id": "guide",
        "slug": "guide",
        "title": "Guide",
        "summary": "",
        "occupation_codes": [],
        "sections": [],
        "stages": [
            {
                "id": f"stage-{number}",
                "slug": f"stage-{number}",
                "title": f"Stage {number}",
                "summary": "",
                "steps": [step(entry) if isinstance(entry, str) else deepcopy(entry) for entry in steps],
            }
            for number, steps in enumerate(stages)
        ],
        "skills": [],
        "courses": [],
        "certifications": [],
        "sources": [],
        "pictures": [],
    }


def edition(
    *stages: list[Any], after: Document | None = None, credits: Iterable[CreditDocument] = ()
) -> Document:
    """Return the edition that these stages make, as the first one or `after` another."""
    return next_document(content(*stages), after, list(credits), [])
