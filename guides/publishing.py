"""Publishing: the working copy of a guide becomes an edition."""

import hashlib
from collections.abc import Iterable, Set
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from guides.checks import Finding, findings_of
from guides.document import Content, CreditDocument, CreditedStep, Document, canonical, named_steps, parsed
from guides.editions import document_of
from guides.history import live_steps, next_document, past_steps
from guides.models import CreditStep, Edition, EditionStep, Guide, Step
from guides.working_copy import content_of

if TYPE_CHECKING:
    from accounts.models import User


class PublishingRefused(Exception):
    """The working copy cannot be published; `findings` say why."""

    def __init__(self, findings: list[Finding]) -> None:
        self.findings = findings
        super().__init__(" ".join(finding.message for finding in findings))


@transaction.atomic
def publish(guide: Guide, *, by: "User | None", note: str = "") -> Edition:
    """Freeze the working copy of `guide` into a new edition, live at once, and return it.

    If nothing has changed since the newest edition, that one is returned; either way a hidden guide is
    shown again. Raises `PublishingRefused` if the path cannot be followed.
    """
    guide = Guide.objects.select_for_update().get(pk=guide.pk)
    content = content_of(guide)
    if findings := obstacles_of(guide, content):
        raise PublishingRefused(findings)
    if guide.unpublished_at:
        guide.unpublished_at = None
        guide.save(update_fields=["unpublished_at"])
    newest = guide.editions.order_by("-number").first()
    previous = parsed(newest.document) if newest else None
    document = _document(content, previous)
    if newest and previous and document == {**previous, "edition": document["edition"]}:
        return newest
    return _freeze(guide, document, by=by, note=note)


def obstacles_of(guide: Guide, content: Content) -> list[Finding]:
    """Return all that keeps `content` from being published as `guide`, beside what else is published."""
    taken = Edition.objects.current().filter(slug=content["slug"]).exclude(guide=guide)
    return [
        *findings_of(content),
        *(
            Finding(
                f"The public still reads “{title}” at the address “{content['slug']}”. "
                "Publish that guide at its new one first, or change the slug of this guide."
            )
            for title in taken.values_list("title", flat=True)
        ),
    ]


def is_changed(guide: Guide) -> bool:
    """Whether publishing `guide` now would make a new edition."""
    newest = guide.editions.order_by("-number").first()
    if newest is None:
        return True
    previous = parsed(newest.document)
    return _document(content_of(guide), previous) != {**previous, "edition": previous["edition"] + 1}


def _freeze(guide: Guide, document: Document, *, by: "User | None", note: str) -> Edition:
    text = canonical(document)
    edition = Edition.objects.create(
        guide=guide,
        number=document["edition"],
        slug=document["slug"],
        title=document["title"],
        summary=document["summary"],
        document=text,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        author=by,
        note=note,
    )
    EditionStep.objects.bulk_create(
        EditionStep(edition=edition, step_id=step) for step in sorted(live_steps(document))
    )
    return edition


def _document(content: Content, previous: Document | None) -> Document:
    """Return the document that `content` makes after `previous`, the newest edition's."""
    live = live_steps(content)
    own = live | {step["id"] for step in past_steps(previous, live)}
    credits = _credits(own)
    return next_document(content, previous, credits, _credited_steps(credits, own))


def _credits(steps: Iterable[str]) -> list[CreditDocument]:
    """Return the credit records that touch `steps`, and those that touch the steps of these, and so on.

    A record that names a step which no edition has shown yet is left for the edition after that.
    """
    known, found = set[str](), dict[int, CreditDocument]()
    frontier = set(steps)
    while frontier:
        known |= frontier
        records = CreditStep.objects.filter(step_id__in=frontier).values_list("credit")
        rows = CreditStep.objects.filter(credit__in=records).exclude(credit__in=found)
        frontier = set()
        for credit, step, side in rows.values_list("credit", "step", "side").order_by("credit", "step"):
            sides = found.setdefault(credit, {"old": [], "new": []})
            sides["old" if side == CreditStep.Side.OLD else "new"].append(str(step))
            frontier.add(str(step))
        frontier -= known
    shown = set(steps) | {str(step) for step in _published(known)}
    return [found[credit] for credit in sorted(found) if shown.issuperset(_named(found[credit]))]


def _published(steps: Iterable[str]) -> QuerySet[EditionStep, UUID]:
    return EditionStep.objects.filter(step_id__in=steps).values_list("step", flat=True)


def _named(credit: CreditDocument) -> list[str]:
    return [*credit["old"], *credit["new"]]


def _credited_steps(credits: Iterable[CreditDocument], own: Set[str]) -> list[CreditedStep]:
    """Return the steps of other guides that `credits` name, as their newest editions call them."""
    others = {step for credit in credits for step in _named(credit)} - own
    guides = Step.objects.filter(pk__in=others).values("guide")
    editions = Edition.objects.current().defer("document").filter(guide__in=guides)
    documents = [document_of(edition.sha256) for edition in editions]
    steps = {
        step["id"]: CreditedStep(id=step["id"], title=step["title"], guide=document["slug"])
        for document in documents
        for step in named_steps(document)
    }
    return [steps[step] for step in sorted(others & steps.keys())]
