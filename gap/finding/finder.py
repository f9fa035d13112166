"""All skills that a text names, and where."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from gap.finding import edges
from gap.finding.context import Candidate, meant
from gap.finding.folding import Folded, fold
from gap.finding.glue import glued_in
from gap.finding.names import How, Name, Names

# What names nobody's skills: addresses of pages and of people.
ADDRESS = re.compile(r"(?i)\b(?:https?://|www\.)\S+|(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}\.[\w.-]{1,190}")
HIDDEN = "\x01"


@dataclass(frozen=True)
class Found:
    """The skill with this slug is named from `start` to `end`: code points of the text, as Python counts."""

    slug: str
    start: int
    end: int


class Finder:
    """Finds names in texts. Made once for a vocabulary and never changed: any thread may ask it."""

    def __init__(self, names: Iterable[Name]) -> None:
        self.names = tuple(names)
        self._names = Names(self.names)

    def find(self, text: str) -> list[Found]:
        """Return the skills that `text` names, in order and without overlaps.

        The longest name wins; a common word counts where the words around it say that a skill is meant
        (`gap.finding.context`); what is said to be needless does not count.
        """
        hidden = ADDRESS.sub(lambda address: HIDDEN * len(address[0]), text)
        folded = fold(hidden)
        candidates = _longest([*self._standing(hidden, folded), *self._glued(hidden, folded)])
        skills = [each for each in candidates if each.name.slug]
        return [Found(each.name.slug, each.start, each.end) for each in meant(hidden, folded, skills)]

    def _standing(self, text: str, folded: Folded) -> Iterator[Candidate]:
        """Yield the names that stand as words of their own."""
        for first, last, name in self._names.all_in(folded.text):
            if not edges.begins(folded.text, first):
                continue
            end = edges.ends(folded.text, first, last, may_vary=name.how != How.CONTEXT)
            if end is None:
                continue
            start, stop = folded.starts[first], folded.ends[end - 1]
            if name.how != How.EXACT or name.is_written_as(text[start:stop]):
                yield Candidate(start, stop, first, end, name)

    def _glued(self, text: str, folded: Folded) -> Iterator[Candidate]:
        """Yield the names that stand within glued words."""
        places = {start: place for place, start in enumerate(folded.starts)}
        for start, stop, name in glued_in(text, self._names):
            first = places[start]
            yield Candidate(start, stop, first, first + stop - start, name, is_certain=True)


def _longest(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Return `candidates` in order; of those that overlap, the one that begins first and then the longest."""
    kept: list[Candidate] = []
    for each in sorted(candidates, key=lambda one: (one.start, one.start - one.end)):
        if not kept or each.start >= kept[-1].end:
            kept.append(each)
    return kept
