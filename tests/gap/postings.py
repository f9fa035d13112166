"""Labelled sentences of postings, and how well the finder does on them."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from courses.seeding.reading import read_content
from courses.seeding.storing import BUNDLED
from gap.finding import Finder
from gap.vocabulary import names_of

DATA = Path(__file__).parent / "data"


@dataclass
class Score:
    """How many skills were found rightly, wrongly, and not at all."""

    right: int = 0
    wrong: int = 0
    lacking: int = 0

    @property
    def precision(self) -> float:
        """The share of what was found that is right, from 0 to 1; 1 where nothing was found."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        """The share of what there is that was found, from 0 to 1; 1 where there is nothing."""
        return self.right / (self.right + self.lacking) if self.right + self.lacking else 1.0

    def add(self, found: set[str], labelled: set[str]) -> None:
        self.right += len(found & labelled)
        self.wrong += len(found - labelled)
        self.lacking += len(labelled - found)


def sentences(part: str) -> Iterator[tuple[str, str, set[str]]]:
    """Yield the kind, the text and the skills of each sentence of a part, development or heldout."""
    told = yaml.safe_load((DATA / f"{part}.yaml").read_text(encoding="utf-8"))
    for kind, each in told.items():
        for text, skills in each.items():
            yield kind, text, set(skills)


@cache
def bundled_finder() -> Finder:
    """Return the finder of the vocabulary that comes with the site."""
    skills = read_content(BUNDLED).skills
    aliases = [(alias.name, skill.slug, alias.how) for skill in skills for alias in skill.aliases]
    return Finder(names_of({skill.slug: skill.name for skill in skills}, aliases))


def scores(part: str) -> dict[str, Score]:
    """Return how well the bundled vocabulary does on a part, by kind of sentence, and in `all`."""
    told: dict[str, Score] = {}
    for kind, text, labelled in sentences(part):
        found = {each.slug for each in bundled_finder().find(text)}
        for name in (kind, "all"):
            told.setdefault(name, Score()).add(found, labelled)
    return told
