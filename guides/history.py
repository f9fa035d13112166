"""The history that an edition carries, so that progress can be measured by its document alone. Pure."""

from collections.abc import Set

from guides.document import Content, CreditDocument, CreditedStep, Document, PastStep, steps_of
from guides.requirements import past_requirements


def next_document(
    content: Content,
    previous: Document | None,
    credits: list[CreditDocument],
    credited_steps: list[CreditedStep],
) -> Document:
    """Return the document that `content` makes after `previous`, the newest edition's (None: a first one).

    `credits` are the records that touch its steps, those of the past too; `credited_steps` are the steps of
    other guides that they name.
    """
    number = previous["edition"] + 1 if previous else 1
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
