"""What a path asks for, in requirements.

A required step is one requirement. The steps of a choice are one together, and one complete route
through it is enough. Optional steps are none.
"""

from collections.abc import Iterable, Set
from dataclasses import dataclass

from guides.document import PastRequirement, StageDocument, StepDocument

Route = frozenset[str]


@dataclass(frozen=True)
class Requirement:
    """One thing that a path asks for; `routes` are sets of step ids, one complete set is enough."""

    key: str
    title: str
    stage: str
    routes: tuple[Route, ...]


def requirements_of(stages: Iterable[StageDocument]) -> list[Requirement]:
    """Return what `stages` ask for, in the order of the path."""
    found: dict[str, list[tuple[StageDocument, StepDocument]]] = {}
    for stage in stages:
        for step in stage["steps"]:
            if not step["optional"]:
                found.setdefault(_key(step), []).append((stage, step))
    return [_requirement(key, steps) for key, steps in found.items()]


def _key(step: StepDocument) -> str:
    return f"choice:{step['choice']}" if step["choice"] else step["id"]


def _requirement(key: str, steps: list[tuple[StageDocument, StepDocument]]) -> Requirement:
    stage, first = steps[0]
    routes: dict[str, set[str]] = {}
    for _, step in steps:
        routes.setdefault(step["route"], set()).add(step["id"])
    title = first["choice"] or first["title"]
    return Requirement(key, title, stage["id"], tuple(frozenset(route) for route in routes.values()))


def past_requirement(past: PastRequirement) -> Requirement:
    """Return what a document says of a past requirement as a Requirement outside every stage."""
    return Requirement(past["key"], past["title"], "", tuple(frozenset(route) for route in past["routes"]))


def past_requirements(
    stages: Iterable[StageDocument], past: Iterable[PastRequirement], live: Set[str]
) -> list[PastRequirement]:
    """Return the routes of an edition's `stages` and `past` that name a step outside `live`.

    These are the routes that somebody may have completed and that a reader of the new path can no longer
    take: they go on counting for those who did.
    """
    titles: dict[str, str] = {}
    routes: dict[str, set[Route]] = {}
    before = [*(past_requirement(entry) for entry in past), *requirements_of(stages)]
    for requirement in before:
        gone = {route for route in requirement.routes if not route <= live}
        if gone:
            titles[requirement.key] = requirement.title
            routes.setdefault(requirement.key, set()).update(gone)
    return [
        {"key": key, "title": titles[key], "routes": sorted(sorted(route) for route in routes[key])}
        for key in sorted(routes)
    ]


def hours_of(stages: Iterable[StageDocument]) -> int:
    """Return the effort of the shortest way through `stages`, in hours: no optional step, one route of each
    choice. A step of unknown effort counts as none.
    """
    stages = list(stages)
    hours = {step["id"]: step["effort_hours"] or 0 for stage in stages for step in stage["steps"]}
    return sum(
        min(sum(hours[step] for step in route) for route in requirement.routes)
        for requirement in requirements_of(stages)
    )
