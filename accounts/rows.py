"""The rows of a path as HTML: steps in each of their states, and the headings of choices."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from guides.document import (
    Document,
    OfferDocument,
    SectionDocument,
    SkillDocument,
    SourceDocument,
    StepDocument,
    steps_of,
    titles_of,
)
from guides.editions import document_of
from guides.places import Places, public_places
from guides.progress import State
from guides.rendering import RenderedGuide, rendered

Named = TypeVar("Named")


@dataclass(frozen=True)
class Names:
    """What a guide says of its steps and of the things that they name, by what they name them with."""

    slug: str
    places: Places
    texts: RenderedGuide
    steps: Mapping[str, StepDocument]
    titles: Mapping[str, str]
    skills: Mapping[str, SkillDocument]
    courses: Mapping[str, OfferDocument]
    certifications: Mapping[str, OfferDocument]
    sources: Mapping[str, SourceDocument]
    sections: Mapping[str, list[SectionDocument]]


def names_of(document: Document, texts: RenderedGuide, places: Places) -> Names:
    """Return what the rows of `document` take, with its `texts` as HTML and its pages at `places`."""
    return Names(
        slug=document["slug"],
        places=places,
        texts=texts,
        steps={step["id"]: step for step in steps_of(document)},
        titles=titles_of(document),
        skills={skill["slug"]: skill for skill in document["skills"]},
        courses={course["slug"]: course for course in document["courses"]},
        certifications={entry["slug"]: entry for entry in document["certifications"]},
        sources={source["key"]: source for source in document["sources"]},
        sections=_explained(document),
    )


def _explained(document: Document) -> dict[str, list[SectionDocument]]:
    """Return the sections that explain each step, by its id."""
    sections: dict[str, list[SectionDocument]] = {}
    for section in document["sections"]:
        for step in section["steps"]:
            sections.setdefault(step, []).append(section)
    return sections


@lru_cache(maxsize=64)
def _published(sha256: str) -> Names:
    document = document_of(sha256)
    return names_of(document, rendered(sha256), public_places(document["slug"]))


@lru_cache(maxsize=8192)
def step_html(
    sha256: str,
    step: str,
    state: State | None,
    counted_from: tuple[str, ...] = (),
    declined: tuple[str, ...] = (),
) -> SafeString:
    """Return the row of a step of an edition as `step_row` does.

    The row says nothing of who reads it, so it is rendered once for all who have the step in this state.
    """
    return step_row(_published(sha256), step, state, counted_from, declined)


def step_row(
    names: Names,
    step: str,
    state: State | None,
    counted_from: Iterable[str] = (),
    declined: Iterable[str] = (),
) -> SafeString:
    """Return the row of a step in one state, or as a visitor sees it (None).

    `counted_from` are the ids of the steps that it is counted from, `declined` those that it could be.
    """
    own = names.steps[step]
    context = {
        "guide": names.slug,
        "places": names.places,
        "step": own,
        "state": (state or State.TODO).value,
        "is_visitor": state is None,
        "states": [(state.value, state.words) for state in State],
        "body": names.texts.steps[step],
        "anchors": names.texts.step_anchors[step],
        "counted_from": [names.titles.get(other, "") for other in counted_from],
        "declined": [names.titles.get(other, "") for other in declined],
        "after": _found(names.steps, own["after"]),
        "skills": _found(names.skills, own["skills"]),
        "courses": _found(names.courses, own["courses"]),
        "certifications": _found(names.certifications, own["certifications"]),
        "sources": _found(names.sources, own["sources"]),
        "sections": names.sections.get(step, []),
    }
    return mark_safe(render_to_string("accounts/step.html", context))  # noqa: S308 (a rendered template is safe)


def _found(named: Mapping[str, Named], keys: Iterable[str]) -> list[Named]:
    """Return what `keys` name; a working copy that is being edited may name what is not there."""
    return [named[key] for key in keys if key in named]


@lru_cache(maxsize=1024)
def heading(kind: str, title: str, count: int) -> SafeString:
    """Return the heading of a "choice" of `count` routes, of a "route" of as many steps, or of the "rest"."""
    return mark_safe(  # noqa: S308 (as above)
        render_to_string(f"components/{kind}.html", {"title": title, "count": count})
    )
