"""The texts of an edition as HTML. An edition never changes: each text is rendered once and kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.urls import reverse
from django.utils.safestring import SafeString

from guides.citations import numbered
from guides.document import Document, SectionDocument, SourceDocument, steps_of
from guides.editions import document_of
from portal import markdown

WORDS_A_MINUTE = 230  # of an adult reading English non-fiction silently; Brysbaert 2019 finds 238


@dataclass(frozen=True)
class RenderedSection:
    slug: str
    kind: str
    title: str
    html: SafeString
    checked_on: date | None


@dataclass(frozen=True)
class NumberedSource:
    """A source with its number in the citations of the guide, and who passes it on, by name."""

    number: int
    source: SourceDocument
    accessed_on: date | None
    retrieved_on: date
    cited_by: tuple[str, ...]


@dataclass(frozen=True)
class RenderedGuide:
    """The texts of an edition; `minutes` is the time that reading its sections takes."""

    sections: tuple[RenderedSection, ...]
    sources: tuple[NumberedSource, ...]
    minutes: int
    steps: Mapping[str, SafeString]


@lru_cache(maxsize=64)
def rendered(sha256: str) -> RenderedGuide:
    """Return the texts of the edition with this digest as HTML."""
    document = document_of(sha256)
    numbers = _numbers(document)
    guide_page = reverse("guide", args=[document["slug"]])
    return RenderedGuide(
        sections=tuple(_section(section, numbers) for section in document["sections"]),
        sources=_sources(document, numbers),
        minutes=round(sum(len(section["body"].split()) for section in document["sections"]) / WORDS_A_MINUTE),
        steps={
            step["id"]: markdown.render(step["body"], citations=numbers, sources=guide_page)
            for step in steps_of(document)
        },
    )


def _numbers(document: Document) -> dict[str, int]:
    """Return the number of every source: first those that texts cite, in order, then the others."""
    known = [source["key"] for source in document["sources"]]
    texts = [section["body"] for section in document["sections"]]
    texts += [step["body"] for step in steps_of(document)]
    cited = [key for key in numbered(texts) if key in known]
    return {key: number for number, key in enumerate(dict.fromkeys(cited + known), start=1)}


def _section(section: SectionDocument, numbers: Mapping[str, int]) -> RenderedSection:
    checked_on = section["checked_on"]
    return RenderedSection(
        slug=section["slug"],
        kind=section["kind"],
        title=section["title"],
        html=markdown.render(section["body"], prefix=section["slug"], citations=numbers),
        checked_on=date.fromisoformat(checked_on) if checked_on else None,
    )


def _sources(document: Document, numbers: Mapping[str, int]) -> tuple[NumberedSource, ...]:
    publishers = {source["key"]: source["publisher"] for source in document["sources"]}
    return tuple(
        NumberedSource(
            number=numbers[source["key"]],
            source=source,
            accessed_on=date.fromisoformat(source["accessed_on"]) if source["accessed_on"] else None,
            retrieved_on=date.fromisoformat(source["retrieved_on"]),
            cited_by=tuple(publishers[key] for key in source["cited_by"] if key in publishers),
        )
        for source in sorted(document["sources"], key=lambda source: numbers[source["key"]])
    )
