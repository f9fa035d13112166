"""What careers pay, at 5,000 figures of one career: milliseconds for a page, a file, and after a change."""

import random
import statistics
import time
from collections.abc import Callable
from datetime import date
from http import HTTPStatus

FIGURES = 5_000
ROUNDS = 20
SEED = 11
SLUG = "machine-learning-engineer"
ALL = f"/guides/{SLUG}/salaries/"
ASKED = {
    "the page, kept for visitors": ALL,
    "two filters": f"{ALL}?search=city&year=2024",
    "what applies in a city": f"{ALL}?place=Bench+city+7&level=senior",
    "a section alone, 200 figures": f"{ALL}?section=cities&sort=name",
    "all of them as CSV": f"/guides/{SLUG}/salaries.csv",
}


def fill() -> None:
    """Enter figures of a thousand cities, fifty states and a country, by industry and by level."""
    from facts.models import Place, Salary
    from guides.models import Guide, Source

    chance = random.Random(SEED)  # noqa: S311 (not for secrets)
    guide = Guide.objects.get(slug=SLUG)
    sources = Source.objects.bulk_create(
        Source(key=f"bench-{number}", publisher=f"Bench {number}", title="Pay", retrieved_on=date(2026, 1, 1))
        for number in range(10)
    )
    country = Place.objects.get(slug="united-states")
    states = _places("state", 50, lambda number: country)
    cities = _places("city", 1000, lambda number: states[number % 50])
    where = [country, *states, *cities]
    Salary.objects.bulk_create(
        (_figure(number, guide, sources, where, chance) for number in range(FIGURES)), batch_size=500
    )


def _places(kind: str, count: int, within: Callable[[int], object]) -> list[object]:
    from facts.models import Place

    return Place.objects.bulk_create(
        (
            Place(
                slug=f"bench-{kind}-{number}", name=f"Bench {kind} {number}", kind=kind, within=within(number)
            )
            for number in range(count)
        ),
        batch_size=500,
    )


def _figure(
    number: int, guide: object, sources: list[object], where: list[object], chance: random.Random
) -> object:
    from facts.models import Salary

    low = chance.randrange(60_000, 200_000, 50)
    return Salary(
        guide=guide,
        source=sources[number % len(sources)],
        statistic="average",
        place=chance.choice(where),
        low=low,
        high=low + chance.randrange(1_000, 60_000, 50),
        industry=chance.choice(["", "", "", f"Industry {number % 70}"]),
        level=chance.choice(["", "", "", "entry", "senior"]),
        year=chance.choice([None, 2022, 2023, 2024, 2025]),
        retrieved_on=date(2026, 1, 1),
        note=f"Row {number}",
    )


def report() -> None:
    """Print the median milliseconds of each page, in this process, and of the first page after a change."""
    from django.test import Client

    client = Client(headers={"host": "127.0.0.1"})
    fill()
    print(f"\n{f'Pay of a career at {FIGURES:,} figures':44} {'median ms':>10}")
    for name, path in ASKED.items():
        _taken(client, path)
        print(f"{name:44} {statistics.median(_taken(client, path) for _ in range(ROUNDS)):10.1f}")
    anew = statistics.median(_after_a_change(client) for _ in range(5))
    print(f"{'the first page after a change':44} {anew:10.1f}")


def _after_a_change(client: object) -> float:
    from facts.models import Salary

    figure = Salary.objects.filter(note="Row 7").get()
    figure.save()
    return _taken(client, ALL)


def _taken(client: object, path: str) -> float:
    """Return how many milliseconds an answer took."""
    begun = time.perf_counter()
    answer = client.get(path)  # type: ignore[attr-defined]  # Django's, imported once it is set up
    taken = (time.perf_counter() - begun) * 1e3
    if answer.status_code != HTTPStatus.OK:
        raise RuntimeError(f"{path} answered {answer.status_code}")
    return taken
