"""Queries: what somebody typed, as terms."""

import re
from dataclasses import dataclass, replace

from search.words import Token, indexed, tokens

LONGEST = 400  # characters that are read
MOST = 12  # terms that count
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\s]+")
# What nearly every text has, so that it says nothing of what is meant.
COMMON = {
    *(
        "a",
        "an",
        "and",
        "are",
        "as",
        "at",
        "be",
        "by",
        "can",
        "do",
        "for",
        "from",
        "get",
        "how",
        "i",
        "in",
        "is",
    ),
    *(
        "it",
        "me",
        "my",
        "not",
        "of",
        "on",
        "or",
        "s",
        "should",
        "t",
        "that",
        "the",
        "this",
        "to",
        "was",
        "what",
    ),
    *("when", "where", "which", "who", "why", "with", "you", "your", "about", "become"),
}


@dataclass(frozen=True)
class Term:
    """A word to be found; where `is_prefix`, so is what begins with it. It stood at `start` to `end`."""

    word: str
    stem: str
    start: int
    end: int
    is_prefix: bool = False

    def matches(self, token: Token) -> bool:
        """Whether a word of a text is what this asks for."""
        return token.stem == self.stem or (self.is_prefix and token.word.startswith(self.word))


@dataclass(frozen=True)
class Query:
    """What was asked for: the text as it was read, and its terms (none, if it has no word)."""

    text: str
    terms: tuple[Term, ...]

    @property
    def title(self) -> str:
        """The words that the index has of a title which is just this text."""
        return indexed(self.text)

    def corrected(self, words: dict[str, str]) -> "Query":
        """Return the query with other words in the place of some."""
        text = self.text
        for term in sorted(self.terms, key=lambda term: -term.start):
            text = text[: term.start] + words.get(term.word, text[term.start : term.end]) + text[term.end :]
        return parsed(text)


def parsed(text: str) -> Query:
    """Return `text` as a query of `MOST` terms at most; the last is a prefix unless a blank follows it."""
    read = CONTROL.sub(" ", text[:LONGEST])
    shown = read.strip()
    found = {token.word: Term(*token) for token in tokens(shown, ends=False)}
    telling = [term for word, term in found.items() if word not in COMMON] or list(found.values())
    terms = telling[:MOST]
    if terms and terms[-1].end == len(shown) and not read.endswith(" "):
        terms[-1] = replace(terms[-1], is_prefix=True)
    return Query(shown, tuple(terms))
