"""Finding the place that somebody typed: whatever the case and the accents, in full or in part. Pure."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz, process

from facts.explorer.naming import chain_of, full_name
from facts.models import Place
from search.words import fold

FEW = 5  # places that are suggested
LIKE = 72  # of 100, for names that a typo may have meant (rapidfuzz's ratio)
ALSO = {
    "usa": "us",
    "america": "us",
    "uk": "gb",
    "england": "gb",
    "holland": "nl",
}  # what people type for codes
SILENT = re.compile(r"[.'’]")  # D.C., St. Louis, Coeur d'Alene
WORD = re.compile(r"[^\W_]+")
WIDEST_FIRST = list(Place.Kind)

Words = tuple[str, ...]


@dataclass(frozen=True)
class Found:
    """The place that a text means, if it means one; and others that it may mean."""

    place: Place | None
    others: list[Place]


def find_place(text: str, places: Iterable[Place]) -> Found:
    """Return the place that `text` means among `places`.

    A name may be followed by what the place lies in, by name or code (“Seattle, WA”). A whole name or a code
    comes before initials (“NYC”), these before the beginning of a name (“San Fran”), and this before words
    from its middle (“St. Paul”). Where several places of one rank lie in each other, the innermost is meant;
    otherwise nobody knows which, and all of them are `others`.
    """
    there = list(places)
    said = words_of(text)
    if not said:
        return Found(None, [])
    ranked = sorted(
        ((rank, place) for place in there if (rank := _rank(said, place)) is not None),
        key=_best_first,
    )
    if not ranked:
        return Found(None, _alike(text, there))
    best = [place for rank, place in ranked if rank == ranked[0][0]]
    place = _innermost(best)
    return Found(place, [other for _, other in ranked if other is not place][:FEW])


def _best_first(ranked: tuple[int, Place]) -> tuple[object, ...]:
    rank, place = ranked
    return rank, WIDEST_FIRST.index(Place.Kind(place.kind)), full_name(place), place.slug


@lru_cache(maxsize=20_000)
def words_of(text: str) -> Words:
    """Return the words of `text`, without case, accents, points and apostrophes."""
    return tuple(filter(None, (fold(word) for word in WORD.findall(SILENT.sub("", text)))))


def _rank(said: Words, place: Place) -> int | None:
    """Return how well `said` names `place`: 0 is best; None if it does not."""
    ranks = (
        rank
        for length in range(1, len(said) + 1)
        if (rank := _name_rank(said[:length], place)) is not None and _lies_in(said[length:], place)
    )
    return min(ranks, default=None)


def _name_rank(said: Words, place: Place) -> int | None:
    name = words_of(place.name)
    if said == name or (len(said) == 1 and ALSO.get(said[0], said[0]) == _code(place)):
        return 0
    if len(name) > 1 and said == ("".join(word[0] for word in name),):
        return 1
    if _begins(said, name):
        return 2
    return 3 if any(name[start : start + len(said)] == said for start in range(1, len(name))) else None


def _begins(said: Words, name: Words) -> bool:
    """Return whether `said` are the first words of `name`; the last of them may be cut off."""
    *whole, last = said
    length = len(whole)
    return len(name) > length and name[:length] == tuple(whole) and name[length].startswith(last)


def _lies_in(said: Words, place: Place) -> bool:
    """Return whether `said` names, one after the other, things that `place` lies in."""
    rest = said
    for around in chain_of(place)[1:]:
        name = words_of(around.name)
        if rest[: len(name)] == name:
            rest = rest[len(name) :]
        elif rest and ALSO.get(rest[0], rest[0]) == _code(around):
            rest = rest[1:]
    return not rest


def _code(place: Place) -> str:
    """Return the code that people write: “wa” of US-WA; empty for what has none."""
    return place.code.rpartition("-")[2].lower()


def _innermost(places: Sequence[Place]) -> Place | None:
    """Return the one of `places` that lies in all the others, if there is one."""
    for place in places:
        around = {each.pk for each in chain_of(place)}
        if all(other.pk in around for other in places):
            return place
    return None


def _alike(text: str, places: Sequence[Place]) -> list[Place]:
    """Return places with names that `text` may be a misspelling of, the likeliest first."""
    said = " ".join(words_of(text))
    names = {number: " ".join(words_of(place.name)) for number, place in enumerate(places)}
    close = process.extract(said, names, scorer=fuzz.ratio, score_cutoff=LIKE, limit=FEW)
    return [places[number] for _, _, number in close]
