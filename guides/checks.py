"""What keeps a working copy from being published."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter

from guides.citations import cited_keys
from guides.document import Content, SectionDocument, StageDocument, StepDocument
from guides.requirements import requirements_of


@dataclass(frozen=True)
class Finding:
    """Why publishing is refused, and the id of the step, section or stage where it can be mended."""

    message: str
    where: str = ""


def findings_of(content: Content) -> list[Finding]:
    """Return all that is wrong with `content`; an empty list means that it can be published."""
    return [
        *_empty_stages(content["stages"]),
        *_nothing_required(content["stages"]),
        *_choices(content["stages"]),
        *_cycle(content["stages"]),
        *_unknown_citations(content),
    ]


def _steps(stages: Iterable[StageDocument]) -> list[StepDocument]:
    return [step for stage in stages for step in stage["steps"]]


def _empty_stages(stages: Iterable[StageDocument]) -> Iterator[Finding]:
    for stage in stages:
        if not stage["steps"]:
            yield Finding(
                f"The stage “{stage['title']}” has no step. Add one, or take the stage away.", stage["id"]
            )


def _nothing_required(stages: Iterable[StageDocument]) -> Iterator[Finding]:
    if not requirements_of(stages):
        yield Finding("The path asks for nothing. Add a step that is not optional.")


def _choices(stages: Iterable[StageDocument]) -> Iterator[Finding]:
    found: dict[str, list[tuple[str, StepDocument]]] = {}
    for stage in stages:
        for step in stage["steps"]:
            if step["choice"]:
                found.setdefault(step["choice"], []).append((stage["id"], step))
    for choice, members in found.items():
        yield from _choice(choice, members)


def _choice(choice: str, members: list[tuple[str, StepDocument]]) -> Iterator[Finding]:
    first = members[0][1]
    if len({step["route"] for _, step in members}) < 2:
        yield Finding(
            f"The choice “{choice}” has a single route, at the step “{first['title']}”. "
            "Add another route, or clear the choice.",
            first["id"],
        )
    for stage, step in members:
        if stage != members[0][0]:
            yield Finding(
                f"The step “{step['title']}” belongs to the choice “{choice}” of another stage. "
                "Move it there, or name its choice otherwise.",
                step["id"],
            )
        if step["optional"]:
            yield Finding(
                f"The step “{step['title']}” is optional, which a step of a choice cannot be.", step["id"]
            )


def _cycle(stages: Iterable[StageDocument]) -> Iterator[Finding]:
    steps = {step["id"]: step for step in _steps(stages)}
    try:
        TopologicalSorter({step["id"]: step["after"] for step in steps.values()}).prepare()
    except CycleError as error:
        cycle: list[str] = error.args[1]
        titles = " after ".join(f"“{steps[step]['title']}”" for step in reversed(cycle))
        yield Finding(f"The advice of what comes first goes in a circle: {titles}.", cycle[0])


def _unknown_citations(content: Content) -> Iterator[Finding]:
    known = {source["key"] for source in content["sources"]}
    texts: list[SectionDocument | StepDocument] = [*content["sections"], *_steps(content["stages"])]
    for text in texts:
        for key in sorted(cited_keys([text["body"]]) - known):
            yield Finding(
                f"“{text['title']}” cites [@{key}], which is no source. Add the source, or mend the key.",
                text["id"],
            )
