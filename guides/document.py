"""The document of an edition: what the public reads, as JSON.

`Content` is what staff wrote; `Document` adds what history is needed to measure progress by it. These
types are also the API's schema of a guide.
"""

import json
from typing import Any, NotRequired, TypedDict


class SectionDocument(TypedDict):
    id: str
    slug: str
    kind: str
    title: str
    body: str
    checked_on: str | None
    steps: NotRequired[list[str]]  # editions from before there were any are sent as they are


class StepDocument(TypedDict):
    id: str
    slug: str
    title: str
    body: str
    done_when: str
    effort_hours: int | None
    optional: bool
    choice: str
    route: str
    after: list[str]
    skills: list[str]
    courses: list[str]
    certifications: list[str]
    sources: list[str]


class StageDocument(TypedDict):
    id: str
    slug: str
    title: str
    summary: str
    steps: list[StepDocument]


class SkillDocument(TypedDict):
    slug: str
    name: str


class OfferDocument(TypedDict):
    """A course or a certification, with the names of those who teach or issue it."""

    slug: str
    title: str
    by: list[str]
    url: str


class SourceDocument(TypedDict):
    key: str
    publisher: str
    title: str
    url: str
    published: str
    accessed_on: str | None
    retrieved_on: str
    note: str
    cited_by: list[str]


class PictureFile(TypedDict):
    """An encoding of a picture: its address on this site, and its width in pixels."""

    url: str
    width: int


class PictureDocument(TypedDict):
    """A picture that texts show as `picture:slug`; `files` go from small to large."""

    slug: str
    alt: str
    credit: str
    width: int
    height: int
    files: list[PictureFile]


class Content(TypedDict):
    """What staff wrote; ids are UUIDs, `skills` and the like are slugs, `sources` are keys."""

    id: str
    slug: str
    title: str
    summary: str
    occupation_codes: list[str]
    sections: list[SectionDocument]
    stages: list[StageDocument]
    skills: list[SkillDocument]
    courses: list[OfferDocument]
    certifications: list[OfferDocument]
    sources: list[SourceDocument]
    pictures: NotRequired[list[PictureDocument]]  # as above


class PastStep(TypedDict):
    """A step that was on the path from edition `since` to edition `until`."""

    id: str
    slug: str
    title: str
    since: int
    until: int


class PastRequirement(TypedDict):
    """Routes of a requirement that were once enough and name a step that is no longer on the path."""

    key: str
    title: str
    routes: list[list[str]]


class CreditDocument(TypedDict):
    """Who has done all steps of one side has done each step of the other."""

    old: list[str]
    new: list[str]


class CreditedStep(TypedDict):
    """A step of another guide that a credit record names."""

    id: str
    title: str
    guide: str


class Document(Content):
    """An edition: the content, its number, and the history that progress is measured with."""

    edition: int
    since: dict[str, int]
    past_steps: list[PastStep]
    past_requirements: list[PastRequirement]
    credits: list[CreditDocument]
    credited_steps: list[CreditedStep]
    former_slugs: NotRequired[dict[str, list[str]]]  # earlier ones, by the id of a section or step


def parsed(text: str) -> Document:
    """Return the document that `text` holds; what documents did not have when it was made is empty."""
    document: Document = {"pictures": [], "former_slugs": {}} | json.loads(text)
    document["sections"] = [{"steps": [], **section} for section in document["sections"]]
    return document


def steps_of(content: Content) -> list[StepDocument]:
    """Return the steps of the path, in its order."""
    return [step for stage in content["stages"] for step in stage["steps"]]


def named_steps(document: Document) -> list[StepDocument | PastStep]:
    """Return the steps of the path of `document` and of its past."""
    return [*steps_of(document), *document["past_steps"]]


def titles_of(document: Document) -> dict[str, str]:
    """Return the titles of all steps that `document` names: of its path, its past and other guides."""
    return {step["id"]: step["title"] for step in [*document["credited_steps"], *named_steps(document)]}


def slugs_of(document: Document) -> dict[str, str]:
    """Return the slugs of the steps of the path and of the past."""
    return {step["id"]: step["slug"] for step in named_steps(document)}


def canonical(content: Any) -> str:
    """Return `content` as JSON with sorted keys and no blanks: equal content gives equal bytes."""
    return json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
