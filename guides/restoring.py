"""Restoring: the working copy of a guide becomes again what an edition says."""

from typing import TYPE_CHECKING
from uuid import UUID

from guides.document import Content, Document, steps_of
from guides.editing import editing, lock
from guides.editions import document_of
from guides.models import Edition, Guide, Section, Stage, Step
from guides.working_copy import content_of
from guides.writing import bring_to, holder_of_slug, rows_of_others
from guides.writing.missing import make_missing
from guides.writing.rehearsing import rehearsing

if TYPE_CHECKING:
    from accounts.models import User


class RestoringRefused(Exception):
    """What an edition says belongs to another guide by now; the message says what, and what to do."""


def restore(edition: Edition, *, by: "User | None", version: int | None = None) -> None:
    """Bring the working copy of the guide of `edition` to what it says; nothing is published.

    Steps that it does not name leave the path, those that it names come back. Skills, courses, sources and
    pictures that are there stay as they are; those that were deleted since are made again. Raises
    `RestoringRefused`, and `Outdated` if the working copy is no longer at `version`.
    """
    with editing(edition.guide, by=by, version=version) as guide:
        _bring(guide, edition)


def rehearse(edition: Edition) -> tuple[Content, Content]:
    """Return the working copy as it is, and as it would be with `edition` restored.

    Raises `RestoringRefused`.
    """
    with rehearsing():
        guide = lock(edition.guide)
        before = content_of(guide)
        _bring(guide, edition)
        after = content_of(guide)
    return before, after


def _bring(guide: Guide, edition: Edition) -> None:
    document = document_of(edition.sha256)
    _refuse_taken(guide, document)
    make_missing(document)
    bring_to(guide, document)


def _refuse_taken(guide: Guide, document: Document) -> None:
    """Raise `RestoringRefused` if another guide has the slug, or a section, stage or step, of `document`."""
    if other := holder_of_slug(document["slug"], guide.pk):
        raise RestoringRefused(
            f"The slug “{document['slug']}” belongs to the guide “{other}” now. "
            "Give that guide another slug, then restore this edition. Nothing was changed."
        )
    ids: dict[type[Section | Stage | Step], list[UUID]] = {
        Section: [UUID(section["id"]) for section in document["sections"]],
        Stage: [UUID(stage["id"]) for stage in document["stages"]],
        Step: [UUID(step["id"]) for step in steps_of(document)],
    }
    for row in rows_of_others(ids, guide.pk):
        raise RestoringRefused(
            f"“{row}” belongs to the guide “{row.guide}” now, so this edition cannot be restored. "
            "Nothing was changed."
        )
