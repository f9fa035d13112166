"""All that is public, seen from one guide: which careers are near, and who names it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from guides.document import Document, steps_of
from guides.editions import document_of, read_along
from guides.models import Edition
from guides.sameness import Pair, pairs_of, same_steps

LINK = re.compile(r"\]\(/guides/([-\w]+)/")


@dataclass(frozen=True)
class Outline:
    """What of a guide others are compared with; `links` are slugs of guides, with what leads there."""

    slug: str
    title: str
    summary: str
    skills: frozenset[str]
    steps: tuple[str, ...]
    pairs: tuple[Pair, ...]
    links: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Neighbour:
    """Another guide, and why it is near: how many steps are the same, how many skills on both paths.

    `links_from` are the titles of its sections and steps whose texts lead here.
    """

    slug: str
    title: str
    summary: str
    steps: int
    skills: int
    links_from: tuple[str, ...]

    @property
    def nearness(self) -> tuple[int, int]:
        """What the nearest guide has most of: a shared step says more than a shared skill."""
        return self.steps, self.skills


def neighbours(slug: str, version: str) -> list[Neighbour]:
    """Return the other public guides that have something to do with the one at `slug`, the nearest first.

    `version` is that of all that is public, `PublicEdition.landscape`. One query for each version.
    """
    outlines = outlines_of(version)
    own = next((outline for outline in outlines if outline.slug == slug), None)
    if own is None:  # it was hidden just now
        return []
    seen = [_seen(own, outline) for outline in outlines if outline is not own]
    near = [other for other in seen if other.nearness > (0, 0) or other.links_from]
    return sorted(near, key=lambda other: other.nearness, reverse=True)


@lru_cache(maxsize=2)
def outlines_of(version: str) -> tuple[Outline, ...]:
    """Return the outlines of all public guides, from A to Z."""
    return tuple(_outline(document) for document in public_documents())


def public_documents() -> list[Document]:
    """Return the documents of all public guides, from A to Z, by one query."""
    texts = dict(Edition.objects.public().order_by("title", "slug").values_list("sha256", "document"))
    with read_along(texts):
        return [document_of(sha256) for sha256 in texts]


def _outline(document: Document) -> Outline:
    return Outline(
        slug=document["slug"],
        title=document["title"],
        summary=document["summary"],
        skills=frozenset(skill["slug"] for skill in document["skills"]),
        steps=tuple(step["id"] for step in steps_of(document)),
        pairs=tuple(pairs_of(document["credits"])),
        links=tuple(_links(document)),
    )


def _links(document: Document) -> Iterator[tuple[str, str]]:
    for part in [*document["sections"], *steps_of(document)]:
        for slug in dict.fromkeys(LINK.findall(part["body"])):
            yield slug, part["title"]


def _seen(own: Outline, other: Outline) -> Neighbour:
    return Neighbour(
        slug=other.slug,
        title=other.title,
        summary=other.summary,
        steps=len(same_steps(own.steps, other.steps, [*own.pairs, *other.pairs])),
        skills=len(own.skills & other.skills),
        links_from=tuple(title for slug, title in other.links if slug == own.slug),
    )
