"""What guides say to the search: the editions that everybody may read, down to their sections and steps."""

import hashlib
import re
from collections.abc import Iterator
from html import unescape

from guides.document import Document, steps_of
from guides.editions import document_of
from guides.models import Edition
from guides.places import public_places
from guides.rendering import rendered
from search.parts import Draft, Part

# The numbers of sources, the signs of links to headings, and pictures say nothing.
SILENT = re.compile(r'<sup class="cite">.*?</sup>|<a class="anchor".*?</a>', re.DOTALL)
BLOCK = re.compile(
    r"</?(?:p|h\d|ul|ol|li|dl|dt|dd|table|tr|t[hd]|figure|figcaption|div|pre|blockquote|br|hr)\b[^>]*>"
)
HEADING = re.compile(r'<h([2-4]) id="([^"]+)">(.*?)</h\1>(.*?)(?=<h[2-4] |\Z)', re.DOTALL)
TAG = re.compile(r"<[^>]+>")


def version() -> str:
    """Return what differs once another edition is public, or one no longer is."""
    digests = Edition.objects.public().order_by().values_list("sha256", flat=True)
    return hashlib.sha256(" ".join(sorted(digests)).encode()).hexdigest()


def drafts() -> Iterator[Draft]:
    """Yield each public guide, its sections, the questions that they answer, and the steps of its path."""
    for sha256 in Edition.objects.public().order_by("slug").values_list("sha256", flat=True):
        yield from _drafts_of(document_of(sha256), sha256)


def _drafts_of(document: Document, sha256: str) -> Iterator[Draft]:
    places, texts, title = public_places(document["slug"]), rendered(sha256), document["title"]
    yield Draft("guide", document["id"], title, document["summary"], places.guide, boost=2)
    for section, shown in zip(document["sections"], texts.sections, strict=True):
        place = f"{places.guide}#{section['slug']}"
        yield Draft("section", section["id"], section["title"], plain(shown.html), place, within=title)
        yield from _questions(shown.html, places.guide, title)
    skills = {skill["slug"]: skill["name"] for skill in document["skills"]}
    for step in steps_of(document):
        names = [skills[slug] for slug in step["skills"] if slug in skills]
        text = " · ".join(filter(None, [*names, plain(texts.steps[step["id"]])]))
        place = f"{places.path}#step-{step['slug']}"
        yield Draft("step", step["id"], step["title"], text, place, within=title)


def _questions(html: str, address: str, guide: str) -> Iterator[Draft]:
    """Yield the headings of a text that ask something, each with its answer: what stands below it."""
    for _, anchor, heading, answer in HEADING.findall(html):
        if (question := plain(heading)).endswith("?"):
            place = f"{address}#{anchor}"
            key = hashlib.sha256(place.encode()).hexdigest()[:40]
            yield Draft("question", key, question, plain(answer), place, within=guide)


def plain(html: str) -> str:
    """Return the words of one of our rendered texts."""
    blocks = BLOCK.sub(" ", SILENT.sub("", html))
    return " ".join(unescape(TAG.sub("", blocks)).split())


GUIDES = Part("guides", ("guide", "section", "step", "question"), version, drafts)
