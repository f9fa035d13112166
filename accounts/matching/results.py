"""What the page and the API show of a ranking."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from accounts.matching.form import MatchForm
from courses.matching import Match, Ranking, rank
from courses.models import Course


class Named(NamedTuple):
    """A skill; under its slug where a guide names one that the catalog no longer has."""

    slug: str
    name: str


@dataclass(frozen=True)
class Found:
    """The skills that are lacking, in the order of the goal, and what was ranked for them."""

    lacking: Sequence[Named]
    ranking: Ranking


@dataclass(frozen=True)
class Row:
    """A match with what is shown of its course, and the skills that it covers."""

    match: Match
    course: Course
    covers: Sequence[Named]


def found_by(form: MatchForm) -> Found:
    """Return what the answers of a valid form find."""
    answers = form.answers()
    lacking = [Named(slug, form.skills.get(slug, slug)) for slug in form.needed if slug in answers.lacking]
    return Found(lacking, rank(answers, form.programmes))


def rows_of(found: Found, matches: Sequence[Match]) -> list[Row]:
    """Return `matches` with their courses, in their order; one query.

    A course that somebody deleted meanwhile is left out.
    """
    courses = Course.objects.select_related("provider", "platform").in_bulk(
        [each.course.slug for each in matches], field_name="slug"
    )
    return [
        Row(
            each,
            courses[each.course.slug],
            [skill for skill in found.lacking if skill.slug in each.course.skills],
        )
        for each in matches
        if each.course.slug in courses
    ]
