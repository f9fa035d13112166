"""Storing what was planned: all of it, or nothing."""

from collections.abc import Callable, Iterator
from itertools import islice

from django.db import IntegrityError, transaction
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from facts.importing.fates import WRITTEN, Fate, Verdict
from facts.importing.planning import Plan
from facts.models import Place, Salary
from facts.turns import wait_for_others

BATCH = 500  # figures written at once
REASON = 100  # characters of the reason that the history keeps


class Outdated(Exception):
    """Figures or places changed since it was planned what to store."""


def store(plan: Plan, done: Callable[[int], None] = lambda figures: None) -> None:
    """Store what `plan` says, all or nothing; `done` is told how many figures are written so far.

    Each figure has a row in its history that names the file. Raises `Outdated`, and nothing is stored then.
    """
    try:
        with transaction.atomic():
            wait_for_others()
            if not plan.is_current:
                raise Outdated
            _write(plan, done)
    except IntegrityError as error:  # somebody entered one of the figures meanwhile
        raise Outdated from error


def _write(plan: Plan, done: Callable[[int], None]) -> None:
    _make_places(plan)
    places, reason = dict(Place.objects.values_list("slug", "pk")), f"Imported from {plan.name}"[:REASON]
    written = (fate for fate in plan.fates() if fate.verdict in WRITTEN)
    for number, batch in enumerate(_batches(written)):
        _create(batch, places, reason)
        _update(batch, reason)
        _remove(batch, reason)
        done(number * BATCH + len(batch))


def _make_places(plan: Plan) -> None:
    made: dict[str, Place] = {}
    for slug, told in plan.places.items():
        within = told["within"]
        outer = (made.get(within) or Place.objects.get(slug=within)) if within else None
        made[slug] = Place.objects.create(slug=slug, **told | {"within": outer})


def _batches(fates: Iterator[Fate]) -> Iterator[list[Fate]]:
    while batch := list(islice(fates, BATCH)):
        yield batch


def _create(fates: list[Fate], places: dict[str, int], reason: str) -> None:
    made = [
        Salary(place_id=places[fate.orders["place"]], **fate.orders["fields"])
        for fate in fates
        if fate.verdict is Verdict.NEW
    ]
    if made:
        bulk_create_with_history(made, Salary, default_change_reason=reason)


def _update(fates: list[Fate], reason: str) -> None:
    orders = {fate.orders["pk"]: fate.orders["fields"] for fate in fates if fate.verdict is Verdict.CHANGED}
    rows = Salary.objects.in_bulk(orders)
    for pk, fields in orders.items():
        for name, value in fields.items():
            setattr(rows[pk], name, value)
    if rows:
        names = sorted({name for fields in orders.values() for name in fields})
        bulk_update_with_history(list(rows.values()), Salary, names, default_change_reason=reason)


def _remove(fates: list[Fate], reason: str) -> None:
    for row in Salary.objects.filter(
        pk__in=[fate.orders["pk"] for fate in fates if fate.verdict is Verdict.REMOVED]
    ):
        row._change_reason = reason  # type: ignore[attr-defined]  # simple-history's way in
        row.delete()
