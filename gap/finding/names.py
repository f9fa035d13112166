"""The names that are looked for, in an automaton that finds all in one pass (Aho and Corasick, 1975)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

import ahocorasick

from gap.finding.folding import fold_name, written
from gap.finding.rules import RULES

CAPITALS = 3  # letters of a name that counts in capitals throughout, as in a heading
LONGEST = 400  # signs of a name as a text has it, marks and signs that are not seen among them


class How(StrEnum):
    """How a name has to be written to count."""

    ANYWHERE = "anywhere"
    EXACT = "exact"
    CONTEXT = "context"


@dataclass(frozen=True)
class Name:
    """What a skill, by its slug, is called; without a slug, what hides names (a decoy)."""

    name: str
    slug: str
    how: How = How.ANYWHERE

    def is_written_as(self, text: str) -> bool:
        """Return whether `text` has the capitals of this name, or nothing but capitals."""
        if len(text) > LONGEST:
            return False
        plain, own = written(text), written(self.name)
        if plain in (own, f"{own}s"):
            return True
        return len(own) >= CAPITALS and plain == own.upper() != own


class Names:
    """Names by their folded form. Of names that fold alike, the first one counts."""

    def __init__(self, names: Iterable[Name]) -> None:
        self._automaton = ahocorasick.Automaton()
        decoys = (Name(phrase, "") for phrase in RULES.decoys)
        for name in [*decoys, *names]:
            folded = fold_name(name.name)
            if folded and folded not in self._automaton:
                self._automaton.add_word(folded, (len(folded), name))
        self._automaton.make_automaton()

    def __len__(self) -> int:
        return len(self._automaton)

    def all_in(self, folded: str) -> Iterator[tuple[int, int, Name]]:
        """Yield each name in `folded` with its start and end, wherever it stands."""
        for last, (length, name) in self._automaton.iter(folded):
            yield last - length + 1, last + 1, name
