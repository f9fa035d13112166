"""A content folder that somebody uploaded: what it would do here, and doing it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction

from guides.comparison import Comparison, compare
from guides.editing import Outdated
from guides.loading.bringing import Effects, bring_folder
from guides.loading.folder import Folder
from guides.loading.reading import read_files
from guides.loading.shared import make_pictures, store_pictures
from guides.loading.storing import begun, refuse_taken
from guides.loading.unpacking import CALLED, unpack
from guides.loading.uploads import kept
from guides.models import Guide
from guides.working_copy import content_of
from guides.writing.rehearsing import rehearsing

if TYPE_CHECKING:
    from accounts.models import User


class Gone(Exception):
    """The uploaded zip is no longer here."""

    def __init__(self) -> None:
        super().__init__("These files are no longer here: an upload is kept for a day. Upload them again.")


class Denied(Exception):
    """What the files ask for takes permissions that the user does not have; `reasons` say which."""

    def __init__(self, reasons: list[str]) -> None:
        self.reasons = reasons
        super().__init__(" ".join(reasons))


@dataclass(frozen=True)
class Rehearsal:
    """What a folder would do: what differs in the working copy, and what happens beside."""

    comparison: Comparison
    effects: Effects

    def __bool__(self) -> bool:
        return bool(self.comparison) or bool(self.effects)


def uploaded(digest: str) -> Folder:
    """Return what the kept zip with this digest holds. Raises `Gone` and `BrokenFolder`."""
    path = kept(digest)
    if path is None:
        raise Gone
    return read_files(unpack(path), CALLED)


def rehearse(found: Folder) -> Rehearsal:
    """Return what bringing the guide of `found` to it would do, whether it is here or not.

    Raises `BrokenFolder` if the slug or an id belongs to another guide.
    """
    make_pictures(found)
    with rehearsing():
        guide, is_new = begun(found, CALLED)
        refuse_taken(found, CALLED)
        before = None if is_new else content_of(guide)
        effects = bring_folder(guide, found, by=None, is_rehearsal=True)
        after = content_of(Guide.objects.get(pk=guide.pk))
    return Rehearsal(compare(before, after), effects)


def bring(found: Folder, *, by: "User", version: int | None) -> tuple[Guide, Effects]:
    """Bring the working copy of the guide of `found` to the files; nothing is published.

    `version` is that of the working copy, None if the guide is to be begun. Raises `Outdated` if it is
    otherwise by now, `BrokenFolder` as `rehearse` does, and `Denied`.
    """
    store_pictures(found)
    with transaction.atomic():
        guide, is_new = begun(found, CALLED)
        if is_new != (version is None):
            raise Outdated(guide)
        refuse_taken(found, CALLED)
        effects = bring_folder(guide, found, by=by, version=version)
        if reasons := denials(by, effects):
            raise Denied(reasons)
    return guide, effects


def denials(user: "User", effects: Effects) -> list[str]:
    """Return why `user` may not do this; what is new may be made by all who import."""
    reasons = []
    if effects.lives and not user.has_perm("guides.retire_step"):
        reasons.append(
            "It retires steps, puts retired ones back or records what counts for what, which you may not do. "
            "Ask somebody who publishes."
        )
    reasons += [
        f"It changes the {change.kind} “{change.thing}”, which other guides may name and which you may not "
        "change. Take the change out of the files, or ask somebody who edits the catalog."
        for change in effects.shared
        if not change.is_new and not user.has_perm(change.permission)
    ]
    return reasons
