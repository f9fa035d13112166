"""Which credit records an edition carries, and which guides they link."""

from collections.abc import Iterable, Set
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from guides.document import Content, CreditDocument, CreditedStep, Document, named_steps
from guides.editions import document_of
from guides.models import CreditStep, Edition, EditionStep, Guide, Step
from guides.working_copy import content_of


def credits_of(steps: Iterable[str]) -> list[CreditDocument]:
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
    shown = EditionStep.objects.filter(step_id__in=steps, edition__cancelled_at=None)
    return shown.values_list("step", flat=True)


def _named(credit: CreditDocument) -> list[str]:
    return [*credit["old"], *credit["new"]]


def credited_steps(credits: Iterable[CreditDocument], own: Set[str]) -> list[CreditedStep]:
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


@dataclass(frozen=True)
class LinkedGuide:
    """A published guide that a credit record links and whose current edition does not carry it yet.

    `is_edited` says whether publishing it would publish edits of its working copy as well.
    """

    guide: Guide
    is_edited: bool


def linked_guides(guide: Guide) -> list[LinkedGuide]:
    """Return the guides that have to be published, too, for a record to count on their path."""
    records = CreditStep.objects.filter(step__guide=guide).values("credit")
    shared = CreditStep.objects.filter(credit__in=records).exclude(step__guide=guide)
    missing: dict[UUID, set[int]] = {}
    for credit, other in shared.values_list("credit", "step__guide"):
        missing.setdefault(other, set()).add(credit)
    others = Guide.objects.filter(pk__in=missing).order_by("title")
    documents = _documents(others)
    return [
        LinkedGuide(other, _is_edited(other, documents[other.pk]))
        for other in others
        if other.pk in documents and not _carries(documents[other.pk], missing[other.pk])
    ]


def _documents(guides: QuerySet[Guide]) -> dict[UUID, Document]:
    """Return the documents of the current editions of `guides`, by guide."""
    editions = Edition.objects.current().defer("document").filter(guide__in=guides)
    return {edition.guide_id: document_of(edition.sha256) for edition in editions}


def _carries(document: Document, records: Set[int]) -> bool:
    """Whether `document` has all of these credit records."""
    sides: dict[int, set[tuple[str, str]]] = {}
    rows = CreditStep.objects.filter(credit__in=records).values_list("credit", "side", "step")
    for credit, side, step in rows:
        sides.setdefault(credit, set()).add((side, str(step)))
    known = [
        {("old", step) for step in credit["old"]} | {("new", step) for step in credit["new"]}
        for credit in document["credits"]
    ]
    return all(record in known for record in sides.values())


def _is_edited(guide: Guide, document: Document) -> bool:
    """Whether the working copy of `guide` says anything that `document`, its current one, does not."""
    content: Content = content_of(guide)
    return any(document[key] != part for key, part in content.items())  # type: ignore[literal-required]  # keys of the document
