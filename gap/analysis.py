"""What a posting asks for, beside what a learner's path has taught them; page and API show the same."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from accounts.models import User
from accounts.paths import editions_for
from accounts.recording import states_of
from gap.finding import Found
from gap.vocabulary import Teaching, vocabulary
from guides.document import StepDocument, steps_of
from guides.editions import document_of
from guides.models import Edition
from guides.moves import Moved, missing
from guides.progress import State, progress_of

STEPS_SHOWN = 3  # of each skill


class Teacher(NamedTuple):
    """A step that teaches a skill, and the guide on whose path it is; `is_own`: that is the guide beside."""

    guide: str
    guide_title: str
    id: str
    slug: str
    title: str
    is_own: bool

    @property
    def address(self) -> str:
        return f"{reverse('path', args=[self.guide])}#step-{self.slug}"


@dataclass(frozen=True)
class Asked:
    """A skill that a posting asks for: the done steps that cover it, else those that teach it; courses."""

    slug: str
    name: str
    covered_by: Sequence[Teacher] = ()
    steps: Sequence[Teacher] = ()
    courses: Sequence[Teaching] = ()


@dataclass(frozen=True)
class Gap:
    """A posting read beside a guide.

    `found` are the places in the text, `asked` the skills in the order in which the text first names them,
    `unasked` the names of those skills of the guide's path that it does not ask for.
    """

    edition: Edition
    found: Sequence[Found]
    asked: Sequence[Asked]
    unasked: Sequence[str]

    @property
    def covered(self) -> list[Asked]:
        return [skill for skill in self.asked if skill.covered_by]

    @property
    def missing(self) -> list[Asked]:
        return [skill for skill in self.asked if not skill.covered_by]

    @property
    def taught(self) -> list[Asked]:
        """What is missing and can be learnt here."""
        return [skill for skill in self.missing if skill.steps or skill.courses]

    @property
    def untaught(self) -> list[Asked]:
        return [skill for skill in self.missing if not skill.steps and not skill.courses]


def gap_of(text: str, slug: str, user: User | AnonymousUser) -> Gap:
    """Return what `text` asks for beside the guide at `slug`, for `user`. Raises `Http404`.

    A skill is covered by a step that is done, as `progress_of` says it, on any path that `user` may read; one
    that was skipped covers nothing. Three queries for a learner, two for a visitor, whatever the length.
    """
    editions = list(editions_for(user).order_by("title"))
    edition = _edition_at(slug, editions)
    known = vocabulary()
    found = [each for each in known.finder.find(text) if each.slug in known.names]
    slugs = list(dict.fromkeys(each.slug for each in found))
    teachers, done = _teachers(edition, editions), _done(editions, user)
    asked = [
        _asked(Asked(skill, known.names[skill], courses=known.courses.get(skill, ())), teachers[skill], done)
        for skill in slugs
    ]
    own = document_of(edition.sha256)["skills"]
    unasked = [skill["name"] for skill in own if skill["slug"] not in slugs]
    return Gap(edition, found, asked, unasked)


def _edition_at(slug: str, editions: Sequence[Edition]) -> Edition:
    """Return the edition that is read at `slug`, or was before the guide moved: a form may be older."""
    by_slug = {edition.slug: edition for edition in editions}
    if slug in by_slug:
        return by_slug[slug]
    left = missing(slug)
    if isinstance(left, Moved) and left.slug in by_slug:
        return by_slug[left.slug]
    raise left


def _teachers(own: Edition, editions: Sequence[Edition]) -> Mapping[str, list[Teacher]]:
    """Return the steps that teach each skill, in the order of the paths, those of `own` first."""
    found: dict[str, list[Teacher]] = defaultdict(list)
    for edition in sorted(editions, key=lambda each: each.pk != own.pk):
        for step in steps_of(document_of(edition.sha256)):
            for skill in step["skills"]:
                found[skill].append(_teacher(edition, step, is_own=edition.pk == own.pk))
    return found


def _teacher(edition: Edition, step: StepDocument, *, is_own: bool) -> Teacher:
    return Teacher(edition.slug, edition.title, step["id"], step["slug"], step["title"], is_own)


def _done(editions: Sequence[Edition], user: User | AnonymousUser) -> set[str]:
    """Return the ids of the steps that are done."""
    said = states_of(user) if user.is_authenticated else {}
    if not said:
        return set()
    standings = (progress_of(document_of(edition.sha256), said) for edition in editions)
    return {step for standing in standings for step, state in standing.states.items() if state == State.DONE}


def _asked(skill: Asked, teachers: Sequence[Teacher], done: set[str]) -> Asked:
    """Return `skill` with the steps that cover it; where none does, with those that teach it."""
    covering = [step for step in teachers if step.id in done]
    return replace(skill, covered_by=_first(covering), steps=() if covering else _first(teachers))


def _first(teachers: Sequence[Teacher]) -> Sequence[Teacher]:
    """Return the steps of the guide beside the posting, or of the others where it has none."""
    return [step for step in teachers if step.is_own][:STEPS_SHOWN] or teachers[:STEPS_SHOWN]
