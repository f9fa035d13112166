"""Progress: what a learner's states mean on the path of an edition. Pure: no database, no clock."""

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from enum import StrEnum

from guides.document import CreditDocument, Document, PastStep, StepDocument, steps_of
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
    of its own, until a later step that another requirement asks for is done in its place.
    """
    counted = _counted(document["credits"], said)
    states = {**said, **dict.fromkeys(counted, State.DONE)}
    done = {step for step, state in states.items() if state == State.DONE}
    live, past = _with_past_routes(document)
    replaced = _replaced(document, [*live, *past], done)
    verdicts = tuple((requirement, _is_met(requirement, done, replaced)) for requirement in live)
    kept = sum(_is_met(requirement, done, replaced) for requirement in past)
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


def _replaced(document: Document, requirements: Iterable[Requirement], done: Set[str]) -> dict[str, set[str]]:
    """Return, for each past step, the keys of the requirements that ask for a step done in its place."""
    asking: dict[str, set[str]] = {}
    for requirement in requirements:
        for step in frozenset().union(*requirement.routes):
            asking.setdefault(step, set()).add(requirement.key)
    return {
        past["id"]: {key for step in _came_after(document, past) & done for key in asking.get(step, ())}
        for past in document["past_steps"]
        if past["id"] in done
    }


def _is_met(requirement: Requirement, done: Set[str], replaced: Mapping[str, Set[str]]) -> bool:
    """Whether a route is complete that has no step in whose place another requirement has one done."""
    own = {requirement.key}
    spent = {step for step, keys in replaced.items() if not keys <= own}
    return any(route <= done and route.isdisjoint(spent) for route in requirement.routes)


def _came_after(document: Document, past: PastStep) -> set[str]:
    """Return the steps that `past` counts for, or that count for it, and that came when it had left.

    Through any number of records, but not through a step that was asked for beside it: of two such steps
    neither stands in the place of the other.
    """
    since = document["since"] | {step["id"]: step["since"] for step in document["past_steps"]}
    forward = [(credit["old"], credit["new"]) for credit in document["credits"]]
    backward = [(new, old) for old, new in forward]
    return _reached(past, forward, since) | _reached(past, backward, since)


def _reached(
    past: PastStep, pairs: Iterable[tuple[list[str], list[str]]], since: Mapping[str, int]
) -> set[str]:
    """Return the steps that `pairs` lead to from `past`, through steps that came when it had left."""
    found, waiting = set[str](), [past["id"]]
    while waiting:
        step = waiting.pop()
        reached = {other for have, gives in pairs if step in have for other in gives}
        later = {other for other in reached if since.get(other, past["until"] + 1) > past["until"]}
        waiting += later - found
        found |= later
    return found


def _next(
    document: Document, verdicts: Iterable[tuple[Requirement, bool]], states: Mapping[str, State]
) -> tuple[str, ...]:
    """Return the ids of the steps to take up: those begun, then what is asked for in the order of the path.

    Steps whose advice of what comes first is followed go before others: advice orders, it never locks. Of
    a choice, only the routes that were begun are proposed, or the beginning of each. When nothing is asked
    for any more, optional steps are proposed.
    """
    steps = {step["id"]: step for step in steps_of(document)}
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
