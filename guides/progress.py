"""Progress: what a learner's states mean on the path of an edition. Pure: no database, no clock."""

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from enum import StrEnum

from guides.document import CreditDocument, Document, StepDocument
from guides.requirements import Requirement, past_requirement, requirements_of


class State(StrEnum):
    """What a learner says of a step."""

    TODO = "todo"
    DOING = "doing"
    DONE = "done"
    SKIPPED = "skipped"

    @property
    def words(self) -> str:
        """The state as people read it."""
        return "To do" if self is State.TODO else self.value.capitalize()


@dataclass(frozen=True)
class Progress:
    """Where a learner stands.

    `percent` is the floor of 100 × `met` ÷ `total`, an integer from 0 to 100: 100 means all. `states` holds
    the effective state of each step that is not simply to do, `counted_from` the steps that a done step is
    counted from where the learner did not say so. `remaining` are the unmet requirements of the path,
    `next` the ids of the steps to take up next, at most `NEXT`.
    """

    percent: int
    met: int
    total: int
    requirements: tuple[tuple[Requirement, bool], ...]
    remaining: tuple[Requirement, ...]
    next: tuple[str, ...]
    states: Mapping[str, State]
    counted_from: Mapping[str, tuple[str, ...]]

    def state(self, step: str) -> State:
        """Return the effective state of a step."""
        return self.states.get(step, State.TODO)


NEXT = 3


def progress_of(document: Document, said: Mapping[str, State]) -> Progress:
    """Return the progress on `document` of a learner who `said` these states, by step id.

    A step of the past keeps counting for whoever did it: as a route through its choice, or as a requirement
    of its own, until a later step that it counts for meets a requirement in its place.
    """
    counted = _counted(document["credits"], said)
    states = {**said, **dict.fromkeys(counted, State.DONE)}
    done = {step for step, state in states.items() if state == State.DONE}
    live, past = _with_past_routes(document)
    verdicts = tuple((requirement, bool(requirement.met_by(done))) for requirement in live)
    kept = _kept(document, live, past, done)
    met = sum(is_met for _, is_met in verdicts) + kept
    total = len(live) + kept
    return Progress(
        percent=100 * met // total if total else 0,
        met=met,
        total=total,
        requirements=verdicts,
        remaining=tuple(requirement for requirement, is_met in verdicts if not is_met),
        next=_next(document, verdicts, states),
        states=states,
        counted_from=counted,
    )


def _counted(credits: Iterable[CreditDocument], said: Mapping[str, State]) -> dict[str, tuple[str, ...]]:
    """Return the steps that are done by credit alone, each with the steps that it is counted from.

    The least fixpoint: a step counts only from steps that are done, so a cycle of credit gives nothing by
    itself. Where the learner said something, that stands.
    """
    counted: dict[str, tuple[str, ...]] = {}
    done = {step for step, state in said.items() if state == State.DONE}
    directions = [pair for credit in credits for pair in _both_ways(credit)]
    size = -1
    while size != len(counted):
        size = len(counted)
        for have, gives in directions:
            if done.issuperset(have):
                fresh = [step for step in gives if step not in done and step not in said]
                counted.update(dict.fromkeys(fresh, tuple(have)))
                done.update(fresh)
    return counted


def _both_ways(credit: CreditDocument) -> tuple[tuple[list[str], list[str]], ...]:
    return ((credit["old"], credit["new"]), (credit["new"], credit["old"]))


def _with_past_routes(document: Document) -> tuple[list[Requirement], list[Requirement]]:
    """Return the requirements of the path, with the past routes through them, and those of the past alone."""
    past = {entry["key"]: past_requirement(entry) for entry in document["past_requirements"]}
    live = [
        Requirement(own.key, own.title, own.stage, own.routes + past.pop(own.key).routes)
        if own.key in past
        else own
        for own in requirements_of(document["stages"])
    ]
    return live, list(past.values())


def _kept(document: Document, live: list[Requirement], past: list[Requirement], done: Set[str]) -> int:
    """Return how many requirements of the past still count for whoever has done `done`."""
    serving = {step for requirement in [*live, *past] for step in requirement.met_by(done)}
    until = {step["id"]: step["until"] for step in document["past_steps"]}
    since = document["since"] | {step["id"]: step["since"] for step in document["past_steps"]}

    def is_replaced(step: str) -> bool:
        """Whether a step that came after `step` had left, and that it counts for, meets a requirement."""
        return step in until and any(
            since.get(later, 0) > until[step]
            for later in _successors(document["credits"], step)
            if later in serving
        )

    return sum(
        bool(met) and not any(is_replaced(step) for step in met)
        for met in (requirement.met_by(done) for requirement in past)
    )


def _successors(credits: Iterable[CreditDocument], step: str) -> set[str]:
    """Return the steps that `step` counts for, through any number of records."""
    found, waiting = set[str](), [step]
    while waiting:
        current = waiting.pop()
        for credit in credits:
            if current in credit["old"]:
                waiting += set(credit["new"]) - found
                found.update(credit["new"])
    return found


def _next(
    document: Document, verdicts: Iterable[tuple[Requirement, bool]], states: Mapping[str, State]
) -> tuple[str, ...]:
    """Return the ids of the steps to take up: those begun, then what is asked for in the order of the path.

    Steps whose advice of what comes first is followed go before others: advice orders, it never locks. Of
    a choice, only the routes that were begun are proposed, or the beginning of each. When nothing is asked
    for any more, optional steps are proposed.
    """
    steps = {step["id"]: step for stage in document["stages"] for step in stage["steps"]}
    spare = {step for requirement, met in verdicts if met for route in requirement.routes for step in route}
    settled = spare | {step for step, state in states.items() if state in (State.DONE, State.SKIPPED)}
    doing = [step for step in steps if states.get(step) == State.DOING]
    if asked := [requirement for requirement, met in verdicts if not met]:
        open_steps = [step for requirement in asked for step in _proposed(requirement, steps, states)]
    else:
        open_steps = [step["id"] for step in steps.values() if step["optional"]]
    todo = [step for step in open_steps if states.get(step, State.TODO) == State.TODO]
    ready = [step for step in todo if not (set(steps[step]["after"]) & steps.keys()) - settled]
    return tuple(dict.fromkeys([*doing, *ready, *todo]))[:NEXT]


def _proposed(
    requirement: Requirement, steps: Mapping[str, StepDocument], states: Mapping[str, State]
) -> list[str]:
    """Return the steps that `next` may name for an unmet requirement."""
    begun = (State.DOING, State.DONE)
    routes = [
        [step for step in steps if step in route]
        for route in requirement.routes
        if route <= steps.keys() and not any(states.get(step) == State.SKIPPED for step in route)
    ]
    own = [route for route in routes if any(states.get(step) in begun for step in route)]
    if own or len(routes) == 1:
        return [step for route in own or routes for step in route]
    return [route[0] for route in routes]
