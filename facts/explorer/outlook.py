"""The outlook of a career as its page shows it: projections on one scale, and who is named."""

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from django.utils.safestring import SafeString

from courses.facts import whole
from facts.explorer.links import source_links
from facts.explorer.pictures import axis, picture, state_of
from facts.explorer.reading import Facts
from facts.explorer.scale import Scale
from facts.models import Naming, Outlook
from facts.words import described

ZERO = Decimal(0)
TITLES = {
    Naming.Kind.EMPLOYERS: "Employers",
    Naming.Kind.STATES: "States",
    Naming.Kind.INDUSTRIES: "Industries",
    Naming.Kind.JOB_SITES: "Job sites",
}


@dataclass(frozen=True)
class Projection:
    """A figure of the outlook as a row: what changes by how much over which years, in words and drawn."""

    figure: Outlook
    state: str
    described: str
    years: int | None
    percent: str
    posts: str
    picture: SafeString


@dataclass(frozen=True)
class Listed:
    """A list of names, and links to those who give it: “A, B and C”."""

    naming: Naming
    by: SafeString


@dataclass(frozen=True)
class Named:
    """What sources name of one kind: each list with its sources."""

    title: str
    lists: list[Listed]


class Prospects:
    """The outlook of a career."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts

    @property
    def has_any(self) -> bool:
        return bool(self.facts.outlook or self.facts.namings)

    @cached_property
    def scale(self) -> Scale | None:
        """The one scale of all changes in percent; zero is on it. None if no source gives a percentage."""
        given = [each.change_percent for each in self.facts.outlook if each.change_percent is not None]
        return Scale.over([ZERO, *given]) if given else None

    @property
    def axis(self) -> SafeString:
        return axis(self.scale, percent_words) if self.scale else SafeString("")

    @property
    def begins(self) -> str:
        return percent_words(self.scale.start) if self.scale else ""

    @property
    def ends(self) -> str:
        return percent_words(self.scale.end) if self.scale else ""

    @cached_property
    def projections(self) -> list[Projection]:
        """All projections, the newest first; those of no known year last."""
        return [self._projection(each) for each in sorted(self.facts.outlook, key=_newest_first)]

    @property
    def current(self) -> int:
        return sum(each.state == "current" for each in self.projections)

    @property
    def over(self) -> int:
        """How many projections are of years that have passed."""
        return sum(
            (each.until or self.facts.today.year) < self.facts.today.year for each in self.facts.outlook
        )

    @property
    def named(self) -> list[Named]:
        """The lists of names by kind, in the order of the page."""
        lists: dict[str, list[Listed]] = {kind: [] for kind in TITLES}
        for each in self.facts.namings:
            lists[each.kind].append(Listed(each, source_links(each.sources.all())))
        return [Named(TITLES[Naming.Kind(kind)], found) for kind, found in lists.items() if found]

    @property
    def namings(self) -> list[Naming]:
        return [listed.naming for named in self.named for listed in named.lists]

    def _projection(self, figure: Outlook) -> Projection:
        return Projection(
            figure=figure,
            state=state_of(figure, figure.is_old(self.facts.today)),
            described=described(figure),
            years=figure.until - figure.year if figure.until and figure.year else None,
            percent="" if figure.change_percent is None else percent_words(figure.change_percent),
            posts=_posts(figure),
            picture=self._picture(figure.change_percent),
        )

    def _picture(self, percent: Decimal | None) -> SafeString:
        if self.scale is None or percent is None:
            return SafeString("")
        return picture(self.scale, (ZERO, percent), [percent])


def percent_words(value: Decimal) -> str:
    """Return a change in percent with its sign: “+22%”, “−3.5%”, “0%”."""
    sign = "+" if value > 0 else "−" if value < 0 else ""
    return f"{sign}{abs(value).normalize():,f}%"


def _posts(figure: Outlook) -> str:
    """Return the posts that a figure gives: “33,000 to 40,200 (+7,200)”."""
    before, after = figure.before, figure.after
    ends = "" if before is None or after is None else f"{whole(before)} to {whole(after)}"
    change = "" if figure.change_count is None else f"{figure.change_count:+,}".replace("-", "−")
    return f"{ends} ({change})" if ends and change else ends or change


def _newest_first(figure: Outlook) -> tuple[object, ...]:
    return -(figure.year or 0), figure.source.publisher, figure.statistic
