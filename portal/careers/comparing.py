"""What two or three guides have in common and what each has alone. Pure."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from guides.document import Document, SkillDocument, StepDocument, steps_of
from guides.duties import duties_of
from guides.requirements import hours_of
from guides.sameness import likes_of, pairs_of


@dataclass(frozen=True)
class Career:
    """A guide as one column: `hours` is the effort of the shortest way along its path.

    `only` are the skills that none of the others has on its path.
    """

    slug: str
    title: str
    summary: str
    codes: tuple[str, ...]
    duties: tuple[str, ...]
    stages: int
    steps: int
    hours: int
    only: tuple[SkillDocument, ...]


@dataclass(frozen=True)
class SharedStep:
    """A step that is the same on several paths: of each career its slug, and the step if it has one."""

    steps: tuple[tuple[str, StepDocument | None], ...]


@dataclass(frozen=True)
class Comparison:
    """Careers side by side; `pairs` are the titles of two of three with the skills of just these two."""

    careers: tuple[Career, ...]
    everywhere: tuple[SkillDocument, ...]
    pairs: tuple[tuple[str, tuple[SkillDocument, ...]], ...]
    steps: tuple[SharedStep, ...]


def compare(documents: Sequence[Document]) -> Comparison:
    """Return what `documents`, at least two, have in common, in the order in which they stand."""
    names = {skill["slug"]: skill for document in documents for skill in document["skills"]}
    having = [{skill["slug"] for skill in document["skills"]} for document in documents]
    skills = [
        (names[slug], tuple(slug in own for own in having))
        for slug in sorted(names, key=lambda slug: names[slug]["name"].casefold())
    ]
    return Comparison(
        careers=tuple(_career(document, place, skills) for place, document in enumerate(documents)),
        everywhere=tuple(skill for skill, has in skills if all(has)),
        pairs=tuple(_pairs(documents, skills)),
        steps=tuple(_shared_steps(documents)),
    )


def _career(
    document: Document, place: int, skills: Sequence[tuple[SkillDocument, tuple[bool, ...]]]
) -> Career:
    return Career(
        slug=document["slug"],
        title=document["title"],
        summary=document["summary"],
        codes=tuple(document["occupation_codes"]),
        duties=tuple(duties_of(document)),
        stages=len(document["stages"]),
        steps=len(steps_of(document)),
        hours=hours_of(document["stages"]),
        only=tuple(skill for skill, has in skills if has[place] and sum(has) == 1),
    )


def _pairs(
    documents: Sequence[Document], skills: Sequence[tuple[SkillDocument, tuple[bool, ...]]]
) -> Iterator[tuple[str, tuple[SkillDocument, ...]]]:
    for one, other in combinations(range(len(documents)), 2):
        both = tuple(skill for skill, has in skills if has[one] and has[other] and not all(has))
        if both:
            yield f"{documents[one]['title']} and {documents[other]['title']}", both


def _shared_steps(documents: Sequence[Document]) -> list[SharedStep]:
    """Return the steps that are on more than one path, in the order of the paths."""
    likes = likes_of(pair for document in documents for pair in pairs_of(document["credits"]))
    groups: dict[str, dict[int, StepDocument]] = defaultdict(dict)
    for place, document in enumerate(documents):
        for step in steps_of(document):
            groups[likes.get(step["id"], step["id"])].setdefault(place, step)
    return [
        SharedStep(tuple((document["slug"], group.get(place)) for place, document in enumerate(documents)))
        for group in groups.values()
        if len(group) > 1
    ]
