"""A guide in the words of schema.org, for search engines."""

import re
from html import unescape
from typing import Any

import nh3
from django.urls import reverse

from guides.document import Content
from guides.mentions import CITATION
from guides.models import Section
from portal import markdown
from portal.addresses import absolute

QUESTION = re.compile(r"^### ([^\n]+\?)[ \t]*\n(.*?)(?=^#{1,3} |\Z)", re.MULTILINE | re.DOTALL)


def describe(content: Content) -> list[dict[str, Any]]:
    """Return what the page of the guide says of itself: its place, the occupation, the questions answered."""
    return [breadcrumbs(content), _occupation(content), *_questions(content)]


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


def _questions(content: Content) -> list[dict[str, Any]]:
    """Return the questions of the guide with their answers: headings that ask, and the text below each."""
    bodies = [section["body"] for section in content["sections"] if section["kind"] == Section.Kind.QUESTIONS]
    found = [pair for body in bodies for pair in QUESTION.findall(body)]
    if not found:
        return []
    return [
        {
            "@context": "https://schema.org",
            "@type": "FAQPage",
            "mainEntity": [
                {
                    "@type": "Question",
                    "name": question,
                    "acceptedAnswer": {"@type": "Answer", "text": _plain(answer)},
                }
                for question, answer in found
            ],
        }
    ]


def _plain(text: str) -> str:
    """Return Markdown as plain text, without citations."""
    shown = markdown.render(re.sub(rf"\s*{CITATION.pattern}", "", text))
    return " ".join(unescape(nh3.clean(shown, tags=set())).split())
