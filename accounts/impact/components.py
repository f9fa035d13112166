"""The pieces of a path that can be measured one by one.

Steps that a requirement, past or present, or a credit record names together are bound to each other; what is
not bound never meets in `progress_of`. So what a learner has met is the sum over the connected components of
these bonds, and each component depends on what was said of its own steps alone.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from guides.document import Document, StageDocument, steps_of
from guides.progress import Progress, State, progress_of
from guides.requirements import Requirement, past_requirement, requirements_of

BITS = 2  # of a pattern, for each step
DONE, DOING, OTHER = 1, 2, 3  # what they say; 0 is nothing
SAYINGS = {DONE: State.DONE, DOING: State.DOING, OTHER: State.TODO}


@dataclass(frozen=True)
class Component:
    """Steps bound together, and the parts of two editions' documents that name them."""

    steps: tuple[str, ...]
    before: Document
    after: Document

    @cached_property
    def is_changed(self) -> bool:
        """Whether the editions may measure the same sayings differently."""
        return _measured(self.before) != _measured(self.after)

    @cached_property
    def is_single(self) -> bool:
        """Whether it is one step that counts as one thing done when it is done, and as nothing else."""
        return len(self.steps) == 1 and not self.is_changed

    @cached_property
    def hears_all(self) -> bool:
        """Whether it matters what was said of its steps beside that they are done: credit respects it."""
        return self.is_changed or bool(self.after["credits"])

    @cached_property
    def requirements(self) -> tuple[dict[str, Requirement], dict[str, Requirement]]:
        """The requirements of the path here by their keys, before and after."""
        before, after = (requirements_of(part["stages"]) for part in (self.before, self.after))
        return {own.key: own for own in before}, {own.key: own for own in after}

    @property
    def bits(self) -> int:
        """How long its patterns are."""
        return BITS * len(self.steps)

    def progress(self, pattern: int) -> tuple[Progress, Progress]:
        """Return where a learner of `pattern` stands here before and after."""
        words = ((step, pattern >> BITS * place & 3) for place, step in enumerate(self.steps))
        said = {step: SAYINGS[word] for step, word in words if word}
        before = progress_of(self.before, said)
        return before, progress_of(self.after, said) if self.is_changed else before


def components_of(before: Document, after: Document) -> list[Component]:
    """Return the components of what `before` and `after` measure, and of the steps that leave the path.

    They are in the order of the path.
    """
    leaving = {step["id"] for step in steps_of(before)} - {step["id"] for step in steps_of(after)}
    steps = _named(before) | _named(after) | leaving
    bonds = [*_bonds(before), *_bonds(after), *({step} for step in leaving)]
    places = {step["id"]: place for place, step in enumerate([*steps_of(before), *steps_of(after)])}

    def order(step: str) -> tuple[int, str]:
        return places.get(step, len(places)), step

    found = [sorted(nodes & steps, key=order) for nodes in _connected(bonds)]
    found.sort(key=lambda own: order(own[0]))
    components = [Component(tuple(own), _part(before, own), _part(after, own)) for own in found]
    return [own for own in components if own.is_changed or _requirements(own.before)]


def _requirements(document: Document) -> list[Requirement]:
    return [*requirements_of(document["stages"]), *map(past_requirement, document["past_requirements"])]


def _named(document: Document) -> set[str]:
    """Return the steps that requirements and credit records name."""
    routes = [route for requirement in _requirements(document) for route in requirement.routes]
    return set[str]().union(*routes, *(credit["old"] + credit["new"] for credit in document["credits"]))


def _bonds(document: Document) -> Iterator[set[str]]:
    """Yield what is bound together: a requirement's key and its steps, and the steps of a credit record."""
    for requirement in _requirements(document):
        yield {requirement.key}.union(*requirement.routes)
    for credit in document["credits"]:
        yield {*credit["old"], *credit["new"]}


def _connected(bonds: Iterable[set[str]]) -> list[set[str]]:
    """Return the connected components of a graph in which the nodes of each bond are joined."""
    found: list[set[str]] = []
    for bond in bonds:
        apart = [nodes for nodes in found if nodes.isdisjoint(bond)]
        found = [*apart, bond.union(*(nodes for nodes in found if not nodes.isdisjoint(bond)))]
    return found


def _part(document: Document, own: Iterable[str]) -> Document:
    """Return what `document` says of the steps `own` where it measures progress."""
    steps = set(own)
    stages: list[StageDocument] = [
        {**stage, "steps": [step for step in stage["steps"] if step["id"] in steps]}
        for stage in document["stages"]
        if any(step["id"] in steps for step in stage["steps"])
    ]
    return {
        **document,
        "stages": stages,
        "since": {step: edition for step, edition in document["since"].items() if step in steps},
        "past_steps": [step for step in document["past_steps"] if step["id"] in steps],
        "past_requirements": [
            past for past in document["past_requirements"] if not steps.isdisjoint(past["routes"][0])
        ],
        "credits": [credit for credit in document["credits"] if not steps.isdisjoint(credit["old"])],
    }


def _measured(part: Document) -> Any:
    """Return all of `part` that what is met and asked for depends on."""
    return (
        {(requirement.key, frozenset(requirement.routes)) for requirement in requirements_of(part["stages"])},
        part["past_requirements"],
        [(past["id"], past["since"], past["until"]) for past in part["past_steps"]],
        part["since"],
        part["credits"],
    )
