"""Which figures apply to somebody, nearest first, each with the reason; and what nobody says. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from facts.explorer.naming import chain_of
from facts.models import Place, Salary

OUTWARDS: dict[str, int] = {Place.Kind.COUNTRY: 0, Place.Kind.WORLD: 1}
WIDE = (Place.Kind.COUNTRY, Place.Kind.WORLD)


@dataclass(frozen=True)
class Applied:
    """A figure that applies, and why; `distance` counts from the place itself outwards."""

    figure: Salary
    why: str
    distance: int


@dataclass(frozen=True)
class Applying:
    """What applies, and in words what is missing."""

    figures: list[Applied]
    missing: list[str]


def applying(figures: Iterable[Salary], place: Place | None, level: str, today: date) -> Applying:
    """Return the `figures` that apply to somebody in `place` at `level` of experience.

    They are those of the place and of what it lies in, nearest first; without a place, those of whole
    countries and the world. Within one place those of the level come before those of all levels; without a
    level, only these. Figures of single industries apply to nobody of whom that is not known: they are left
    out, and `missing` counts them.
    """
    near = list(chain_of(place)) if place else []
    here = [
        figure for figure in figures if figure.level in ("", level) and _distance(figure, near) is not None
    ]
    general = sorted((figure for figure in here if not figure.industry), key=lambda each: _order(each, near))
    said = {figure.place_id for figure in general if level and figure.level == level}
    return Applying(
        [
            Applied(figure, _why(figure, place, level, figure.place_id in said), _distance(figure, near) or 0)
            for figure in general
        ],
        [*_missing(general, near, level), *_left_out(general, len(here) - len(general), today)],
    )


def _distance(figure: Salary, near: Sequence[Place]) -> int | None:
    """Return how far out the place of `figure` is; None where it is somewhere else."""
    if not near:
        return OUTWARDS.get(figure.place.kind)
    ids = [place.pk for place in near]
    return ids.index(figure.place_id) if figure.place_id in ids else None


def _order(figure: Salary, near: Sequence[Place]) -> tuple[object, ...]:
    newest = -(figure.year or 0), -(figure.month or 0)
    return (_distance(figure, near), figure.place.name, not figure.level, *newest, figure.source.publisher)


def _why(figure: Salary, place: Place | None, level: str, level_is_said: bool) -> str:
    where = _where(figure.place, place)
    if figure.level:
        return f"{where}, {figure.get_level_display()}"
    if level and not level_is_said:
        return f"{where}, all levels of experience: no figure of it says “{Salary.Level(level).label}”"
    return f"{where}, all levels of experience" if level else where


def _where(of: Place, place: Place | None) -> str:
    if of.kind == Place.Kind.WORLD:
        return "For the whole world"
    if of.kind == Place.Kind.COUNTRY:
        return f"For the whole country, {of.name}"
    if place is None or of.pk == place.pk:
        return f"For {of.name} itself"
    return f"For all of {of.name}, where {place.name} lies"


def _missing(found: Sequence[Salary], near: Sequence[Place], level: str) -> Iterable[str]:
    there = {figure.place_id for figure in found}
    for place in near:
        if place.pk not in there and place.kind not in WIDE:
            yield f"No source gives a figure for {place.name} itself."
        if place.pk not in there and place.kind == Place.Kind.COUNTRY:
            yield f"No source gives a figure for the whole country, {place.name}."
    if level and not any(figure.level for figure in found):
        yield f"No source says there what {Salary.Level(level).label} posts pay."


def _left_out(found: Sequence[Salary], of_industries: int, today: date) -> Iterable[str]:
    if found and all(figure.is_old(today) for figure in found):
        yield "None of these figures is current: look at the year of each."
    if of_industries == 1:
        yield "1 more is of a single industry, and stands under “By industry”."
    elif of_industries:
        yield f"{of_industries} more are of single industries, and stand under “By industry”."
