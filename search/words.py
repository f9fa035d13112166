"""Words: how texts and queries are taken apart, the same for every database.

A word is folded: without case, accents and ligatures. English words have a stem as well. Scripts that put no
blank between words are taken apart into pairs of characters. Names with signs (C++, C#, F#, .NET) are words.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from threading import Lock
from typing import NamedTuple

import snowballstemmer

LONGEST = 64  # characters of a word that count
NAMED = {"c++": "cplusplus", "c#": "csharp", "f#": "fsharp", ".net": "dotnet"}
# Letters of their own in Unicode; people without them on the keyboard type these.
LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d"})
# Of Latin, Greek and Cyrillic, points of Hebrew, vowels of Arabic; marks of other scripts are letters.
ACCENTS = re.compile("[\u0300-\u036f\u0591-\u05c7\u0640\u064b-\u065f\u0670]")
# Thai, Lao, Burmese, Khmer, Chinese, Japanese, Korean
UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf"
    "\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003134f"
)
_UNSPACED = re.compile(f"[{UNSPACED}]")
MARKS = "".join(
    char
    for char in map(chr, range(0x300, 0xFFFF))
    if unicodedata.category(char)[0] == "M" and not _UNSPACED.match(char)
)
LETTER = rf"[^\W_{UNSPACED}]"
WORD = re.compile(rf"{LETTER}+(?:[{MARKS}]+{LETTER}*)*")
TOKEN = re.compile(
    rf"(?P<named>(?<![^\W_])(?:c\+\+|[cf]\#)|\.net(?![^\W_]))"
    rf"|(?P<word>{WORD.pattern})"
    rf"|(?P<run>[{UNSPACED}]+)",
    re.IGNORECASE,
)


class Token(NamedTuple):
    """A word of a text, its stem, and where in the text it stands."""

    word: str
    stem: str
    start: int
    end: int


def tokens(text: str, *, ends: bool = True) -> Iterator[Token]:
    """Yield the words of `text`.

    A run of a script without blanks gives its pairs of characters and, if `ends`, its last character, so that
    each of its characters begins a word.
    """
    for found in TOKEN.finditer(text):
        if found.lastgroup == "run":
            yield from _pairs(found[0], found.start(), ends=ends)
        elif word := NAMED.get(found[0].lower()) if found.lastgroup == "named" else fold(found[0]):
            yield Token(word, stem(word), *found.span())


def _pairs(run: str, start: int = 0, *, ends: bool = True) -> Iterator[Token]:
    last = len(run) if ends or len(run) == 1 else len(run) - 1
    for place in range(last):
        if pair := fold(run[place : place + 2]):
            yield Token(pair, pair, start + place, start + min(place + 2, len(run)))


@lru_cache(maxsize=50_000)
def fold(word: str) -> str:
    """Return `word` without case, accents and what is no letter or digit, of `LONGEST` characters at most."""
    bare = ACCENTS.sub("", unicodedata.normalize("NFKD", word)).casefold().translate(LETTERS)
    whole = unicodedata.normalize("NFKC", bare)
    return "".join(char for char in whole if char.isalnum() or unicodedata.category(char)[0] == "M")[:LONGEST]


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """Return what the forms of an English word have in common (Snowball's English stemmer); else `word`."""
    if len(word) < 4 or not (word.isascii() and word.isalpha()):
        return word
    with _stemming:  # the stemmer keeps its place in the word
        stemmed: str = _stemmer.stemWord(word)
        return stemmed


_stemming = Lock()
_stemmer = snowballstemmer.stemmer("english")


def indexed(text: str) -> str:
    """Return what the index of a database is made from: the words of `text`, each followed by its stem."""
    return " ".join(
        _entry(word)
        if word
        else NAMED[named.lower()]
        if named
        else " ".join(pair.word for pair in _pairs(run))
        for named, word, run in TOKEN.findall(text)
    )


@lru_cache(maxsize=50_000)
def _entry(written: str) -> str:
    word = fold(written)
    return " ".join(dict.fromkeys((word, stem(word))))


def vocabulary(text: str) -> set[str]:
    """Return the words of `text` that a typo may have meant: those of letters, in scripts with blanks."""
    return {word for word in map(fold, set(WORD.findall(text))) if len(word) > 2 and word.isalpha()}
