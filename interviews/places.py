"""Where questions are read: a question that several guides share has one page that counts."""

from django.urls import reverse

from guides.editions import PublicEdition
from interviews.bank import Entry, bank_at
from interviews.standing import Standing


def home_of(entry: Entry, now: Standing) -> PublicEdition:
    """Return the first public guide of a question, by slug: there is the page that search engines keep.

    The question must have one.
    """
    return next(edition for guide, edition in now.editions.items() if guide in entry.guides)


def canonical_of(entry: Entry, now: Standing) -> str:
    """Return the address of the page of a question that counts."""
    return reverse("interview-question", args=[home_of(entry, now).slug, entry.slug])


def addresses_of(now: Standing) -> list[str]:
    """Return the address of each question that everybody may read."""
    if not now.editions:
        return []
    return [canonical_of(entry, now) for entry in bank_at(now.version).public(now.editions)]
