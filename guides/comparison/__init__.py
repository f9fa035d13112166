"""What differs between two states of a guide, for editors to read. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from guides.comparison.fields import Entry, Names, changes_of
from guides.comparison.kinds import GUIDE, KINDS, Kind, names_of
from guides.comparison.parts import Change, Part, Verb
from guides.comparison.places import Lanes, lanes_of, moved, places_of
from guides.comparison.report import Comparison
from guides.comparison.telling import told
from guides.comparison.words import Piece
from guides.document import Content

__all__ = ["Change", "Comparison", "Part", "Piece", "compare", "told"]


@dataclass(frozen=True)
class _State:
    """One of the two states, as far as one kind of entries is concerned."""

    names: Names
    entries: Mapping[str, Entry]
    titles: Mapping[str, str]
    lanes: Lanes
    places: Mapping[str, str]


def compare(old: Content | None, new: Content) -> Comparison:
    """Return all that the public finds otherwise in `new` than in `old` (None: there was nothing yet).

    Only what staff wrote is compared, not the history that an edition carries.
    """
    names = (names_of(old) if old else {}, names_of(new))
    parts = {
        kind.name: tuple(_parts(kind, _state(kind, old, names[0]), _state(kind, new, names[1])))
        for kind in KINDS
    }
    return Comparison(guide=tuple(_guide(old, new, names)), **parts)


def _guide(old: Content | None, new: Content, names: tuple[Names, Names]) -> Iterator[Part]:
    if changes := tuple(changes_of(GUIDE, old, new, names)):
        yield Part(new["id"], new["title"], _verbs(changes) if old else ("added",), changes)


def _state(kind: Kind, content: Content | None, names: Names) -> _State:
    if content is None:
        return _State(names, {}, {}, {}, {})
    titles, lanes = names[kind.name], lanes_of(kind.name, content)
    return _State(names, kind.by_key(content), titles, lanes, places_of(lanes, titles, names["stages"]))


def _parts(kind: Kind, old: _State, new: _State) -> Iterator[Part]:
    """Yield what there is to say of the entries that came, of those that are gone, and of the others."""
    elsewhere = moved(old.lanes, new.lanes)
    for key in _beside(new, old):
        yield Part(key, new.titles[key], ("added",), (*_place(key, old, new), *_changes(kind, key, old, new)))
    for key in _beside(old, new):
        yield Part(
            key, old.titles[key], ("removed",), (*_place(key, old, new), *_changes(kind, key, old, new))
        )
    for key in (key for key in new.entries if key in old.entries):
        changes = _changes(kind, key, old, new)
        if key in elsewhere:
            yield Part(key, new.titles[key], ("moved", *_verbs(changes)), (*_place(key, old, new), *changes))
        elif changes:
            yield Part(key, new.titles[key], _verbs(changes), changes)


def _beside(state: _State, other: _State) -> list[str]:
    """Return the keys that only `state` has, in its order."""
    return [key for key in state.entries if key not in other.entries]


def _changes(kind: Kind, key: str, old: _State, new: _State) -> tuple[Change, ...]:
    before, after = old.entries.get(key), new.entries.get(key)
    return tuple(changes_of(kind.fields, before, after, (old.names, new.names)))


def _place(key: str, old: _State, new: _State) -> tuple[Change, ...]:
    """Return from where to where an entry came; those of some kinds have no place."""
    before = [Piece("removed", old.places[key])] if key in old.places else []
    after = [Piece("added", new.places[key])] if key in new.places else []
    return (Change("Place", (*before, *after)),) if before or after else ()


def _verbs(changes: Sequence[Change]) -> tuple[Verb, ...]:
    """Return what became of an entry, in the words that say most."""
    telling: dict[Verb, bool] = {
        "renamed": any(change.field in ("Title", "Name") for change in changes),
        "reworded": any(change.is_prose and change.pieces for change in changes),
    }
    return tuple(verb for verb, applies in telling.items() if applies) or (("changed",) if changes else ())
