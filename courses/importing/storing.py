"""Storing what was planned: all of it, or nothing."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any

from django.db import connection, transaction
from django.db.models import Model

from courses.importing.fates import Fate, Verdict
from courses.importing.planning import Plan
from courses.models import Certification, Course, CourseFigures, Provider, Skill

BATCH = 500  # courses written at once
LOCK = 5_107_421  # which two imports do not hold at once on PostgreSQL; any number that nothing else takes


THERE = ("pk", "of")  # of orders: the id of a course that is there, the slug of one that a row before makes


class Outdated(Exception):
    """The catalog changed since it was planned what to store."""


def store(plan: Plan, done: Callable[[int], None] = lambda courses: None) -> None:
    """Store what `plan` says, all or nothing; `done` is told how many courses are written so far.

    Who reads meanwhile is not kept waiting. Raises `Outdated`, and nothing is stored then.
    """
    with transaction.atomic():
        _wait_for_others()
        if not plan.is_current:
            raise Outdated
        storage = _Storage(plan)
        written = (fate for fate in plan.fates() if fate.verdict in (Verdict.NEW, Verdict.CHANGED))
        for number, batch in enumerate(_batches(written)):
            storage.write(batch)
            done(number * BATCH + len(batch))


def _wait_for_others() -> None:
    """Let one import come after the other. SQLite does so by itself."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


def _batches(fates: Iterator[Fate]) -> Iterator[list[Fate]]:
    while batch := list(islice(fates, BATCH)):
        yield batch


class _Storage:
    """Writes orders; what they name by slugs is there."""

    def __init__(self, plan: Plan) -> None:
        _make(Provider, plan.providers)
        _make(Skill, plan.skills)
        self.providers, self.skills = _ids(Provider), _ids(Skill)
        self.certifications = _ids(Certification)
        self.made: dict[str, int] = {}

    def write(self, fates: Iterable[Fate]) -> None:
        """Store what `fates` order; the number of queries does not depend on how many there are."""
        orders = [(self._course(fate), fate.orders) for fate in fates]
        made = Course.objects.bulk_create(
            [course for course, told in orders if told.keys().isdisjoint(THERE)]
        )
        self.made |= {course.slug: course.pk for course in made}
        for course, told in orders:
            if "of" in told:
                course.pk = self.made[told["of"]]
        self._update([(course, told) for course, told in orders if "pk" in told])
        self._relate(Course.skills.through, "skills", "skill_id", self.skills, orders)
        self._relate(Course.leads_to.through, "leads_to", "certification_id", self.certifications, orders)
        _store_figures(orders)

    def _course(self, fate: Fate) -> Course:
        orders = fate.orders
        names = {
            f"{name}_id": self.providers[orders[name]] for name in ("provider", "platform") if name in orders
        }
        return Course(pk=orders.get("pk"), **orders.get("fields", {}), **names)

    def _update(self, orders: Iterable[tuple[Course, dict[str, Any]]]) -> None:
        by_fields: dict[tuple[str, ...], list[Course]] = defaultdict(list)
        for course, told in orders:
            changed = [*told.get("fields", {}), *(name for name in ("provider", "platform") if name in told)]
            by_fields[tuple(changed)].append(course)
        for fields, courses in by_fields.items():
            if fields:
                Course.objects.bulk_update(courses, fields)

    def _relate(
        self, through: Any, name: str, column: str, ids: dict[str, int], orders: Iterable[Any]
    ) -> None:
        """Make what is related to courses what `orders` name."""
        told = [(course, orders[name]) for course, orders in orders if name in orders]
        before = [course.pk for course, _ in told]
        through._default_manager.filter(course_id__in=before).delete()
        through._default_manager.bulk_create(
            [
                through(**{"course_id": course.pk, column: ids[slug]})
                for course, slugs in told
                for slug in slugs
            ]
        )


def _store_figures(orders: Iterable[tuple[Course, dict[str, Any]]]) -> None:
    told = [(course, each["figures"]) for course, each in orders if "figures" in each]
    CourseFigures.objects.bulk_create(
        [CourseFigures(course=course, **each["fields"]) for course, each in told if each["pk"] is None]
    )
    by_fields: dict[tuple[str, ...], list[CourseFigures]] = defaultdict(list)
    for course, each in told:
        if each["pk"] is not None:
            figures = CourseFigures(pk=each["pk"], course=course, **each["fields"])
            by_fields[tuple(each["fields"])].append(figures)
    for fields, rows in by_fields.items():
        CourseFigures.objects.bulk_update(rows, list(fields))


def _make(model: Any, names: dict[str, str]) -> None:
    model._default_manager.bulk_create(
        [model(slug=slug, name=name) for slug, name in names.items()], batch_size=BATCH
    )


def _ids(model: type[Model]) -> dict[str, int]:
    return dict(model._default_manager.values_list("slug", "pk"))
