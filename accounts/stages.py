"""The stages of a path as its page shows them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from accounts.paths import Path
from guides.document import (
    Document,
    OfferDocument,
    SectionDocument,
    SourceDocument,
    StageDocument,
    StepDocument,
    steps_of,
    titles_of,
)
from guides.editions import document_of
from guides.progress import Progress, State
from guides.rendering import rendered
from guides.requirements import hours_of, requirements_of


@dataclass(frozen=True)
class StageView:
    """A stage with its rows as HTML; equal views look the same.

    `met` of `total` requirements of the stage are met; `hours` is the effort of the
    shortest way through it.
    """

    number: int
    slug: str
    title: str
    summary: str
    met: int
    total: int
    hours: int
    is_here: bool
    rows: tuple[SafeString, ...]

    @property
    def is_done(self) -> bool:
        return 0 < self.total == self.met


def stages_of(path: Path) -> list[StageView]:
    """Return the stages of `path` as its learner meets them."""
    return _stages(path.edition.sha256, path.document, path.progress)


def stages_for_visitors(sha256: str) -> list[StageView]:
    """Return the stages of the edition with this digest as a visitor meets them."""
    return _stages(sha256, document_of(sha256), None)


def _stages(sha256: str, document: Document, progress: Progress | None) -> list[StageView]:
    met, total = _counts(document, progress)
    here = _here(document, progress)
    return [
        StageView(
            number=number,
            slug=stage["slug"],
            title=stage["title"],
            summary=stage["summary"],
            met=met.get(stage["id"], 0),
            total=total.get(stage["id"], 0),
            hours=hours_of([stage]),
            is_here=stage["id"] == here,
            rows=tuple(_rows(sha256, stage, progress)),
        )
        for number, stage in enumerate(document["stages"], start=1)
    ]


def _counts(document: Document, progress: Progress | None) -> tuple[dict[str, int], dict[str, int]]:
    """Return the met and all requirements of each stage, by its id."""
    if progress is None:
        verdicts = tuple((requirement, False) for requirement in requirements_of(document["stages"]))
    else:
        verdicts = progress.requirements
    met: dict[str, int] = {}
    total: dict[str, int] = {}
    for requirement, is_met in verdicts:
        met[requirement.stage] = met.get(requirement.stage, 0) + is_met
        total[requirement.stage] = total.get(requirement.stage, 0) + 1
    return met, total


def _here(document: Document, progress: Progress | None) -> str:
    """Return the id of the stage where the learner goes on: that of the first step of `next`."""
    if not progress or not progress.next:
        return ""
    return next(
        stage["id"]
        for stage in document["stages"]
        if any(step["id"] == progress.next[0] for step in stage["steps"])
    )


def _rows(sha256: str, stage: StageDocument, progress: Progress | None) -> Iterator[SafeString]:
    """Yield the rows of a stage: its steps in order, those of a choice together below its headings."""
    shown = set[str]()
    for step in stage["steps"]:
        choice = step["choice"]
        if not choice:
            if shown:
                yield _heading("rest", "", 0)
                shown.clear()
            yield _step(sha256, step, progress)
        elif choice not in shown:
            shown.add(choice)
            members = [member for member in stage["steps"] if member["choice"] == choice]
            yield from _choice(sha256, choice, members, progress)


def _choice(
    sha256: str, choice: str, steps: list[StepDocument], progress: Progress | None
) -> Iterator[SafeString]:
    routes: dict[str, list[StepDocument]] = {}
    for step in steps:
        routes.setdefault(step["route"], []).append(step)
    yield _heading("choice", choice, len(routes))
    for route, members in routes.items():
        yield _heading("route", route, len(members))
        yield from (_step(sha256, step, progress) for step in members)


def _step(sha256: str, step: StepDocument, progress: Progress | None) -> SafeString:
    if progress is None:
        return step_html(sha256, step["id"], None)
    return step_html(
        sha256, step["id"], progress.state(step["id"]), progress.counted_from.get(step["id"], ())
    )


@lru_cache(maxsize=1024)
def _heading(kind: str, title: str, count: int) -> SafeString:
    return mark_safe(  # noqa: S308 (a rendered template is safe)
        render_to_string(f"components/{kind}.html", {"title": title, "count": count})
    )


@lru_cache(maxsize=8192)
def step_html(sha256: str, step: str, state: State | None, counted_from: tuple[str, ...] = ()) -> SafeString:
    """Return the row of a step in one state, or as a visitor sees it (None).

    The row says nothing of who reads it, so it is rendered once for all who have the step in this state.
    """
    names = _names(sha256)
    own = names.steps[step]
    context = {
        "guide": names.guide,
        "step": own,
        "state": (state or State.TODO).value,
        "is_visitor": state is None,
        "states": [(state.value, state.words) for state in State],
        "body": rendered(sha256).steps[step],
        "counted_from": [names.titles.get(other, "") for other in counted_from],
        "after": [names.steps[other] for other in own["after"]],
        "skills": [names.skills[slug] for slug in own["skills"]],
        "courses": [names.courses[slug] for slug in own["courses"]],
        "certifications": [names.certifications[slug] for slug in own["certifications"]],
        "sources": [names.sources[key] for key in own["sources"]],
        "sections": names.sections.get(step, []),
    }
    return mark_safe(render_to_string("accounts/step.html", context))  # noqa: S308 (as above)


@dataclass(frozen=True)
class _Names:
    """What a document says of the things that its steps name, by what they name them with."""

    guide: str
    steps: Mapping[str, StepDocument]
    titles: Mapping[str, str]
    skills: Mapping[str, str]
    courses: Mapping[str, OfferDocument]
    certifications: Mapping[str, OfferDocument]
    sources: Mapping[str, SourceDocument]
    sections: Mapping[str, list[SectionDocument]]


@lru_cache(maxsize=64)
def _names(sha256: str) -> _Names:
    document = document_of(sha256)
    return _Names(
        guide=document["slug"],
        steps={step["id"]: step for step in steps_of(document)},
        titles=titles_of(document),
        skills={skill["slug"]: skill["name"] for skill in document["skills"]},
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
