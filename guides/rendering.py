"""The texts of a guide as HTML. An edition never changes: each of its texts is rendered once and kept."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache

from django.utils.safestring import SafeString

from guides.anchors import Former, section_anchors, step_anchors
from guides.document import Content, PictureDocument, StepDocument, steps_of
from guides.editions import document_of
from guides.mentions import cited_keys
from guides.numbering import NumberedSource, numbered_sources, numbers_of
from guides.places import Places, moved, public_places
from guides.questions import questions_of
from portal import markdown

WORDS_A_MINUTE = 230  # of an adult reading silently: below the 238 of Brysbaert 2019, for tables and figures


@dataclass(frozen=True)
class RenderedSection:
    """A section; `steps` are those that it explains, `anchors` the ids that old links to it lead to."""

    slug: str
    kind: str
    title: str
    html: SafeString
    checked_on: date | None
    steps: tuple[StepDocument, ...]
    anchors: tuple[str, ...]


@dataclass(frozen=True)
class RenderedQuestion:
    """A question that the guide answers, with the answer as HTML; `place` is its id on pages."""

    title: str
    place: str
    html: SafeString


class RenderedGuide:
    """The texts of a guide as HTML, each part of it made when a page first asks for it."""

    def __init__(self, content: Content, places: Places, former: Former) -> None:
        self._content = content
        self._places = places
        self._former = former

    @cached_property
    def sections(self) -> tuple[RenderedSection, ...]:
        """The sections, in their order."""
        parts = self._content["sections"]
        glossary = glossary_of(self._content)
        texts = {
            part["id"]: self._write(part["body"], prefix=part["slug"], glossary=glossary) for part in parts
        }
        anchors = section_anchors(self._content, texts.values(), self._former)
        steps = steps_of(self._content)
        return tuple(
            RenderedSection(
                slug=part["slug"],
                kind=part["kind"],
                title=part["title"],
                html=texts[part["id"]],
                checked_on=date.fromisoformat(part["checked_on"]) if part["checked_on"] else None,
                steps=tuple(step for step in steps if step["id"] in part["steps"]),
                anchors=anchors[part["id"]],
            )
            for part in parts
        )

    @cached_property
    def sources(self) -> tuple[NumberedSource, ...]:
        """The sources, in the order of their numbers, with the sections that cite them."""
        return numbered_sources(self._content, self._numbers, self.sections)

    @cached_property
    def step_sources(self) -> tuple[NumberedSource, ...]:
        """Those of the sources that steps name or cite, without the sections."""
        steps = steps_of(self._content)
        keys = cited_keys(step["body"] for step in steps) | {key for step in steps for key in step["sources"]}
        return self._sources_of(keys)

    @cached_property
    def questions(self) -> tuple[RenderedQuestion, ...]:
        """The questions that the guide answers, for a page of their own."""
        return tuple(
            RenderedQuestion(each.title, each.place, self._write(each.answer, page=self._places.guide))
            for each in questions_of(self._content)
        )

    @cached_property
    def question_sources(self) -> tuple[NumberedSource, ...]:
        """Those of the sources that the answers cite, without the sections."""
        return self._sources_of(cited_keys(each.answer for each in questions_of(self._content)))

    @cached_property
    def minutes(self) -> int:
        """How long reading the sections takes."""
        blocks = (block for part in self._content["sections"] for block, _ in markdown.blocks(part["body"]))
        return round(sum(len(block.split()) for block in blocks) / WORDS_A_MINUTE)

    @cached_property
    def steps(self) -> Mapping[str, SafeString]:
        """The texts of the steps, by their ids."""
        return {
            step["id"]: self._write(step["body"], prefix=f"step-{step['slug']}", page=self._places.guide)
            for step in steps_of(self._content)
        }

    @cached_property
    def step_anchors(self) -> Mapping[str, tuple[str, ...]]:
        """The ids that old links to each step lead to, by its id."""
        return step_anchors(self._content, self.steps.values(), self._former)

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return numbers_of(self._content)

    @cached_property
    def _images(self) -> dict[str, markdown.Image]:
        return {picture["slug"]: _image(picture) for picture in self._content["pictures"]}

    @cached_property
    def _public_places(self) -> Places:
        return public_places(self._content["slug"])

    def _sources_of(self, keys: Collection[str]) -> tuple[NumberedSource, ...]:
        sources = numbered_sources(self._content, self._numbers, ())
        return tuple(source for source in sources if source.source["key"] in keys)

    def _write(
        self, text: str, *, prefix: str = "", page: str = "", glossary: markdown.Glossary | None = None
    ) -> SafeString:
        html = markdown.render(
            text,
            prefix=prefix,
            citations=self._numbers,
            pictures=self._images,
            page=page,
            glossary=glossary,
        )
        return moved(html, self._public_places, self._places)


@lru_cache(maxsize=64)
def rendered(sha256: str) -> RenderedGuide:
    """Return the texts of the edition with this digest as HTML."""
    document = document_of(sha256)
    return render(document, former=document["former_slugs"])


def render(content: Content, *, places: Places | None = None, former: Former | None = None) -> RenderedGuide:
    """Return the texts of `content` as HTML.

    Links to the guide's own pages lead to `places`, where these are if not at its slug. `former` has the
    earlier slugs of sections and steps, by id.
    """
    return RenderedGuide(content, places or public_places(content["slug"]), former or {})


def glossary_of(content: Content) -> markdown.Glossary:
    """Return the terms that the sections of `content` explain, none of which is linked yet."""
    texts = [section["body"] for section in content["sections"]]
    entries = {term: name for text in texts for term, name in markdown.entries(text).items()}
    return markdown.Glossary(entries, texts)


def _image(picture: PictureDocument) -> markdown.Image:
    return markdown.Image(
        alt=picture["alt"],
        width=picture["width"],
        height=picture["height"],
        sources=tuple((file["url"], file["width"]) for file in picture["files"]),
        credit=picture["credit"],
    )
