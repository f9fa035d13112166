"""Goals: the careers that guides lead to, and the skills that their paths ask for."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AnonymousUser

from accounts.models import User
from accounts.paths import paths_of
from guides.document import Document, steps_of
from guides.editions import document_of
from guides.models import Edition
from guides.progress import State


@dataclass(frozen=True)
class Goal:
    """A career, by the slug and the title of its guide, and the `skills` that it needs, by slug."""

    slug: str
    title: str
    skills: tuple[str, ...]


def public_goals() -> dict[str, Goal]:
    """Return the goals of all guides that everybody may read, by slug and in the order of their titles."""
    editions: Any = Edition.objects.public().for_index().values_list("slug", "title", "sha256")
    return {slug: Goal(slug, title, skills_asked_by(document_of(sha256))) for slug, title, sha256 in editions}


def skills_asked_by(document: Document) -> tuple[str, ...]:
    """Return the skills of the steps of a path, in its order; optional steps ask for none.

    Of a choice, all routes count: which one somebody takes is theirs to say.
    """
    asked = (step["skills"] for step in steps_of(document) if not step["optional"])
    return tuple(dict.fromkeys(skill for skills in asked for skill in skills))


@dataclass(frozen=True)
class Start:
    """What is known of somebody before they answer: the goal that they follow, and skills."""

    goal: str = ""
    known: tuple[str, ...] = ()


def start_of(user: User | AnonymousUser, goals: Iterable[str]) -> Start:
    """Return what the paths of `user` tell: the one of `goals` that they followed last, and what they know.

    A skill is known once a step that names it is done. Visitors, and whoever follows no path, start at the
    goal if there is only one.
    """
    only = list(goals)
    first = only[0] if len(only) == 1 else ""
    if not user.is_authenticated:
        return Start(first)
    paths = paths_of(user)
    followed = [path.edition.slug for path in paths if path.edition.slug in only]
    known = dict.fromkeys(
        skill
        for path in paths
        for step in steps_of(path.document)
        if path.progress.state(step["id"]) == State.DONE
        for skill in step["skills"]
    )
    return Start(followed[0] if followed else first, tuple(known))
