"""Places under their full names, and what they lie in."""

from facts.models import Place


def chain_of(place: Place) -> list[Place]:
    """Return `place`, then what it lies in, up to the world."""
    found = [place]
    while (within := found[-1].within) is not None:
        found.append(within)
    return found


def full_name(place: Place) -> str:
    """Return a name that tells a city from others of its name: “Seattle, Washington”."""
    within = place.within
    if place.kind != Place.Kind.CITY or within is None or within.name in place.name or "," in place.name:
        return place.name
    return f"{place.name}, {within.name}"
