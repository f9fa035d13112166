"""The sections of the explorer: what each figure is of, and the order in which a section shows them. Pure."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from facts.explorer.naming import full_name
from facts.models import Place, Salary

LEVELS = {level: number for number, level in enumerate(["", *Salary.Level.values])}
WHOLE = (Place.Kind.COUNTRY, Place.Kind.WORLD)
BY_PLACE: dict[str, str] = {Place.Kind.CITY: "cities", Place.Kind.STATE: "states"}


@dataclass(frozen=True)
class Kind:
    """A section: `lead` is what tells its figures apart, `of` what to call them in a sentence."""

    key: str
    title: str
    lead: str
    of: str


KINDS = (
    Kind("country", "Whole country", "Publisher", "a whole country"),
    Kind("cities", "By city", "City", "a city"),
    Kind("states", "By state", "State", "a state"),
    Kind("industries", "By industry", "Industry", "an industry"),
    Kind("levels", "By level of experience", "Level", "a level of experience"),
)
ORDERS = {
    "-high": "upper end, highest first",
    "high": "upper end, lowest first",
    "-low": "lower end, highest first",
    "low": "lower end, lowest first",
    "-amount": "single figure, highest first",
    "amount": "single figure, lowest first",
    "name": "name, A to Z",
    "-name": "name, Z to A",
}
USUAL = "-high"
ENDS: dict[str, Callable[[Salary], Decimal | None]] = {
    "amount": lambda figure: figure.amount,
    "low": lambda figure: figure.amount if figure.low is None else figure.low,
    "high": lambda figure: figure.amount if figure.high is None else figure.high,
}


def kind_of(figure: Salary) -> str:
    """Return the key of the one section that `figure` stands in: what is said of fewest people decides."""
    if figure.level:
        return "levels"
    if figure.industry:
        return "industries"
    return BY_PLACE.get(figure.place.kind, "country")


def lead_of(figure: Salary, home: Place | None) -> str:
    """Return what tells `figure` from others of its section: a city, an industry, a publisher."""
    kind = kind_of(figure)
    if kind == "levels":
        return figure.get_level_display().capitalize()
    if kind == "industries":
        return figure.industry
    return figure.source.publisher if lead_is_publisher(figure, home) else full_name(figure.place)


def lead_is_publisher(figure: Salary, home: Place | None) -> bool:
    """Return whether only who says it tells `figure` from the others: where all are of one country."""
    return kind_of(figure) == "country" and figure.place == home


def also_of(figure: Salary, home: Place | None) -> list[str]:
    """Return what has to be known of `figure` beside its lead: a place that is not `home`, an industry."""
    kind = kind_of(figure)
    elsewhere = kind in ("industries", "levels") and figure.place != home
    industry = [figure.industry] if kind == "levels" and figure.industry else []
    return ([full_name(figure.place)] if elsewhere else []) + industry


def home_of(figures: Iterable[Salary]) -> Place | None:
    """Return the one country that all national figures are of; None if there is none, or several."""
    countries = {figure.place for figure in figures if figure.place.kind in WHOLE}
    return countries.pop() if len(countries) == 1 else None


def by_name(figures: Iterable[Salary], home: Place | None) -> list[Salary]:
    """Return `figures` by what leads their rows, A to Z; levels of experience from the first to the last."""
    return sorted(figures, key=lambda figure: _name(figure, home))


def ordered(named: Sequence[Salary], order: str) -> list[Salary]:
    """Return figures that stand by name in one of `ORDERS`; those of the same value stay by name.

    Those that do not give what the order asks for come last, either way.
    """
    name, is_reversed = order.removeprefix("-"), order.startswith("-")
    if name == "name":
        return list(reversed(named)) if is_reversed else list(named)
    end = ENDS[name]
    given = [(value, figure) for figure in named if (value := end(figure)) is not None]
    given.sort(key=lambda each: each[0], reverse=is_reversed)
    return [figure for _, figure in given] + [figure for figure in named if end(figure) is None]


def _name(figure: Salary, home: Place | None) -> tuple[object, ...]:
    lead, publisher = lead_of(figure, home).casefold(), figure.source.publisher.casefold()
    return LEVELS[figure.level], lead, publisher, figure.statistic, figure.pk or 0
