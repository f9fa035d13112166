"""The history that an edition carries, so that progress can be measured by its document alone. Pure."""

from collections.abc import Mapping, Set

from guides.document import (
    Content,
    CreditDocument,
    CreditedStep,
    Document,
    PastStep,
    SectionDocument,
    slugs_of,
    steps_of,
)
from guides.requirements import past_requirements


def next_document(
    content: Content,
    previous: Document | None,
    credits: list[CreditDocument],
    credited_steps: list[CreditedStep],
    number: int | None = None,
) -> Document:
    """Return the document that `content` makes after `previous`, the current edition's (None: a first one).

    `number` is that of the new edition, the next one if it is not given. `credits` are the records that touch
    its steps, those of the past too; `credited_steps` are the steps of other guides that they name.
    """
    number = number or (previous["edition"] + 1 if previous else 1)
    live = live_steps(content)
    since = previous["since"] if previous else {}
    return {
        **content,
        "edition": number,
        "since": {step: since.get(step, number) for step in live},
        "past_steps": past_steps(previous, live),
        "past_requirements": past_requirements(previous["stages"], previous["past_requirements"], live)
        if previous
        else [],
        "credits": credits,
        "credited_steps": credited_steps,
        "former_slugs": former_slugs(content, previous),
    }


def live_steps(content: Content) -> set[str]:
    """Return the ids of the steps on the path of `content`."""
    return {step["id"] for step in steps_of(content)}


def past_steps(previous: Document | None, live: Set[str]) -> list[PastStep]:
    """Return the steps that were on the path of `previous` or before it and are not `live`."""
    if previous is None:
        return []
    gone: list[PastStep] = [
        {
            "id": step["id"],
            "slug": step["slug"],
            "title": step["title"],
            "since": previous["since"][step["id"]],
            "until": previous["edition"],
        }
        for step in steps_of(previous)
    ]
    past = [step for step in [*previous["past_steps"], *gone] if step["id"] not in live]
    return sorted(past, key=lambda step: step["id"])


def former_slugs(content: Content, previous: Document | None) -> dict[str, list[str]]:
    """Return the earlier slugs of the sections and steps of `content` and of past steps, by id, oldest first.

    One that another section, or another step, has now is left out: a link to it leads there.
    """
    if previous is None:
        return {}
    path = {step["id"]: step["slug"] for step in steps_of(content)}
    past = {step["id"]: step["slug"] for step in past_steps(previous, path.keys())}
    sections, sections_before = _slugs(content["sections"]), _slugs(previous["sections"])
    former = previous["former_slugs"]
    return {
        **_earlier(past | path, slugs_of(previous), former, set(path.values())),
        **_earlier(sections, sections_before, former, set(sections.values())),
    }


def _slugs(sections: list[SectionDocument]) -> dict[str, str]:
    return {section["id"]: section["slug"] for section in sections}


def _earlier(
    now: Mapping[str, str], before: Mapping[str, str], former: Mapping[str, list[str]], taken: Set[str]
) -> dict[str, list[str]]:
    """Return, by id, the slugs that are `former` or `before`, without the one of `now` and those `taken`."""
    found = {}
    for key, slug in now.items():
        slugs = dict.fromkeys([*former.get(key, ()), before.get(key, slug)])
        if earlier := [old for old in slugs if old != slug and old not in taken]:
            found[key] = earlier
    return found
