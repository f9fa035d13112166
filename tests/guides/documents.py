"""Content and documents for tests of pure rules, written out."""

from collections.abc import Iterable
from copy import deepcopy
from typing import Any, cast

from guides.document import Content, CreditDocument, Document, StepDocument
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
    }


def edition(
    *stages: list[Any], after: Document | None = None, credits: Iterable[CreditDocument] = ()
) -> Document:
    """Return the edition that these stages make, as the first one or `after` another."""
    return next_document(content(*stages), after, list(credits), [])
