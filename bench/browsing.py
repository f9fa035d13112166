"""Lists with filters at 10,000 courses: a page beside one SQL statement that gives the same; 8 clients."""

import random
import statistics
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import Decimal
from http import HTTPStatus

from bench.servers import Client, Server

COURSES = 10_000
CLIENTS = 8
ROUNDS = 30
REQUESTS = 40  # of each client
SEED = 7
SKILLS = [f"browse-skill-{number}" for number in range(120)]
FILTERED = "/courses/?skill=browse-skill-3&skill=browse-skill-7&level=beginner"
ALL = "/courses/"

# The same answer by hand: the numbers of eight filters under all the others, and the first page by rating.
BY_HAND = """
WITH rated AS (
    SELECT course_id, rating, ratings,
           row_number() OVER (PARTITION BY course_id ORDER BY retrieved_on DESC, source) AS place
    FROM courses_coursefigures WHERE rating IS NOT NULL
), priced AS (
    SELECT course_id, price,
           row_number() OVER (PARTITION BY course_id ORDER BY retrieved_on DESC, source) AS place
    FROM courses_coursefigures WHERE price IS NOT NULL
), skilled AS (
    SELECT DISTINCT course_id FROM courses_course_skills JOIN courses_skill ON courses_skill.id = skill_id
    WHERE slug IN ('browse-skill-3', 'browse-skill-7')
), base AS MATERIALIZED (
    SELECT c.id, c.title, c.kind, c.level, c.format, c.language, c.provider_id, c.effort_hours,
           rated.rating, rated.ratings, priced.price,
           skilled.course_id IS NOT NULL AS by_skill, c.level = 'beginner' AS by_level
    FROM courses_course c
    LEFT JOIN rated ON rated.course_id = c.id AND rated.place = 1
    LEFT JOIN priced ON priced.course_id = c.id AND priced.place = 1
    LEFT JOIN skilled ON skilled.course_id = c.id
    WHERE c.status <> 'retired'
), hits AS MATERIALIZED (SELECT * FROM base WHERE by_skill AND by_level)
SELECT 'skill', s.slug, count(*) FROM base JOIN courses_course_skills cs ON cs.course_id = base.id
    JOIN courses_skill s ON s.id = cs.skill_id WHERE by_level GROUP BY s.slug
UNION ALL SELECT 'level', level, count(*) FROM base WHERE by_skill GROUP BY level
UNION ALL SELECT 'kind', kind, count(*) FROM hits GROUP BY kind
UNION ALL SELECT 'format', format, count(*) FROM hits GROUP BY format
UNION ALL SELECT 'language', language, count(*) FROM hits GROUP BY language
UNION ALL SELECT 'provider', p.slug, count(*) FROM hits JOIN courses_provider p ON p.id = provider_id
    GROUP BY p.slug
UNION ALL SELECT 'price', CASE WHEN price = 0 THEN '0' WHEN price <= 50 THEN '50' ELSE 'more' END, count(*)
    FROM hits WHERE price IS NOT NULL GROUP BY 2
UNION ALL SELECT 'rating', CASE WHEN rating >= 4.5 THEN '4.5' WHEN rating >= 4 THEN '4' ELSE '3' END, count(*)
    FROM hits WHERE rating IS NOT NULL GROUP BY 2
UNION ALL SELECT 'effort', CASE WHEN effort_hours <= 10 THEN '10' WHEN effort_hours <= 50 THEN '50' END,
    count(*) FROM hits WHERE effort_hours IS NOT NULL GROUP BY 2
UNION ALL SELECT * FROM (
    SELECT 'course', title, id FROM hits ORDER BY rating IS NULL, rating DESC, ratings DESC, title LIMIT 24
) AS first
"""


