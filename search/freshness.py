"""Freshness: before each search, the documents are brought to what the site says by now.

The version of a part is read before its things, so that what changes in between is seen at the next search.
One process at a time does it, in slices, so that nobody who writes waits for long; others search what there
is.
"""

import threading
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta

from django.conf import settings
from django.db import OperationalError, connection, connections, transaction
from django.db.models import Q
from django.utils import timezone

from search.models import SearchDocument, State, Word
from search.parts import PARTS, Draft, Part
from search.storing import remove, store

SLICE = 500  # documents that are written in one transaction
LEASE = timedelta(seconds=60)  # how long a process that says nothing more is thought to be at it
WAIT = 0.6  # seconds that a search waits for the documents
PATIENCE = 100  # milliseconds that a search waits on SQLite for whoever is writing


def refresh() -> None:
    """Bring the documents of each part that changed up to date.

    Where another process is at it, or is writing for long, or this takes longer than a moment (after an
    import, say), the search goes on with what there is; a thread goes on with the documents.
    """
    versions = dict(State.objects.values_list("part", "version"))
    stale = [part for part in PARTS.values() if versions.get(part.name) != version_of(part)]
    if connection.in_atomic_block:  # nobody else sees what is seen here
        for part in stale:
            _try(part)
    elif stale:
        beside = threading.Thread(target=_beside, args=(stale,), daemon=True)
        beside.start()
        beside.join(WAIT)


def catch_up() -> None:
    """Bring the documents of each part that changed up to date, however long that takes."""
    versions = dict(State.objects.values_list("part", "version"))
    for part in PARTS.values():
        if versions.get(part.name) != version_of(part):
            _try(part)


def rebuild() -> None:
    """Make all documents anew."""
    with transaction.atomic():
        for model in (SearchDocument, Word, State):
            model.objects.all().delete()
        for part in PARTS.values():
            State.objects.create(part=part.name)
            synchronise(part)


def version_of(part: Part) -> str:
    """Return the version of `part`; another release may say other things of what did not change."""
    return f"{settings.RELEASE} {part.version()}"


def _beside(parts: Sequence[Part]) -> None:
    try:
        for part in parts:
            _try(part)
    finally:
        connections.close_all()  # those of this thread


def _try(part: Part) -> None:
    try:
        with _impatient():
            if _take(part):
                synchronise(part)
    except OperationalError:
        if connection.vendor != "sqlite":  # where it says that somebody else is writing
            raise


@contextmanager
def _impatient() -> Iterator[None]:
    """Wait but shortly on SQLite, where one process writes at a time."""
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA busy_timeout = {PATIENCE}")
        try:
            yield
        finally:
            cursor.execute(f"PRAGMA busy_timeout = {connection.settings_dict['OPTIONS']['timeout'] * 1000:d}")


def _take(part: Part) -> bool:
    """Return whether it is this process that brings `part` up to date."""
    State.objects.bulk_create([State(part=part.name)], ignore_conflicts=True)
    now = timezone.now()
    is_free = Q(busy_until=None) | Q(busy_until__lt=now)
    return bool(State.objects.filter(is_free, part=part.name).update(busy_until=now + LEASE))


def synchronise(part: Part) -> None:
    """Bring the documents of `part` to what it says now, writing only what differs."""
    version = version_of(part)
    changed, gone = _differences(part)
    for start in range(0, len(changed), SLICE):
        with transaction.atomic():
            store(changed[start : start + SLICE])
            _note(part, revision=uuid.uuid4(), busy_until=timezone.now() + LEASE)
    for start in range(0, len(gone), SLICE):
        with transaction.atomic():
            remove(gone[start : start + SLICE])
            _note(part, revision=uuid.uuid4(), busy_until=timezone.now() + LEASE)
    _note(part, version=version, busy_until=None)


def _note(part: Part, **values: object) -> None:
    State.objects.filter(part=part.name).update(**values)


def _differences(part: Part) -> tuple[Sequence[Draft], Sequence[int]]:
    """Return what has to be written, and the primary keys of the documents of what is no longer there."""
    drafts = {(draft.kind, draft.key): draft for draft in part.drafts()}
    rows = SearchDocument.objects.filter(kind__in=part.kinds).values_list("kind", "key", "pk", "digest")
    stored = {(kind, key): (pk, digest) for kind, key, pk, digest in rows if part.has(key)}
    changed = [draft for name, draft in drafts.items() if stored.get(name, (0, ""))[1] != draft.digest]
    return changed, [pk for name, (pk, _) in stored.items() if name not in drafts]
