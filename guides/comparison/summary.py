"""A comparison in a line. Pure."""

from collections import Counter
from collections.abc import Iterable

from guides.comparison.parts import VERBS, Group, Part

WRITTEN = ("step", "section", "stage", "guide")  # what a guide has of its own


def summary_of(groups: Iterable[Group]) -> str:
    """Return how many parts of each kind did what, or "Nothing changed"."""
    groups = list(groups)
    phrases = _all_phrases(_own(group) for group in groups) or _all_phrases(groups)
    line = ", ".join(phrases) or "nothing changed"
    return line[0].upper() + line[1:]


def _own(group: Group) -> Group:
    """Return `group` without what came or went only because a step or a text names it, or no longer does."""
    if group.noun in WRITTEN:
        return group
    return group._replace(parts=tuple(part for part in group.parts if part.is_kept))


def _all_phrases(groups: Iterable[Group]) -> list[str]:
    return [phrase for group in groups for phrase in _phrases(group)]


def _phrases(group: Group) -> list[str]:
    """Return what is to say of one kind, with its noun once."""
    if group.noun == "guide":
        return [f"guide {' and '.join(part.verbs)}" for part in group.parts]
    counts = _counts(group.parts)
    phrases = [f"{counts[verb]} {verb}" for verb in VERBS if counts[verb]]
    first, *others = phrases or [""]
    return [_with_noun(first, group.noun), *others] if first else []


def _counts(parts: Iterable[Part]) -> Counter[str]:
    """Return how many parts did what; one that was moved and reworded did both."""
    return Counter(verb for part in parts for verb in part.verbs)


def _with_noun(phrase: str, noun: str) -> str:
    count, verb = phrase.split(" ")
    return f"{count} {noun if count == '1' else f'{noun}s'} {verb}"