def fill() -> None:
    """Enter the courses in place of those that are there, each with five skills and a row of figures."""
    from courses.models import Course, CourseFigures, Provider, Skill

    chance = random.Random(SEED)  # noqa: S311 (not for secrets)
    Course.objects.all().delete()
    skills = Skill.objects.bulk_create(Skill(slug=slug, name=slug) for slug in SKILLS)
    providers = Provider.objects.bulk_create(
        Provider(slug=f"browse-{number}", name=f"School {number}") for number in range(200)
    )
    courses = Course.objects.bulk_create(
        (_course(number, chance, providers) for number in range(COURSES)), batch_size=500
    )
    links = Course.skills.through
    links.objects.bulk_create(
        (
            links(course_id=course.pk, skill_id=skill.pk)
            for course in courses
            for skill in chance.sample(skills, 5)
        ),
        batch_size=500,
    )
    CourseFigures.objects.bulk_create((_figures(course, chance) for course in courses), batch_size=500)


def _course(number: int, chance: random.Random, providers: list[object]) -> object:
    from courses.models import Course

    return Course(
        slug=f"browse-{number}",
        title=f"Course {number}",
        provider=chance.choice(providers),
        kind=chance.choice(Course.Kind.values),
        level=chance.choice(Course.Level.values),
        format=chance.choice(Course.Format.values),
        language=chance.choice(["en", "de", "fr", "es"]),
        effort_hours=chance.randint(1, 300),
    )


def _figures(course: object, chance: random.Random) -> object:
    from courses.models import CourseFigures

    price = chance.choice([None, 0, 20, 49, 300])
    return CourseFigures(
        course=course,
        source="School",
        retrieved_on=date(2026, 1, 1),
        rating=Decimal(chance.randint(20, 50)) / 10,
        ratings=chance.randint(1, 90_000),
        price=price,
        currency="USD" if price else "",
    )


def report(server: Server) -> None:
    """Print what a page costs beside the statement, both in turns, and what eight clients wait for."""
    fill()
    found: dict[str, list[float]] = {"page": [], "by hand": []}
    page, by_hand = _page(FILTERED), _statement()
    for _ in range(ROUNDS):
        found["by hand"].append(_taken(by_hand))
        found["page"].append(_taken(page))
    ratios = [one / other for one, other in zip(found["page"], found["by hand"], strict=True)]
    medians = {name: statistics.median(times) for name, times in found.items()}
    anew = [_after_a_change(page) for _ in range(5)]
    print(f"\n{f'Lists at {COURSES:,} courses, two filters':44} {'median ms':>10} {'ratio':>8}")
    print(f"{'one statement by hand, nine facets':44} {medians['by hand']:10.1f} {1:8.2f}")
    print(f"{'the page with its counts':44} {medians['page']:10.1f} {statistics.median(ratios):8.2f}")
    print(f"{'the first page after a change':44} {statistics.median(anew):10.1f}")
    for name, path in (("filtered", FILTERED), ("all", ALL)):
        waits = sorted(_waits(server, path))
        p95 = waits[int(len(waits) * 0.95)]
        print(f"{f'{CLIENTS} clients, {name}: p95 ms':44} {p95 * 1e3:10.1f}")


def _after_a_change(page: Callable[[], object]) -> float:
    from courses.models import Course

    Course.objects.filter(slug="browse-7").update(summary="Changed")
    return _taken(page)


def _page(path: str) -> Callable[[], object]:
    from django.test import Client as InProcess

    client = InProcess(headers={"host": "127.0.0.1"})

    def ask() -> object:
        answer = client.get(path)
        if answer.status_code != HTTPStatus.OK:
            raise RuntimeError(f"{path} answered {answer.status_code}")
        return answer

    ask()
    return ask


def _statement() -> Callable[[], object]:
    from django.db import connection

    def ask() -> object:
        with connection.cursor() as cursor:
            cursor.execute(BY_HAND)
            return cursor.fetchall()

    return ask


def _waits(server: Server, path: str) -> Iterator[float]:
    def visit(_: int) -> list[float]:
        client = Client(server)
        return [_taken(lambda: client.get(path)) / 1e3 for _ in range(REQUESTS)]

    with ThreadPoolExecutor(CLIENTS) as clients:
        for found in clients.map(visit, range(CLIENTS)):
            yield from found


def _taken(work: Callable[[], object]) -> float:
    """Return how many milliseconds `work` took."""
    begun = time.perf_counter()
    work()
    return (time.perf_counter() - begun) * 1e3
