"""What followers did with the steps that leave a path, that it asks for anew, and that credit gives them."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from accounts.impact.measuring import Standings
from accounts.impact.words import titles_in
from guides.document import Document, steps_of
from guides.progress import Progress, State


@dataclass(frozen=True)
class StepFigures:
    """How many followers have done a step, by their own word or by credit, and how many are in the midst."""

    title: str
    done: int
    doing: int


@dataclass(frozen=True)
class CreditFigures:
    """How many followers get a step counted from others that they have done."""

    title: str
    sources: tuple[str, ...]
    learners: int


@dataclass(frozen=True)
class Figures:
    """Of steps that leave the path, that are asked for anew, and that are on the path and given by credit."""

    retired: tuple[StepFigures, ...]
    required: tuple[StepFigures, ...]
    counted: tuple[CreditFigures, ...]


States = Counter[tuple[str, State]]  # learners by step and its effective state
Given = defaultdict[str, Counter[tuple[str, ...]]]  # learners by step, and by what it is counted from


def figures_of(before: Document, after: Document, standings: Standings) -> Figures:
    """Return what learners did with steps; those who are not in `standings` are not counted."""
    path = [step["id"] for step in steps_of(after)]
    retired = [step["id"] for step in steps_of(before) if step["id"] not in path]
    asked = {step["id"] for step in steps_of(before) if not step["optional"]}
    required = [step["id"] for step in steps_of(after) if not step["optional"] and step["id"] not in asked]
    had, have, given = _counts(standings)
    titles = titles_in(after)
    return Figures(
        retired=_figures(retired, had, titles_in(before)),
        required=_figures(required, have, titles_in(after)),
        counted=tuple(
            CreditFigures(titles[step], tuple(titles[source] for source in sources), learners)
            for step in path
            for sources, learners in sorted(given[step].items())
        ),
    )


def _figures(steps: Iterable[str], states: States, titles: Mapping[str, str]) -> tuple[StepFigures, ...]:
    return tuple(
        StepFigures(titles[step], states[step, State.DONE], states[step, State.DOING]) for step in steps
    )


def _counts(standings: Standings) -> tuple[States, States, Given]:
    """Return the states before and after, and what credit gives anew, on components that changed."""
    before, after, given = States(), States(), Given(Counter)
    for column in standings.columns:
        if column.component.is_changed:
            for pattern, learners in standings.patterns(column).items():
                _add(*column.progress[pattern], learners, before, after, given)
    return before, after, given


def _add(had: Progress, have: Progress, learners: int, before: States, after: States, given: Given) -> None:
    for counts, progress in ((before, had), (after, have)):
        for state in progress.states.items():
            counts[state] += learners
    for step, sources in have.counted_from.items():
        if step not in had.counted_from:
            given[step][sources] += learners
