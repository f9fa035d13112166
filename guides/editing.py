"""Editing a working copy: one editor at a time, and nobody over a version that they did not see."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from django.db import transaction

from guides.models import Guide

if TYPE_CHECKING:
    from accounts.models import User


class Outdated(Exception):
    """The working copy was changed after the version that an edit started from."""

    def __init__(self, guide: Guide) -> None:
        self.guide = guide
        who = f" by {guide.changed_by}" if guide.changed_by else ""
        super().__init__(
            f"“{guide.title}” was changed{who} while you worked on it, so nothing was done. "
            "This page shows it as it is now: look at it and do it again."
        )


def lock(guide: Guide, *, version: int | None = None) -> Guide:
    """Return `guide` as it is stored, and let nobody else change it until the transaction ends.

    Raises `Outdated` if its working copy is no longer at `version`; without one it is taken as it is.
    """
    locked = Guide.objects.select_for_update(of=("self",)).select_related("changed_by").get(pk=guide.pk)
    if version is not None and locked.version != version:
        raise Outdated(locked)
    return locked


@contextmanager
def editing(guide: Guide, *, by: "User | None", version: int | None = None) -> Iterator[Guide]:
    """Give the locked `guide` to be changed, all or nothing, and raise its version.

    Raises `Outdated` as `lock` does.
    """
    with transaction.atomic():
        locked = lock(guide, version=version)
        yield locked
        locked.touch(by=by)
