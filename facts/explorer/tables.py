"""What a page of figures is made of: sections, their tables, and the links that lead through them."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.paginator import Page
from django.utils.safestring import SafeString

from facts.explorer.asked import Asked
from facts.explorer.scale import Scale
from facts.explorer.sections import Kind
from facts.explorer.units import Unit
from facts.models import Salary
from facts.words import amount


@dataclass(frozen=True)
class Group:
    """Rows that stand together in a table, under a heading if there is one."""

    heading: str
    rows: list[SafeString]
    is_compared: bool = False


@dataclass(frozen=True)
class Table:
    """Figures of one unit, as groups of rows."""

    unit: Unit
    scale: Scale
    axis: SafeString
    groups: list[Group]

    @property
    def begins(self) -> str:
        return amount(self.scale.start, self.unit.currency)

    @property
    def ends(self) -> str:
        return amount(self.scale.end, self.unit.currency)


@dataclass(frozen=True)
class Way:
    """A link that sorts; `now` is “ascending” or “descending” if that is the order already."""

    words: str
    address: str
    now: str


@dataclass(frozen=True)
class Section:
    """A section of the page: `figures` are those that it shows, of `count` that there are."""

    kind: Kind
    lead: str
    tables: list[Table]
    count: int
    figures: Sequence[Salary]
    orders: list[Way]
    asked: Asked
    page: Page | None

    @property
    def rest(self) -> int:
        return self.count - len(self.figures)

    @property
    def sorted(self) -> Way | None:
        return next((way for way in self.orders if way.now), None)

    @property
    def all(self) -> str:
        return self._address()

    @property
    def earlier(self) -> str:
        return self._address(self.page.number - 1) if self.page and self.page.has_previous() else ""

    @property
    def later(self) -> str:
        return self._address(self.page.number + 1) if self.page and self.page.has_next() else ""

    def _address(self, page: int = 1) -> str:
        return f"{self.asked.address(section=self.kind.key, page=page if page > 1 else '')}#{self.kind.key}"


@dataclass(frozen=True)
class Entry:
    """A section in the list of sections: how many figures the filters leave in it, and where it is."""

    title: str
    count: int
    address: str
    is_alone: bool
