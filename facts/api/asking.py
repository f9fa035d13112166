"""What is asked of a list of figures, as an address says it; what cannot be answered is refused."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.http import QueryDict
from rest_framework.exceptions import ValidationError

from facts.models import Place, Salary
from facts.models.figure import EARLIEST, LATEST

NAMED = 40  # choices that a refusal names
PAGES = ("page", "page_size")
AGES = {"true": True, "false": False}

Choices = Mapping[str, Any]  # values as they are written in addresses, and as they are stored


@dataclass(frozen=True)
class Filter:
    """A parameter that asks for figures with one of its values in `column`.

    `nothing` is the value that asks for figures that have none there. `fixed` are the choices, as they are
    stored; without them, what public figures have can be asked for.
    """

    name: str
    column: str
    words: str
    nothing: str = ""
    fixed: Sequence[Any] = ()


COMMON = (
    Filter("guide", "guide", "career, by the slug of its guide", nothing="all-occupations"),
    Filter("source", "source__key", "source, by its key"),
    Filter("place", "place__slug", "place, by its slug"),
    Filter("place_kind", "place__kind", "kind of place", fixed=Place.Kind.values),
    Filter("year", "year", "year that it describes", nothing="undated", fixed=range(EARLIEST, LATEST + 1)),
)
SALARY = (
    *COMMON,
    Filter("industry", "industry", "industry, in the words of its source", nothing="all"),
    Filter("level", "level", "experience", nothing="all", fixed=Salary.Level.values),
    Filter("currency", "currency", "currency, by its three letters"),
    Filter("period", "period", "period that it pays for", fixed=Salary.Period.values),
)


def described(one: Filter) -> str:
    """Return what a filter does, for the description of the API."""
    choices = f" One of {', '.join(one.fixed)}." if one.fixed and isinstance(one.fixed, list) else ""
    nothing = f" `{one.nothing}` asks for figures without one." if one.nothing else ""
    return f"Has this {one.words}; repeat it for several, of which one is enough.{choices}{nothing}"


def narrowed(
    figures: QuerySet[Any], filters: Sequence[Filter], params: QueryDict, guides: Choices
) -> QuerySet[Any]:
    """Return those of `figures` that `params` ask for; `guides` are the ids of public guides by their slugs.

    One query for each filter whose choices are not known. Raises `ValidationError` with all that is refused.
    """
    faults = _unknown(params, [one.name for one in filters])
    wanted = Q()
    for one in filters:
        if given := [value for value in params.getlist(one.name) if value]:
            choices = _choices(one, figures, guides)
            faults.update(_refused(one, given, choices))
            wanted &= _condition(one, [choices[value] for value in given if value in choices])
    ages = [value for value in params.getlist("is_old") if value]
    if not set(ages) <= AGES.keys():
        faults["is_old"] = "Write true or false."
    if faults:
        raise ValidationError(faults)
    return _aged(figures.filter(wanted), {AGES[age] for age in ages})


def _unknown(params: Iterable[str], filters: Iterable[str]) -> dict[str, str]:
    known = [*filters, "is_old", *PAGES]
    return {
        name: f"There is no parameter “{name}”. Use some of {', '.join(known)}."
        for name in params
        if name not in known
    }


def _choices(one: Filter, figures: QuerySet[Any], guides: Choices) -> Choices:
    if one.name == "guide":
        stored: Iterable[tuple[str, Any]] = guides.items()
    else:
        values = one.fixed or figures.order_by(one.column).values_list(one.column, flat=True).distinct()
        stored = ((str(value), value) for value in values if value not in (None, ""))
    nothing = "" if one.column in ("industry", "level") else None
    return {**({one.nothing: nothing} if one.nothing else {}), **dict(stored)}


def _refused(one: Filter, given: Iterable[str], choices: Choices) -> dict[str, str]:
    wrong = [f"“{value[:80]}”" for value in given if value not in choices]
    if not wrong:
        return {}
    if isinstance(one.fixed, range):
        hint = f"Use a year from {one.fixed[0]} to {one.fixed[-1]}, or {one.nothing}."
    else:
        named = list(choices)
        more = " and others" if len(named) > NAMED else ""
        hint = f"Use one of {', '.join(named[:NAMED])}{more}." if named else "There are no figures yet."
    return {one.name: f"No figure has {', '.join(wrong)} here. {hint}"}


def _condition(one: Filter, values: Sequence[Any]) -> Q:
    known = Q(**{f"{one.column}__in": [value for value in values if value is not None]})
    return known | Q(**{f"{one.column}__isnull": True}) if None in values else known


def _aged(figures: QuerySet[Any], ages: set[bool]) -> QuerySet[Any]:
    if ages == {True}:
        return figures.old()  # type: ignore[attr-defined]  # of figures
    if ages == {False}:
        return figures.fresh()  # type: ignore[attr-defined]  # as above
    return figures
