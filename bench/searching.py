"""The search at 10,000 courses: milliseconds for a query, seconds for the first search after an import."""

import random
import statistics
import time
from collections.abc import Callable
from functools import partial
from itertools import product

COURSES = 10_000
ROUNDS = 20
SEED = 5
WORDS = [
    *("learning", "machine", "deep", "neural", "network", "python", "data", "science", "statistics", "cloud"),
    *("engineering", "regression", "java", "vision", "language", "model", "practice", "applied", "security"),
    *("foundations", "introduction", "advanced", "design", "systems", "analysis"),
]
QUERIES = (
    "machine learning",  # many
    "pyhton",  # a typo
    "course",  # all of them
    "intro to deep lea",  # being typed
    "p",
    "advanced statistics for cloud engineering",
    "c++",
    "quixotic zymurgy",  # nothing
)


def fill() -> None:
    """Enter the courses; their titles and summaries are made of a few hundred words."""
    from courses.models import Course, Provider, Skill

    chance = random.Random(SEED)  # noqa: S311 (not for secrets)
    rare = ["".join(parts) for parts in product("bdgklmnprst", "aeiou", "bdgklmnprst", "aeiou", "nrs")]
    providers = Provider.objects.bulk_create(
        Provider(slug=f"provider-{number}", name=f"Provider {number}") for number in range(200)
    )
    skills = Skill.objects.bulk_create(Skill(slug=f"bench-{word}", name=word.title()) for word in WORDS)
    courses = Course.objects.bulk_create(
        (
            Course(
                slug=f"bench-{number}",
                title=f"Course {' '.join(chance.choices(WORDS, k=4))} {chance.choice(rare)}".title(),
                summary=" ".join(chance.choices(WORDS + rare, k=40)),
                provider=chance.choice(providers),
            )
            for number in range(COURSES)
        ),
        batch_size=500,
    )
    links = Course.skills.through
    links.objects.bulk_create(
        (
            links(course_id=course.pk, skill_id=skill.pk)
            for course in courses
            for skill in chance.sample(skills, 3)
        ),
        batch_size=500,
    )


def _settle() -> None:
    """Wait until the thread that brings the documents up to date is done."""
    from search.models import State

    while State.objects.exclude(busy_until=None).exists():
        time.sleep(0.1)


def _taken(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def _p95(found: list[float]) -> float:
    return statistics.quantiles(found, n=20)[-1]


def report() -> None:
    """Enter the courses, search them, and print how long that took."""
    from courses.models import Course
    from search.finding import find, find_grouped

    fill()
    first = _taken(lambda: find("learning"))
    settled = first + _taken(_settle)
    Course.objects.filter(slug="bench-7").update(summary="Changed")
    second = _taken(lambda: find("learning"))
    print(f"\n{f'Search at {COURSES:,} courses':44} {'median ms':>10} {'p95 ms':>8}")
    every = []
    for query in QUERIES:
        found = [_taken(partial(find_grouped, query)) * 1e3 for _ in range(ROUNDS)]
        every += found
        print(f"{query:44} {statistics.median(found):10.1f} {_p95(found):8.1f}")
    print(f"{'all of these':44} {statistics.median(every):10.1f} {_p95(every):8.1f}")
    print(f"the first search after all were entered: {first:.1f} s, after one was changed: {second:.2f} s;")
    print(f"all that was entered is found after {settled:.1f} s")
