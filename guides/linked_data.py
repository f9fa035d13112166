"""A guide in the words of schema.org, for search engines."""

import re
from html import unescape
from typing import Any

import nh3
from django.urls import reverse

from guides.document import Content
from guides.mentions import CITATION
from guides.questions import questions_of
from portal import markdown
from portal.addresses import absolute


def describe(content: Content) -> list[dict[str, Any]]:
    """Return what the page of the guide says of itself: its place, and the occupation."""
    return [breadcrumbs(content), _occupation(content)]


def breadcrumbs(content: Content, *below: tuple[str, str]) -> dict[str, Any]:
    """Return the way from the list of guides to the guide, and on through `below`: titles with addresses."""
    way = [
        ("Guides", reverse("guides")),
        (content["title"], reverse("guide", args=[content["slug"]])),
        *below,
    ]
    return {
        "@context": "https://schema.org",
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": number, "name": title, "item": absolute(address)}
            for number, (title, address) in enumerate(way, start=1)
        ],
    }


def _occupation(content: Content) -> dict[str, Any]:
    address = absolute(reverse("guide", args=[content["slug"]]))
    codes = [
        {
            "@type": "CategoryCode",
            "codeValue": code,
            "inCodeSet": "Standard Occupational Classification (United States)",
        }
        for code in content["occupation_codes"]
    ]
    return {
        "@context": "https://schema.org",
        "@type": "Occupation",
        "name": content["title"],
        "description": content["summary"],
        "url": address,
        "mainEntityOfPage": address,
        **({"occupationalCategory": codes} if codes else {}),
        **({"skills": [skill["name"] for skill in content["skills"]]} if content["skills"] else {}),
    }


def describe_questions(content: Content) -> list[dict[str, Any]]:
    """Return what the page of the questions says of itself: its place, what is asked, the answers."""
    found = [
        {
            "@type": "Question",
            "name": question.title,
            "acceptedAnswer": {"@type": "Answer", "text": _plain(question.answer)},
        }
        for question in questions_of(content)
    ]
    way = breadcrumbs(content, ("Questions", reverse("faq", args=[content["slug"]])))
    page = {"@context": "https://schema.org", "@type": "FAQPage", "mainEntity": found}
    return [way, page] if found else [way]


def _plain(text: str) -> str:
    """Return Markdown as plain text, without citations."""
    shown = markdown.render(re.sub(rf"\s*{CITATION.pattern}", "", text))
    return " ".join(unescape(nh3.clean(shown, tags=set())).split())
