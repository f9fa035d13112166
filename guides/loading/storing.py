"""Loading a content folder into the working copy of its guide, and publishing it."""

import hashlib
from enum import StrEnum
from pathlib import Path

from django.db import transaction

from guides.document import canonical
from guides.editing import lock
from guides.loading.bringing import bring_folder, taken_of
from guides.loading.folder import Folder
from guides.loading.reading import BrokenFolder, read_folder
from guides.loading.shared import store_pictures
from guides.models import Guide
from guides.models.edition import FROM_FILES
from guides.publishing import PublishingRefused, obstacles_of, publish
from guides.working_copy import content_of


class Outcome(StrEnum):
    """What loading a folder came to."""

    SAME = "nothing to do, these files are loaded already"
    EDITED = "left alone, these files are loaded already and the working copy has edits that they do not have"
    LOADED = "loaded"
    HIDDEN = "loaded; the guide is hidden from the public, so it was not published"
    DRAFT = "loaded into the working copy, not published"
    THERE = "left alone, the guide is there already"


class EditedSince(Exception):
    """The working copy was edited after it was last loaded, and loading would undo that."""


def load_folder(
    folder: Path, *, force: bool = False, if_absent: bool = False, draft: bool = False
) -> Outcome:
    """Load `folder` into the working copy of its guide and publish it if that changed something.

    With `if_absent` a guide that exists is left alone. With `force` edits of the working copy are
    overwritten. With `draft`, and if the guide is hidden, nothing is published. All or nothing: raises
    `BrokenFolder` if the files are wrong, `EditedSince` if the working copy was edited.
    """
    found = read_folder(folder)
    store_pictures(found)  # also where nothing is to be loaded: files may never have come to this machine
    with transaction.atomic():
        guide, is_new = begun(found, folder)
        if not is_new and if_absent:
            return Outcome.THERE
        if not is_new and not force and (outcome := _left_alone(guide, found, folder)):
            return outcome
        return _load(guide, found, folder, draft=draft)


def begun(found: Folder, called: Path | str) -> tuple[Guide, bool]:
    """Return the locked guide of `found`, and whether it was made just now.

    Raises `BrokenFolder` if it is not there and its slug or an id belongs to another guide.
    """
    entry = found.guide
    if not Guide.objects.filter(pk=entry.id).exists():
        refuse_taken(found, called)
    names = {"slug": entry.slug, "title": entry.title, "summary": entry.summary}
    guide, is_new = Guide.objects.get_or_create(pk=entry.id, defaults=names)
    return lock(guide), is_new


def refuse_taken(found: Folder, called: Path | str) -> None:
    """Raise `BrokenFolder` if an id or the slug of `found` belongs to another guide."""
    if faults := taken_of(found):
        raise BrokenFolder(called, faults)


def _left_alone(guide: Guide, found: Folder, folder: Path) -> Outcome | None:
    """Return why there is nothing to load, if so. Raises `EditedSince` if loading would undo an edit."""
    is_edited = _digest(guide) != guide.loaded_copy
    if guide.loaded_files == found.digest:
        return Outcome.EDITED if is_edited else Outcome.SAME
    if is_edited:
        raise EditedSince(
            f"{folder}: “{guide.title}” was edited since these files were last loaded, and loading would "
            "undo that. Nothing was changed. Load with --force to overwrite the edits."
        )
    return None


def _load(guide: Guide, found: Folder, folder: Path, *, draft: bool) -> Outcome:
    refuse_taken(found, folder)
    bring_folder(guide, found, by=None)
    guide.refresh_from_db()
    guide.loaded_files, guide.loaded_copy = "" if draft else found.digest, _digest(guide)
    guide.save(update_fields=["loaded_files", "loaded_copy"])
    if draft:
        return Outcome.DRAFT
    try:
        return _publish(guide)
    except PublishingRefused as refused:
        faults = [
            f"{found.places.get(finding.where, 'path.yaml:1')}: {finding.message}"
            for finding in refused.findings
        ]
        raise BrokenFolder(folder, faults) from refused


def _publish(guide: Guide) -> Outcome:
    """Publish `guide`; one that staff have hidden has to be fit to be published, and waits for them."""
    if not _is_hidden(guide):
        publish(guide, by=None, note=FROM_FILES)
        return Outcome.LOADED
    if findings := obstacles_of(guide, content_of(guide)):
        raise PublishingRefused(findings)
    return Outcome.HIDDEN


def _is_hidden(guide: Guide) -> bool:
    return guide.unpublished_at is not None and not guide.editions.public().exists()


SHARED = ("skills", "courses", "certifications", "sources", "pictures")  # other guides name them too


def _digest(guide: Guide) -> str:
    """Return a digest of what belongs to `guide` alone, to tell whether it was edited."""
    own = {key: part for key, part in content_of(guide).items() if key not in SHARED}
    return hashlib.sha256(canonical(own).encode()).hexdigest()
