"""Guides that loading did not touch, though more counts on their paths since it brought others."""

from django.db import transaction

from guides.document import Document
from guides.editing import lock
from guides.models import Guide
from guides.publishing import current_document, next_document_of, publish
from guides.working_copy import content_of

NOTE = "Steps that are done on the paths of other guides count on this one."
BESIDE = {"edition", "credits", "credited_steps"}  # what an edition says beside its content and its past


def catch_up() -> list[Guide]:
    """Publish each guide again whose edition lacks nothing but credit that counts by now, and return these.

    An edition carries the records of which all steps were published before it: of two guides that name each
    other, the first lacks what links it with the second. A guide that is hidden, waits for an edition or has
    edits that nobody published is left to staff.
    """
    concerned = Guide.objects.filter(steps__credits__isnull=False).distinct().order_by("pk")
    return [guide for guide in concerned if _catches_up(guide)]


@transaction.atomic
def _catches_up(guide: Guide) -> bool:
    guide = lock(guide)
    previous = current_document(guide)
    if previous is None or not guide.editions.public().exists() or guide.editions.scheduled().exists():
        return False
    if not _lacks_only_credit(previous, next_document_of(guide, content_of(guide), previous)):
        return False
    publish(guide, by=None, note=NOTE)
    return True


def _lacks_only_credit(previous: Document, document: Document) -> bool:
    if previous["credits"] == document["credits"]:
        return False
    return all(document[key] == previous[key] for key in document.keys() - BESIDE)  # type: ignore[literal-required]  # keys of the document
