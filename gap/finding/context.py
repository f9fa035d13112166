"""Whether a common word means a skill: the words around it, and the list that it stands in, say so.

A name that needs context counts where one of these holds:

- it stands in a list with a name that is certain, or with another such name;
- a phrase before it (“experience in”) or after it (“programming”) says so;
- it is all that a bullet says.

Phrases and lists: `rules.yaml`.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from itertools import pairwise

from gap.finding.folding import Folded
from gap.finding.names import How, Name
from gap.finding.rules import RULES

BEFORE = 60  # signs before a name that are looked at
APART = 48  # signs that may stand between two items of a list
# All of these are bounded: a text may be made to keep them busy.
BULLET = re.compile(r"(?:^|\n)[^\S\n]{0,8}[-*•·▪◦●‣–—][^\S\n]{0,8}$")
LINE_ENDS = re.compile(r"[^\S\n]{0,8}(?:\([^()\n]{0,40}\))?[^\S\n]{0,8}[.,;]?[^\S\n]{0,8}(?:\n|$)")
ITEM_ENDS = re.compile(r"\s{0,8}(?:[,;/|+•·、，；)\n.]|$)")
BLANKS = re.compile(r"[^\S\n]+"), re.compile(r" ?\n[ \n]*")


@dataclass(frozen=True)
class Candidate:
    """A name that stands at `start` to `end` of the text, and from `first` to `last` of the folded text."""

    start: int
    end: int
    first: int
    last: int
    name: Name
    is_certain: bool = False


class Link(IntEnum):
    """What stands between two candidates: nothing that makes them a list, a word such as “and”, or a sign."""

    NONE = 0
    WORD = 1
    SIGN = 2


def meant(text: str, folded: Folded, candidates: Sequence[Candidate]) -> list[Candidate]:
    """Return those of `candidates`, which are in order, that mean a skill and are asked for."""
    judged = [
        replace(each, is_certain=each.is_certain or _is_said(text, folded.text, each)) for each in candidates
    ]
    return [
        each
        for run in _runs(text, judged)
        for each in _without_needless(text, folded.text, run, _listed(text, run))
    ]


def _is_said(text: str, folded: str, candidate: Candidate) -> bool:
    """Return whether the name needs no context, or the words beside it give that."""
    if candidate.name.how != How.CONTEXT:
        return True
    before = _before(folded, candidate)
    if RULES.before_strong.search(before):
        return True
    if not candidate.name.is_written_as(text[candidate.start : candidate.end]):
        return False
    return bool(
        RULES.before_weak.search(before)
        or RULES.after.match(folded, candidate.last)
        or _is_alone(text, candidate)
    )


def _is_alone(text: str, candidate: Candidate) -> bool:
    before = text[max(0, candidate.start - BEFORE) : candidate.start]
    return bool(BULLET.search(before) and LINE_ENDS.match(text, candidate.end))


def _runs(text: str, candidates: Sequence[Candidate]) -> list[list[Candidate]]:
    """Return the lists that `candidates` make, in order."""
    runs: list[list[Candidate]] = []
    for candidate in candidates:
        if runs and _link(text, runs[-1][-1], candidate):
            runs[-1].append(candidate)
        else:
            runs.append([candidate])
    return runs


def _link(text: str, left: Candidate, right: Candidate) -> Link:
    between = text[left.end : right.start]
    if len(between) > APART:
        return Link.NONE
    between = BLANKS[1].sub("\n", BLANKS[0].sub(" ", between))
    if not between or RULES.listed.fullmatch(between):
        return Link.SIGN
    return Link.WORD if RULES.joined.fullmatch(between) else Link.NONE


def _listed(text: str, run: Sequence[Candidate]) -> list[Candidate]:
    """Return those of a list that mean a skill.

    Beside something certain the capitals of a name are enough; without them, it has to be an item of its own:
    a sign before it, and one after it or the end. Where nothing is certain, two names with their capitals and
    a sign between them are a list.
    """
    links = [Link.NONE, *(_link(text, left, right) for left, right in pairwise(run)), Link.NONE]
    has_certain = any(each.is_certain for each in run)
    has_others = len({each.name.name for each in run}) > 1
    found = []
    for each, beside in zip(run, pairwise(links), strict=True):
        is_written = each.name.is_written_as(text[each.start : each.end])
        has_sign = Link.SIGN in beside
        is_item = has_sign and ITEM_ENDS.match(text, each.end)
        is_meant = (is_written or is_item) if has_certain else (is_written and has_others and has_sign)
        if each.is_certain or is_meant:
            found.append(each)
    return found


def _without_needless(
    text: str, folded: str, run: Sequence[Candidate], found: Sequence[Candidate]
) -> list[Candidate]:
    """Return what of a list is `found` and not needless: “no Java or C# needed” asks for neither."""
    needless = [bool(RULES.not_before.search(_before(folded, each))) for each in run]
    after = [bool(RULES.not_after.match(folded, each.last)) for each in run]
    joined = [_is_alternative(text, left, right) for left, right in pairwise(run)]
    for place, is_joined in enumerate(joined):
        needless[place + 1] = needless[place + 1] or (needless[place] and is_joined)
    for place in reversed(range(len(joined))):
        after[place] = after[place] or (after[place + 1] and joined[place])
    dropped = {each.start for each, one, other in zip(run, needless, after, strict=True) if one or other}
    return [each for each in found if each.start not in dropped]


def _is_alternative(text: str, left: Candidate, right: Candidate) -> bool:
    return bool(RULES.alternative.fullmatch(text[left.end : right.start]))


def _before(folded: str, candidate: Candidate) -> str:
    return folded[max(0, candidate.first - BEFORE) : candidate.first]
