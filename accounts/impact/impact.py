"""The impact of an edition: whose percent it moves by how much, and why."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from accounts.impact import sentences
from accounts.impact.changes import changes_of
from accounts.impact.components import Component, components_of
from accounts.impact.figures import Figures, figures_of
from accounts.impact.measuring import Standings, standings_of
from accounts.impact.patterns import Group, groups_of
from accounts.models import Enrolment
from guides.document import Document
from guides.models import Guide

GROUPS = 100_000  # of learners who said the same are looked at, at most


@dataclass(frozen=True)
class Shift:
    """Learners whose percent falls, or rises: how many by how many points, and why.

    `verb` is “falls” or “rises”, `reasons` are clauses to put after “because”.
    """

    verb: str
    points: Mapping[int, int]
    reasons: tuple[str, ...]

    @property
    def learners(self) -> int:
        return sum(self.points.values())

    @property
    def moved(self) -> str:
        """Whose percent moves and how far, without a full stop."""
        return sentences.moved(self)


@dataclass(frozen=True)
class Impact:
    """What an edition means for those who follow its path.

    `followers` follow it now; those who left, or never followed, are not counted, whatever they did.
    `changes` has how many go from one percent to another, worked out for `worked_out` of them.
    """

    followers: int
    worked_out: int
    changes: Mapping[tuple[int, int], int]
    falls: Shift
    rises: Shift
    figures: Figures

    @property
    def lowers(self) -> bool:
        """Whether somebody's percent falls, of those it was worked out for."""
        return bool(self.falls.learners)

    @property
    def completing(self) -> int:
        """How many reach 100 by it."""
        return sum(learners for (_, after), learners in self.changes.items() if after == 100)

    @property
    def reopened(self) -> int:
        """How many stood at 100 and do so no longer; whoever completed the path keeps the date of it."""
        return sum(learners for (before, _), learners in self.changes.items() if before == 100)

    @property
    def summary(self) -> str:
        """The whole in one or two sentences."""
        return sentences.summary(self)

    @property
    def followed(self) -> str:
        """How many learners there are."""
        return sentences.followed(self)

    @property
    def unmoved(self) -> str:
        """That nobody's percent falls, or changes at all; nothing if somebody's does fall."""
        return sentences.unmoved(self)

    @property
    def of_steps(self) -> list[str]:
        """What becomes of steps, each in a sentence."""
        return sentences.of_steps(self)

    @property
    def shifts(self) -> list[Shift]:
        """Whose percent falls and whose rises, if there are any."""
        return [shift for shift in (self.falls, self.rises) if shift.learners]

    @property
    def of_completion(self) -> list[str]:
        """How many reach 100 and how many stand there no longer, each in a sentence."""
        return sentences.of_completion(self)


def impact_of(
    guide: Guide | UUID, before: Document | None, after: Document, *, groups: int = GROUPS
) -> Impact:
    """Return what it would mean for the followers of `guide` if `after` took the place of `before`.

    `before` is the document that they are measured by now, None if there is none. Learners who said the same
    of the steps in question are one group; if there are more than `groups`, only the largest are worked out.
    The number of queries is constant, and so is the work for each group.
    """
    guide = guide.pk if isinstance(guide, Guide) else guide
    before = before or _nothing_before(after)
    components = components_of(before, after)
    followers = Enrolment.objects.active().filter(guide=guide).count()
    standings = _standings(guide, components, followers, groups)
    return Impact(
        followers=followers,
        worked_out=standings.learners,
        changes=standings.changes,
        falls=_shift(standings, -1),
        rises=_shift(standings, 1),
        figures=figures_of(before, after, standings),
    )


def _nothing_before(after: Document) -> Document:
    """Return the document of a path that asks for nothing."""
    return after | {
        "edition": 0,
        "stages": [],
        "since": {},
        "past_steps": [],
        "past_requirements": [],
        "credits": [],
        "credited_steps": [],
    }


def _standings(guide: UUID, components: list[Component], followers: int, most: int) -> Standings:
    """Return where the followers of `guide` stand; if nothing is measured differently, all in one group."""
    if not any(component.is_changed for component in components):
        return standings_of([], [Group(0, 0, 0, followers)], 0)
    single = [component for component in components if component.is_single]
    others = [component for component in components if not component.is_single]
    plain = [component.steps[0] for component in single if component.requirements[0]]
    kept = [component.steps[0] for component in single if not component.requirements[0]]
    groups, speakers = groups_of(guide, plain, kept, others, most)
    silent = Group(0, 0, 0, max(followers - speakers, 0))
    return standings_of(others, [silent, *groups], len(plain))


def _shift(standings: Standings, sign: int) -> Shift:
    """Return whose percent rises (`sign` 1) or falls (-1)."""
    points = Counter[int]()
    for (before, after), learners in standings.changes.items():
        if sign * after > sign * before:
            points[abs(after - before)] += learners
    reasons = changes_of(standings.pushing(sign)).reasons(lower=sign < 0) if points else []
    return Shift("rises" if sign > 0 else "falls", dict(sorted(points.items())), tuple(reasons))
