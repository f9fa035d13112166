"""The texts of a guide as HTML. An edition never changes: each of its texts is rendered once and kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.urls import reverse
from django.utils.safestring import SafeString

from guides.document import (
    Content,
    PictureDocument,
    SectionDocument,
    SourceDocument,
    StepDocument,
    steps_of,
)
from guides.editions import document_of
from guides.mentions import cited_keys, numbered
from portal import markdown

WORDS_A_MINUTE = 230  # of an adult reading silently: below the 238 of Brysbaert 2019, for tables and figures


@dataclass(frozen=True)
class RenderedSection:
    """A section; `steps` are those that it explains."""

    slug: str
    kind: str
    title: str
    html: SafeString
    checked_on: date | None
    steps: tuple[StepDocument, ...]


@dataclass(frozen=True)
class NumberedSource:
    """A source with its number in the citations of the guide.

    `cited_by` names who passes it on, `cited_in` the sections that cite it.
    """

    number: int
    source: SourceDocument
    accessed_on: date | None
    retrieved_on: date
    cited_by: tuple[str, ...]
    cited_in: tuple[RenderedSection, ...]


@dataclass(frozen=True)
class RenderedGuide:
    """The texts of a guide; `steps` by id; `minutes` is the time that reading the sections takes.

    `step_sources` are those of the `sources` that steps name or cite.
    """

    sections: tuple[RenderedSection, ...]
    sources: tuple[NumberedSource, ...]
    step_sources: tuple[NumberedSource, ...]
    minutes: int
    steps: Mapping[str, SafeString]


@lru_cache(maxsize=64)
def rendered(sha256: str) -> RenderedGuide:
    """Return the texts of the edition with this digest as HTML."""
    return render(document_of(sha256))


def render(content: Content) -> RenderedGuide:
    """Return the texts of `content` as HTML."""
    numbers = _numbers(content)
    images = {picture["slug"]: _image(picture) for picture in content["pictures"]}
    guide_page = reverse("guide", args=[content["slug"]])
    sections = tuple(_section(section, content, numbers, images) for section in content["sections"])
    sources = _sources(content, numbers, sections)
    on_steps = cited_keys(step["body"] for step in steps_of(content))
    on_steps |= {key for step in steps_of(content) for key in step["sources"]}
    return RenderedGuide(
        sections=sections,
        sources=sources,
        step_sources=tuple(source for source in sources if source.source["key"] in on_steps),
        minutes=round(sum(map(_words, content["sections"])) / WORDS_A_MINUTE),
        steps={
            step["id"]: markdown.render(
                step["body"],
                prefix=f"step-{step['slug']}",
                citations=numbers,
                pictures=images,
                page=guide_page,
            )
            for step in steps_of(content)
        },
    )


def _numbers(content: Content) -> dict[str, int]:
    """Return the number of every source: first those that texts cite, in order, then the others."""
    known = [source["key"] for source in content["sources"]]
    texts = [section["body"] for section in content["sections"]]
    texts += [step["body"] for step in steps_of(content)]
    cited = [key for key in numbered(texts) if key in known]
    return {key: number for number, key in enumerate(dict.fromkeys(cited + known), start=1)}


def _words(section: SectionDocument) -> int:
    return sum(len(block.split()) for block, _ in markdown.blocks(section["body"]))


def _section(
    section: SectionDocument,
    content: Content,
    numbers: Mapping[str, int],
    images: Mapping[str, markdown.Image],
) -> RenderedSection:
    checked_on = section["checked_on"]
    return RenderedSection(
        slug=section["slug"],
        kind=section["kind"],
        title=section["title"],
        html=markdown.render(section["body"], prefix=section["slug"], citations=numbers, pictures=images),
        checked_on=date.fromisoformat(checked_on) if checked_on else None,
        steps=tuple(step for step in steps_of(content) if step["id"] in section["steps"]),
    )


def _image(picture: PictureDocument) -> markdown.Image:
    return markdown.Image(
        alt=picture["alt"],
        width=picture["width"],
        height=picture["height"],
        sources=tuple((file["url"], file["width"]) for file in picture["files"]),
        credit=picture["credit"],
    )


def _sources(
    content: Content, numbers: Mapping[str, int], sections: tuple[RenderedSection, ...]
) -> tuple[NumberedSource, ...]:
    publishers = {source["key"]: source["publisher"] for source in content["sources"]}
    return tuple(
        NumberedSource(
            number=numbers[source["key"]],
            source=source,
            accessed_on=date.fromisoformat(source["accessed_on"]) if source["accessed_on"] else None,
            retrieved_on=date.fromisoformat(source["retrieved_on"]),
            cited_by=tuple(publishers[key] for key in source["cited_by"] if key in publishers),
            cited_in=tuple(
                section
                for section in sections
                if f'id="{markdown.place_of(section.slug, source["key"])}"' in section.html
            ),
        )
        for source in sorted(content["sources"], key=lambda source: numbers[source["key"]])
    )
