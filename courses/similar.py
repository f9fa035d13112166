"""Courses that teach much of the same."""

from collections import Counter

from courses.browsing import COURSES
from courses.cards import Card, cards_of
from courses.models import Course

MOST = 4


def similar_to(course: Course) -> list[Card]:
    """Return at most four courses that share skills with `course`, those that share most first.

    Of those that share as many, the best rated come first. The skills of `course` are prefetched.
    """
    index = COURSES.index()
    shared = Counter(
        pk for skill in course.skills.all() for pk in index.of_value("skill", skill.slug) if pk != course.pk
    )
    rank = {pk: place for place, pk in enumerate(index.orders["rating"]) if pk in shared}
    best = sorted(shared, key=lambda pk: (-shared[pk], rank[pk]))[:MOST]
    return cards_of(COURSES, index, best)
