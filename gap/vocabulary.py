"""What skills are called, and which courses teach them: kept in memory until either changes."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from heapq import nsmallest
from threading import Lock
from typing import Any, NamedTuple

from courses.browsing import COURSES
from courses.models import Change, Course, Skill, SkillAlias
from gap.finding import Finder, How, Name

COURSES_SHOWN = 3  # of each skill

_reading = Lock()


class Teaching(NamedTuple):
    """A course that teaches a skill."""

    slug: str
    title: str


@dataclass(frozen=True)
class Vocabulary:
    """Skills by slug with their names, what finds them in a text, and the first courses that teach each."""

    names: Mapping[str, str]
    finder: Finder
    courses: Mapping[str, Sequence[Teaching]]


def vocabulary() -> Vocabulary:
    """Return the vocabulary as it is now; any number of threads may use it at once.

    One query where nothing of the catalog has changed. Names are put into an automaton anew only where one of
    them changed.
    """
    version = Change.objects.version()
    with _reading:  # whoever comes meanwhile waits for the one that reads, and has it too
        return _vocabulary(version)


def forget() -> None:
    """Read the vocabulary anew when it is next asked for."""
    _vocabulary.cache_clear()


@lru_cache(maxsize=1)
def _vocabulary(version: tuple[Any, ...]) -> Vocabulary:
    skills = dict(Skill.objects.order_by("pk").values_list("slug", "name"))
    rows = SkillAlias.objects.order_by("pk").values_list("name", "skill__slug", "how")
    return Vocabulary(skills, _finder(names_of(skills, list(rows))), _courses(skills))


def names_of(skills: Mapping[str, str], aliases: Sequence[tuple[str, str, str]]) -> tuple[Name, ...]:
    """Return all names, those of skills first; an alias that is the skill's own name says how it counts."""
    hows = {(slug, name.casefold()): How(how) for name, slug, how in aliases}
    own = (Name(name, slug, hows.get((slug, name.casefold()), How.ANYWHERE)) for slug, name in skills.items())
    return (*own, *(Name(name, slug, How(how)) for name, slug, how in aliases))


@lru_cache(maxsize=1)
def _finder(names: tuple[Name, ...]) -> Finder:
    return Finder(names)


def _courses(skills: Mapping[str, str]) -> dict[str, list[Teaching]]:
    """Return the first courses of each skill; one query beside the index of the catalog.

    Those that teach the fewest skills come first, then those for beginners, then the order of the catalog.
    """
    index = COURSES.index()
    order = index.orders.get("rating") or index.orders["title"]
    skilled = Counter(pk for slug in skills for pk in index.of_value("skill", slug))
    easy = index.of_value("level", Course.Level.BEGINNER)
    place = {pk: (skilled[pk], pk not in easy, number) for number, pk in enumerate(order)}
    first = {
        slug: nsmallest(COURSES_SHOWN, (pk for pk in ids if pk in place), key=place.__getitem__)
        for slug in skills
        if (ids := index.of_value("skill", slug))
    }
    wanted = {pk for ids in first.values() for pk in ids}
    rows = Course.objects.only("slug", "title").in_bulk(list(wanted))
    titles = {pk: Teaching(course.slug, course.title) for pk, course in rows.items()}
    return {slug: [titles[pk] for pk in ids if pk in titles] for slug, ids in first.items()}
