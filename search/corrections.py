"""Corrections: what somebody who mistyped a word most likely meant, by the words that the documents have."""

from collections.abc import Iterable
from functools import lru_cache
from uuid import UUID

from rapidfuzz.distance import OSA

from search.models import State, Word
from search.queries import Query, Term

SHORTEST = 4  # letters; shorter words are too close to each other


def likely(query: Query, unknown: Iterable[Term]) -> Query | None:
    """Return `query` with the likeliest words in the place of the `unknown` ones; None if there are none."""
    words = _vocabulary(tuple(State.objects.order_by("part").values_list("revision", flat=True)))
    found = {term.word: word for term in unknown if (word := _likeliest(term, words))}
    return query.corrected(found) if found else None


@lru_cache(maxsize=1)
def _vocabulary(revisions: tuple[UUID, ...]) -> dict[str, int]:
    """Return in how many documents each word stands, as of these revisions of the parts."""
    return dict(Word.objects.values_list("word", "documents"))


def _likeliest(term: Term, words: dict[str, int]) -> str | None:
    """Return the word nearest to `term`, of several the one that most documents have.

    Near is one letter more, fewer or other, or two that changed places (Damerau's and Levenshtein's distance,
    restricted); in words of 6 letters and more that begin alike, two of these.
    """
    if len(term.word) < SHORTEST or not term.word.isalpha():
        return None
    near = [(_distance(term, word), -count, word) for word, count in words.items() if _may_be(term, word)]
    return min((found for found in near if found[0] <= _far(term, found[2])), default=(0, 0, None))[2]


def _may_be(term: Term, word: str) -> bool:
    """Whether the length of `word` lets it be near."""
    return len(word) >= len(term.word) - 2 and (term.is_prefix or len(word) <= len(term.word) + 2)


def _far(term: Term, word: str) -> float:
    """Return the distance at which `word` is still near."""
    return 2.5 if len(term.word) >= 6 and word[0] == term.word[0] else 1.5


def _distance(term: Term, word: str) -> float:
    """Return how far `word` is from `term`, 3 and more if far.

    Where the term may go on, it may be like the beginning of the word, which counts a little less.
    """
    whole: int = OSA.distance(term.word, word, score_cutoff=2)
    if whole <= 1 or not term.is_prefix:
        return whole
    beginning: int = OSA.distance(term.word, word[: len(term.word)], score_cutoff=2)
    return min(whole, beginning + 0.5)
