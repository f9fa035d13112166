"""Which steps of two guides are the same: those that credit records put side by side, one to one."""

from collections.abc import Iterable

from guides.document import CreditDocument

Pair = tuple[str, str]  # ids of two steps that a record puts side by side


def pairs_of(credits: Iterable[CreditDocument]) -> list[Pair]:
    """Return the records that say of just two steps that each counts for the other."""
    return [
        (credit["old"][0], credit["new"][0])
        for credit in credits
        if len(credit["old"]) == len(credit["new"]) == 1
    ]


def same_steps(own: Iterable[str], others: Iterable[str], pairs: Iterable[Pair]) -> dict[str, str]:
    """Return those ids of `own` that are the same step as one of `others`, each with that one.

    Through any number of `pairs`.
    """
    group = likes_of(pairs)
    theirs = {group.get(step, step): step for step in others}
    found = {step: theirs.get(group.get(step, step)) for step in own}
    return {step: like for step, like in found.items() if like}


def likes_of(pairs: Iterable[Pair]) -> dict[str, str]:
    """Return, for each step of `pairs`, the one that stands for all its likes."""
    stands: dict[str, str] = {}

    def root(step: str) -> str:
        while stands.setdefault(step, step) != step:
            step = stands[step]
        return step

    for one, other in pairs:
        stands[root(one)] = root(other)
    return {step: root(step) for step in list(stands)}
