"""Finding the place that somebody typed: whatever the case and the accents, in full or in part. Pure."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from facts.explorer.naming import chain_of, full_name
from facts.models import Place
from search.words import fold

FEW = 5  # places that are suggested
CLEAR = 3  # letters that tell the part of a name from initials and codes
UNCLEAR = 4  # the rank of a shorter part, which is asked about
TYPO = 4  # letters of a misspelt name for each that is wrong, left out, too much, or changed places
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
    """The place that a text means, if it means one; and others that it may mean.

    `missed` is what the text names in that place and is unknown: “Spokane”, of “Spokane, WA”.
    """

    place: Place | None
    others: list[Place]
    missed: str = ""


def find_place(text: str, places: Iterable[Place]) -> Found:
    """Return the place that `text` means among `places`.

    A name may be followed by what the place lies in, by name or code (“Seattle, WA”). A whole name or a code
    comes before initials (“NYC”), these before the beginning of a name (“San Fran”), and this before words
    from its middle (“St. Paul”), each of three letters or more. Where several places of one rank lie in each
    other, the innermost is meant; otherwise nobody knows which, and all of them are `others`. An unknown city
    is taken for the state or country that is named after its comma.
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
        return _around(text, there) or Found(None, _alike(said, there))
    best = [place for rank, place in ranked if rank == ranked[0][0]]
    place = _innermost(best) if ranked[0][0] < UNCLEAR else None
    return Found(place, [other for _, other in ranked if other is not place][:FEW])


def _around(text: str, places: Sequence[Place]) -> Found | None:
    """Return the state or country that `text` names after an unknown city; None if it names none."""
    city, comma, rest = text.partition(",")
    said, unknown = words_of(rest), words_of(city)
    if not (comma and said and unknown):
        return None
    wide = [place for place in places if place.kind in (Place.Kind.STATE, Place.Kind.COUNTRY)]
    place = _innermost([each for each in wide if _rank(said, each) == 0])
    if place is None:
        return None
    others = [other for other in _alike(unknown, places) if other is not place]
    return Found(place, others, " ".join(city.split()))


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
    if (
        said == name
        or (len(said) == 1 and ALSO.get(said[0], said[0]) == _code(place))
        or _is_end(said, place)
    ):
        return 0
    if len(name) > 1 and said == ("".join(word[0] for word in name),):
        return 1
    is_clear = len("".join(said)) >= CLEAR
    if _begins(said, name):
        return 2 if is_clear else UNCLEAR
    if any(name[start : start + len(said)] == said for start in range(1, len(name))):
        return 3 if is_clear else UNCLEAR
    return None


def _is_end(said: Words, place: Place) -> bool:
    """Return whether `said` is the code of a state with which the name of its city ends: “Washington, DC”."""
    around = place.within
    return around is not None and said == words_of(place.name)[1:] == (_code(around),)


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


def _alike(said: Words, places: Sequence[Place]) -> list[Place]:
    """Return places with names that `said` may be a misspelling of, the likeliest first."""
    typed = " ".join(said)
    names = {number: " ".join(words_of(place.name)) for number, place in enumerate(places)}
    most = len(typed) // TYPO
    close = process.extract(typed, names, scorer=OSA.distance, score_cutoff=most, limit=FEW)
    return [places[number] for _, _, number in close]
