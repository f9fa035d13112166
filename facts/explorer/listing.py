"""The explorer as a page shows it: what applies to whoever asked, and sections with tables of figures."""

from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import groupby

from django.core.paginator import Paginator

from facts.explorer.applying import Applied, Applying, applying
from facts.explorer.asked import Asked
from facts.explorer.drawing import Drawing
from facts.explorer.filtering import filtered
from facts.explorer.naming import full_name
from facts.explorer.reading import Facts
from facts.explorer.sections import KINDS, USUAL, Kind
from facts.explorer.tables import Entry, Group, Section, Table, Way
from facts.explorer.units import Unit
from facts.models import Salary

AT_ONCE = 50  # figures of a section beside the others
A_PAGE = 200  # of a section alone
HEADINGS = (
    ("name", "name"),
    ("-low", "lower end"),
    ("-high", "upper end"),
    ("-amount", "single figure"),
)


class Explorer:
    """What was asked of the figures of a career, and what they answer."""

    def __init__(self, drawing: Drawing, asked: Asked) -> None:
        self.drawing, self.asked = drawing, asked
        self.facts: Facts = drawing.facts

    @cached_property
    def by_kind(self) -> dict[str, Sequence[Salary]]:
        """What the filters let through, by section and in the order asked for."""
        arranged = self.drawing.arranged(self.asked.sort or USUAL)
        return {kind: self._filtered(figures) for kind, figures in arranged.items()}

    @cached_property
    def compared(self) -> Sequence[Salary]:
        """The figures of all occupations that the filters let through."""
        return self._filtered(self.facts.all_occupations)

    def _filtered(self, figures: Sequence[Salary]) -> Sequence[Salary]:
        return filtered(figures, self.asked, self.facts.today, self.drawing.words_in)

    @cached_property
    def sections(self) -> list[Section]:
        """All sections, or the one that was asked for."""
        asked = self.asked.section
        return [self._section(kind, self.by_kind[kind.key]) for kind in KINDS if asked in ("", kind.key)]

    @cached_property
    def count(self) -> int:
        return sum(map(len, self.by_kind.values()))

    @property
    def in_sections(self) -> list[Salary]:
        """All figures that the filters let through, in the order of the sections."""
        return [figure for figures in self.by_kind.values() for figure in figures]

    @property
    def overview(self) -> list[Entry]:
        alone = self.asked.section
        return [
            Entry(
                kind.title,
                len(self.by_kind[kind.key]),
                f"{self.asked.address(section=kind.key) if alone else ''}#{kind.key}",
                alone == kind.key,
            )
            for kind in KINDS
        ]

    @property
    def everything(self) -> str:
        """The address of the same question over all sections."""
        return self.asked.address(section="")

    @property
    def level_name(self) -> str:
        return str(Salary.Level(self.asked.level).label)

    @property
    def place_name(self) -> str:
        return full_name(self.asked.place) if self.asked.place else ""

    @cached_property
    def applying(self) -> Applying | None:
        if not self.asked.is_about_somebody:
            return None
        return applying(self.facts.pay, self.asked.place, self.asked.level, self.facts.today)

    @cached_property
    def applied(self) -> list[Table]:
        """What applies to whoever asked, nearest first, under the reasons."""
        told = self.applying.figures[:AT_ONCE] if self.applying else []
        return [
            self._table(
                unit, [self._reason(why, same) for why, same in groupby(of_unit, key=lambda each: each.why)]
            )
            for unit in self.drawing.scales
            if (of_unit := [each for each in told if Unit.of(each.figure) == unit])
        ]

    def _reason(self, why: str, told: Iterable[Applied]) -> Group:
        return Group(why, [self.drawing.row(each.figure, by_source=True) for each in told])

    @property
    def applied_rest(self) -> int:
        return max(0, len(self.applying.figures) - AT_ONCE) if self.applying else 0

    def _section(self, kind: Kind, figures: Sequence[Salary]) -> Section:
        page = Paginator(figures, A_PAGE).get_page(self.asked.page) if self.asked.section else None
        shown = list(page) if page else figures[:AT_ONCE]
        compared = self.compared if kind.key == "country" else []
        return Section(
            kind=kind,
            lead="Country" if kind.key == "country" and self.drawing.home is None else kind.lead,
            tables=self._tables(shown, compared),
            count=len(figures),
            figures=shown,
            orders=[self._way(kind, name, words) for name, words in HEADINGS],
            asked=self.asked,
            page=page if page and page.has_other_pages() else None,
        )

    def _tables(self, figures: Sequence[Salary], compared: Sequence[Salary]) -> list[Table]:
        tables = []
        for unit in self.drawing.scales:
            rows, beside = (
                [self.drawing.row(figure) for figure in each if Unit.of(figure) == unit]
                for each in (figures, compared)
            )
            groups = [Group("", rows), Group("", beside, is_compared=True)]
            if rows or beside:
                tables.append(self._table(unit, [group for group in groups if group.rows]))
        return tables

    def _table(self, unit: Unit, groups: list[Group]) -> Table:
        return Table(unit, self.drawing.scales[unit], self.drawing.axis(unit), groups)

    def _way(self, kind: Kind, name: str, words: str) -> Way:
        now = self.asked.sort or USUAL
        is_now = now.lstrip("-") == name.lstrip("-")
        leads_to = _turned(now) if is_now else name
        direction = ("descending" if now.startswith("-") else "ascending") if is_now else ""
        sort = "" if leads_to == USUAL else leads_to
        return Way(words, f"{self.asked.address(sort=sort)}#{kind.key}", direction)


def _turned(order: str) -> str:
    return order.removeprefix("-") if order.startswith("-") else f"-{order}"
