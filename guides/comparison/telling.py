"""All that a state of a guide says, field by field, for a log that tells before and after. Pure."""

from collections.abc import Iterator

from guides.comparison.fields import Entry, Field, Names, held
from guides.comparison.kinds import GUIDE, KINDS, names_of
from guides.comparison.places import lanes_of, places_of
from guides.document import Content

Told = dict[str, str]


def told(old: Content | None, new: Content) -> tuple[Told, Told]:
    """Return what `old` (None: there was nothing) and `new` say, under names such as “step “Git”: Text”.

    What both have is named as `old` calls it, so that a new title stands beside the one before it.
    """
    names = (names_of(old) if old else {}, names_of(new))
    titles = {kind.name: {**names[1][kind.name], **names[0].get(kind.name, {})} for kind in KINDS}
    return dict(_told(old, names[0], titles)) if old else {}, dict(_told(new, names[1], titles))


def _told(content: Content, names: Names, titles: Names) -> Iterator[tuple[str, str]]:
    yield from _fields("guide", GUIDE, content, names)
    for kind in KINDS:
        places = places_of(lanes_of(kind.name, content), names[kind.name], names["stages"])
        for key, entry in kind.by_key(content).items():
            name = f"{kind.name.removesuffix('s')} “{titles[kind.name][key]}”"
            yield from _fields(name, kind.fields, entry, names)
            if key in places:
                yield f"{name}: Place", places[key]


def _fields(name: str, fields: tuple[Field, ...], entry: Entry, names: Names) -> Iterator[tuple[str, str]]:
    for field in fields:
        value = entry.get(field.name, "")
        if words := value if field.values is None else ", ".join(held(field, value, names).values()):
            yield f"{name}: {field.label}", words
