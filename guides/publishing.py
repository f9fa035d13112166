"""Publishing: the working copy of a guide becomes an edition."""

import hashlib
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from guides.checks import Finding, findings_of
from guides.credits import credited_steps, credits_of
from guides.document import Content, Document, canonical
from guides.editing import lock
from guides.editions import document_of
from guides.history import live_steps, next_document, past_steps
from guides.models import Edition, EditionStep, Guide
from guides.working_copy import content_of

if TYPE_CHECKING:
    from accounts.models import User


class PublishingRefused(Exception):
    """The working copy cannot be published; `findings` say why."""

    def __init__(self, findings: list[Finding]) -> None:
        self.findings = findings
        super().__init__(" ".join(finding.message for finding in findings))


@transaction.atomic
def publish(
    guide: Guide, *, by: "User | None", note: str = "", at: datetime | None = None, version: int | None = None
) -> Edition:
    """Freeze the working copy of `guide` into a new edition, live at once or `at` a moment, and return it.

    An edition that waits for its moment is cancelled: this one is read before it, or in its place. If nothing
    has changed since the current edition, that one is returned; either way a hidden guide is shown again.
    Raises `PublishingRefused` if the path cannot be followed or the moment has passed, and `Outdated` if the
    working copy is no longer at `version`.
    """
    guide = lock(guide, version=version)
    content = content_of(guide)
    if findings := [*_moment(at), *obstacles_of(guide, content)]:
        raise PublishingRefused(findings)
    previous = current_document(guide)
    document = next_document_of(guide, content, previous)
    current = None if previous is None or is_new(document, previous) else previous
    if current and at:
        raise PublishingRefused([Finding("Nothing has changed since the current edition.")])
    guide.editions.cancel()
    if at is None:
        _show(guide)
    if current:
        return guide.editions.get(number=current["edition"])
    return _freeze(guide, document, by=by, note=note, at=at)


def _moment(at: datetime | None) -> list[Finding]:
    if at is None or at > timezone.now():
        return []
    return [Finding("The moment has passed. Choose a later one, or publish now.")]


def _show(guide: Guide) -> None:
    """Show a hidden guide to the public again."""
    if guide.unpublished_at:
        guide.unpublished_at = None
        guide.save(update_fields=["unpublished_at"])


@transaction.atomic
def unpublish(guide: Guide, *, version: int | None = None) -> int:
    """Hide `guide` from the public; who follows it keeps its current edition.

    An edition that waits for its moment would show the guide again, so it is cancelled. Return how many were.
    Raises `Outdated` as `publish` does.
    """
    guide = lock(guide, version=version)
    guide.unpublished_at = timezone.now()
    guide.save(update_fields=["unpublished_at"])
    return guide.editions.cancel()


@transaction.atomic
def cancel(guide: Guide) -> int:
    """Take back the edition of `guide` that waits for its moment; return 0 if none does."""
    return lock(guide).editions.cancel()


def obstacles_of(guide: Guide, content: Content) -> list[Finding]:
    """Return all that keeps `content` from being published as `guide`, beside what else is published."""
    others = Edition.objects.filter(slug=content["slug"]).exclude(guide=guide)
    reading = others.current().values_list("title", flat=True)
    scheduled = others.scheduled().values_list("title", flat=True)
    return [
        *findings_of(content),
        *(
            Finding(
                f"The public still reads “{title}” at the address “{content['slug']}”. "
                "Publish that guide at its new one first, or change the slug of this guide."
            )
            for title in reading
        ),
        *(
            Finding(
                f"“{title}” is scheduled for the address “{content['slug']}”. "
                "Cancel that first, or change the slug of this guide."
            )
            for title in scheduled
        ),
    ]


def current_document(guide: Guide) -> Document | None:
    """Return the document of the current edition of `guide`, None if nothing was published yet."""
    current = guide.editions.live().order_by("-number").values_list("sha256", flat=True).first()
    return document_of(current) if current else None


def next_document_of(guide: Guide, content: Content, previous: Document | None) -> Document:
    """Return the document that publishing `content` as `guide` makes after `previous`, the current one."""
    newest = guide.editions.aggregate(number=Max("number"))["number"] or 0
    live = live_steps(content)
    own = live | {step["id"] for step in past_steps(previous, live)}
    credits = credits_of(own)
    return next_document(content, previous, credits, credited_steps(credits, own), newest + 1)


def is_new(document: Document, previous: Document | None) -> bool:
    """Whether `document` says anything but its number that `previous` does not."""
    return previous is None or document != {**previous, "edition": document["edition"]}


def is_changed(guide: Guide) -> bool:
    """Whether publishing `guide` now would make a new edition."""
    previous = current_document(guide)
    return is_new(next_document_of(guide, content_of(guide), previous), previous)


def _freeze(
    guide: Guide, document: Document, *, by: "User | None", note: str, at: datetime | None
) -> Edition:
    text = canonical(document)
    edition = Edition.objects.create(
        guide=guide,
        number=document["edition"],
        slug=document["slug"],
        title=document["title"],
        summary=document["summary"],
        document=text,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        version=guide.version,
        author=by,
        note=note,
        live_at=at or timezone.now(),
    )
    EditionStep.objects.bulk_create(
        EditionStep(edition=edition, step_id=step) for step in sorted(live_steps(document))
    )
    return edition
