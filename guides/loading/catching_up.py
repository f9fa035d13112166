"""Guides that loading did not touch, though more counts on their paths since it brought others."""

from collections import defaultdict

from django.db import transaction

from guides.document import CreditDocument, Document
from guides.editing import lock
from guides.models import CreditStep, Guide
from guides.publishing import current_document, next_document_of, publish
from guides.working_copy import content_of

NOTE = "Steps that are done on the paths of other guides count on this one."
BESIDE = {"edition", "credits", "credited_steps"}  # what an edition says beside its content and its past


def catch_up() -> list[Guide]:
    """Publish each guide again whose edition lacks nothing but credit that counts by now, and return these.

    An edition carries the records of which all steps were published before it: of two guides that name each
    other, the first lacks what links it with the second. A guide that is hidden, waits for an edition or has
    edits that nobody published is left to staff, and so is one for which they recorded credit themselves: the
    screen that publishes asks them about it.
    """
    concerned = Guide.objects.filter(steps__credits__isnull=False).distinct().order_by("pk")
    return [guide for guide in concerned if _catches_up(guide)]


@transaction.atomic
def _catches_up(guide: Guide) -> bool:
    guide = lock(guide)
    previous = current_document(guide)
    if previous is None or not guide.editions.public().exists() or guide.editions.scheduled().exists():
        return False
    document = next_document_of(guide, content_of(guide), previous)
    if not _lacks_only_credit(previous, document) or _is_of_staff(_more(previous, document)):
        return False
    publish(guide, by=None, note=NOTE)
    return True


def _lacks_only_credit(previous: Document, document: Document) -> bool:
    keeps_all = all(credit in document["credits"] for credit in previous["credits"])
    if not keeps_all or not _more(previous, document):
        return False
    return all(document[key] == previous[key] for key in document.keys() - BESIDE)  # type: ignore[literal-required]  # keys of the document


def _more(previous: Document, document: Document) -> list[CreditDocument]:
    return [credit for credit in document["credits"] if credit not in previous["credits"]]


def _is_of_staff(credits: list[CreditDocument]) -> bool:
    """Whether a member of the staff recorded some of `credits`."""
    told = [
        {*(("old", step) for step in each["old"]), *(("new", step) for step in each["new"])}
        for each in credits
    ]
    rows = CreditStep.objects.filter(
        credit__recorded_by__isnull=False, step__in={step for sides in told for _, step in sides}
    )
    theirs: dict[int, set[tuple[str, str]]] = defaultdict(set)
    for credit, side, step in rows.values_list("credit", "side", "step"):
        theirs[credit].add((side, str(step)))
    return any(record in told for record in theirs.values())
