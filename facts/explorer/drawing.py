"""Figures of pay as rows of tables with a picture in each, rendered once for each version of the figures."""

from collections.abc import Sequence
from decimal import Decimal
from functools import cached_property, lru_cache

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from facts.explorer.filtering import words_in
from facts.explorer.links import source_link
from facts.explorer.pictures import axis, picture, state_of
from facts.explorer.places import Words
from facts.explorer.reading import KEPT, Facts
from facts.explorer.scale import Scale
from facts.explorer.sections import (
    KINDS,
    also_of,
    by_name,
    home_of,
    kind_of,
    lead_is_publisher,
    lead_of,
    ordered,
)
from facts.explorer.units import Unit, in_a_year, numbers_of
from facts.models import Place, Salary
from facts.words import amount, described


class Drawing:
    """All figures of pay of a career on their scales: one for each unit, the same on every page.

    So what a filter leaves stays where it was, and figures of cities stand under those of the country.
    """

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self.rows: dict[tuple[int, bool], SafeString] = {}
        self.words: dict[int, Words] = {}
        self.orders: dict[str, dict[str, Sequence[Salary]]] = {}

    @cached_property
    def home(self) -> Place | None:
        return home_of(self.facts.pay)

    @cached_property
    def scales(self) -> dict[Unit, Scale]:
        """The scale of each unit, that of the most figures first."""
        found: dict[Unit, list[Decimal]] = {}
        for figure in (*self.facts.pay, *self.facts.all_occupations):
            found.setdefault(Unit.of(figure), []).extend(numbers_of(figure))
        most_first = sorted(found.items(), key=lambda each: (-len(each[1]), each[0]))
        return {unit: scale for unit, values in most_first if (scale := Scale.over(values))}

    def axis(self, unit: Unit) -> SafeString:
        return axis(self.scales[unit], unit.short)

    @cached_property
    def named(self) -> list[Salary]:
        return by_name(self.facts.pay, self.home)

    def arranged(self, order: str) -> dict[str, Sequence[Salary]]:
        """Return all figures of pay by the key of their section, in one of `ORDERS`."""
        if order not in self.orders:
            found: dict[str, list[Salary]] = {kind.key: [] for kind in KINDS}
            for figure in ordered(self.named, order):
                found[kind_of(figure)].append(figure)
            self.orders[order] = {**found}
        return self.orders[order]

    def words_in(self, figure: Salary) -> Words:
        """Return what `words_in` does, found out once for each figure."""
        if figure.pk not in self.words:
            self.words[figure.pk] = words_in(figure)
        return self.words[figure.pk]

    def row(self, figure: Salary, *, by_source: bool = False) -> SafeString:
        """Return the row of a figure in its section; `by_source` where something above says what it is of."""
        key = figure.pk, by_source
        if key not in self.rows:
            self.rows[key] = self._render(figure, by_source)
        return self.rows[key]

    def _render(self, figure: Salary, by_source: bool) -> SafeString:
        is_led = by_source or (figure.guide_id is not None and lead_is_publisher(figure, self.home))
        context = {
            "figure": figure,
            "lead": "" if is_led else lead_of(figure, self.home) if figure.guide_id else "All occupations",
            "source": source_link(figure.source),
            "via": source_link(figure.via) if figure.via else "",
            "also": [] if by_source else also_of(figure, self.home),
            "picture": self._picture(figure),
            "money": money_of(figure),
            "in_a_year": in_a_year(figure),
            "described": described(figure),
            "state": state_of(figure, figure.is_old(self.facts.today)),
        }
        return mark_safe(render_to_string("facts/pay-row.html", context))  # noqa: S308 (a rendered template is safe)

    def _picture(self, figure: Salary) -> SafeString:
        ends = None if figure.low is None or figure.high is None else (figure.low, figure.high)
        points = [] if figure.amount is None else [figure.amount]
        return picture(self.scales[Unit.of(figure)], ends, points)


@lru_cache(maxsize=KEPT)
def drawing_of(facts: Facts) -> Drawing:
    """Return the drawing of `facts`, the same one each time."""
    return Drawing(facts)


def money_of(figure: Salary) -> list[str]:
    """Return what a figure says, without its period: “$142,000”, “$120,700 to $163,300”, or both."""
    said = [] if figure.amount is None else [amount(figure.amount, figure.currency)]
    if figure.low is not None and figure.high is not None:
        said.append(f"{amount(figure.low, figure.currency)} to {amount(figure.high, figure.currency)}")
    return said
