"""What the questions say to the search of the site."""

import hashlib
from collections.abc import Iterator

from django.urls import reverse

from guides.searching import plain
from interviews.bank import bank_at
from interviews.places import home_of
from interviews.standing import standing
from search.parts import Draft, Part

PREFIX = "interview:"  # other parts have questions, too


def version() -> str:
    """Return what differs after each change of the questions, and of what guides are public."""
    now = standing()
    digests = " ".join(edition.sha256 for edition in now.editions.values())
    return f"{now.version} {hashlib.sha256(digests.encode()).hexdigest()}"


def drafts() -> Iterator[Draft]:
    """Yield each active question of a public guide, at its page there."""
    now = standing()
    if not now.editions:
        return
    for entry in bank_at(now.version).public(now.editions):
        home = home_of(entry, now)
        address = reverse("interview-question", args=[home.slug, entry.slug])
        text = f"{entry.topic.name} · {plain(entry.html)}"
        within = f"{home.title}: interview questions"
        yield Draft("question", f"{PREFIX}{entry.id}", entry.text, text, address, within=within)


INTERVIEWS = Part("interviews", ("question",), version, drafts, prefix=PREFIX)
