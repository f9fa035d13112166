"""Bringing a working copy to a content folder: path, retired steps, credit records, what guides share."""

from collections.abc import Iterable, Iterator, Mapping, Set
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction

from guides.editing import editing, lock
from guides.loading.content import own_content, texts_of
from guides.loading.folder import Folder
from guides.loading.off_path import bring_retired, retire_those
from guides.loading.shared import SharedChange, bring_shared
from guides.models import Guide, Section, Stage, Step
from guides.writing import bring_to, holder_of_slug, rows_of_others
from guides.writing.records import Record, record_all, unknown

if TYPE_CHECKING:
    from accounts.models import User


@dataclass(frozen=True)
class Effects:
    """What bringing a guide to its files does beside what its content shows.

    `retired` are steps that leave the path and are kept, `deleted` those that nothing holds, `back` those
    that were retired and are on the path again, `arrived` retired ones that were not here before, `rewritten`
    retired ones of which something changes; all by title.
    """

    shared: tuple[SharedChange, ...]
    retired: tuple[str, ...]
    deleted: tuple[str, ...]
    back: tuple[str, ...]
    arrived: tuple[str, ...]
    rewritten: tuple[str, ...]
    credits: tuple[Record, ...]

    def __bool__(self) -> bool:
        return any((self.shared, self.lives, self.arrived, self.rewritten))

    @property
    def lives(self) -> tuple[str | Record, ...]:
        """What takes the permission to retire steps."""
        return (*self.retired, *self.back, *self.credits)


def bring_folder(
    guide: Guide, found: Folder, *, by: "User | None", version: int | None = None, is_rehearsal: bool = False
) -> Effects:
    """Bring the working copy of `guide`, and what it shares with others, to `found`; nothing is published.

    A rehearsal stores no file of a picture; who calls it takes back what it wrote. Raises `Outdated`.
    """
    with _taking_turns(guide, found), editing(guide, by=by, version=version) as locked:
        before, texts = _lives(locked), texts_of(locked)
        shared = bring_shared(found, is_rehearsal=is_rehearsal)
        retire_those(locked, found)
        bring_to(locked, own_content(found, texts))
        rewritten = bring_retired(locked, found, texts)
        records = _record(locked, found, by=by)
        return Effects(
            shared=tuple(shared), credits=tuple(records), **_turns(before, _lives(locked), rewritten)
        )


def taken_of(found: Folder) -> list[str]:
    """Return what of the ids and the slug of `found` belongs to another guide, with file and line."""
    ids: dict[type[Section | Stage | Step], Iterable[UUID]] = {
        Section: [section.id for section in found.guide.sections],
        Stage: [stage.id for stage in found.path.stages],
        Step: [step.id for step in [*found.steps, *found.retired]],
    }
    faults = [
        f"{found.places[str(row.pk)]}: this id belongs to “{row}” of the guide “{row.guide}”"
        for row in rows_of_others(ids, found.guide.id)
    ]
    if other := holder_of_slug(found.guide.slug, found.guide.id):
        faults.append(
            f"guide.yaml:1: the slug “{other.slug}” belongs to another guide, with the id {other.pk}"
        )
    return faults


@contextmanager
def _taking_turns(guide: Guide, found: Folder) -> Iterator[None]:
    """Lock `guide` and the guides whose steps credit records name, all in the order of their ids."""
    steps = {step for credit in found.credits for step in (*credit.old, *credit.new)}
    with transaction.atomic():
        named = Guide.objects.filter(steps__in=steps).exclude(pk=guide.pk).distinct()
        for each in sorted([guide, *named], key=lambda each: each.pk):
            lock(each)
        yield


def _record(guide: Guide, found: Folder, *, by: "User | None") -> list[Record]:
    """Write the credit records that are not there yet, and return them; they change the other guides, too."""
    records = unknown(Record(frozenset(credit.old), frozenset(credit.new)) for credit in found.credits)
    record_all(records, by=by)
    steps = {step for record in records for step in record.old | record.new}
    for other in Guide.objects.filter(steps__in=steps).exclude(pk=guide.pk).distinct():
        other.touch(by=by)
    return records


Lives = Mapping[UUID, tuple[str, bool]]


def _lives(guide: Guide) -> Lives:
    """Return the title of each step of `guide`, and whether it is on the path."""
    rows = guide.steps.order_by("stage__position", "position", "slug")
    return {
        pk: (title, retired is None) for pk, title, retired in rows.values_list("pk", "title", "retired_at")
    }


def _turns(before: Lives, after: Lives, rewritten: Set[UUID]) -> dict[str, tuple[str, ...]]:
    """Return the titles of steps by what becomes of them, as `Effects` calls it."""
    was_live, is_live = ({pk for pk, (_, live) in lives.items() if live} for lives in (before, after))
    was_retired, is_retired = before.keys() - was_live, after.keys() - is_live
    turns = {
        "retired": (before, was_live & is_retired),
        "deleted": (before, before.keys() - after.keys()),
        "back": (after, was_retired & is_live),
        "arrived": (after, is_retired - before.keys()),
        "rewritten": (after, was_retired & is_retired & rewritten),
    }
    return {name: tuple(lives[pk][0] for pk in lives if pk in pks) for name, (lives, pks) in turns.items()}
