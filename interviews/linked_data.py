"""Questions in the words of schema.org.

A question with its model answer is a flashcard: a `Quiz` of one `Question`. The types for questions that
people ask of a site, `FAQPage` and `QAPage`, would say what is not so.
"""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from guides.editions import PublicEdition
from guides.searching import plain
from interviews.bank import Entry
from portal.addresses import absolute

CONTEXT = {"@context": "https://schema.org"}
LEVELS = {"easy": "beginner", "medium": "intermediate", "hard": "advanced"}  # of `educationalLevel`


def of_list(edition: PublicEdition, entries: Iterable[tuple[Entry, str]]) -> list[dict[str, Any]]:
    """Return what the page of a guide's questions says of itself; each question comes with its address."""
    listed = [
        {"@type": "ListItem", "position": number, "url": absolute(address), "name": entry.text}
        for number, (entry, address) in enumerate(entries, start=1)
    ]
    return [_crumbs(edition), {**CONTEXT, "@type": "ItemList", "itemListElement": listed}]


def of_question(entry: Entry, edition: PublicEdition, address: str) -> list[dict[str, Any]]:
    """Return what the page of a question, which counts at `address`, says of itself."""
    asked = {
        "@type": "Question",
        "eduQuestionType": "Flashcard",
        "educationalLevel": LEVELS[entry.difficulty],
        "text": entry.text,
        "acceptedAnswer": {"@type": "Answer", "text": plain(entry.html)},
    }
    quiz = {
        **CONTEXT,
        "@type": "Quiz",
        "name": entry.text,
        "url": absolute(address),
        "about": {"@type": "Thing", "name": entry.topic.name},
        "hasPart": [asked],
    }
    return [_crumbs(edition, (entry.text, address)), quiz]


def _crumbs(edition: PublicEdition, *below: tuple[str, str]) -> dict[str, Any]:
    way = [
        ("Guides", reverse("guides")),
        (edition.title, reverse("guide", args=[edition.slug])),
        ("Interview practice", reverse("interview", args=[edition.slug])),
        *below,
    ]
    return {
        **CONTEXT,
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": number, "name": title, "item": absolute(address)}
            for number, (title, address) in enumerate(way, start=1)
        ],
    }
