"""Ids of places in a text: each but once."""

from itertools import chain, count


def free_name(text: str, seen: set[str]) -> str:
    """Return `text`, with a number if it is in `seen` already, and note it there."""
    names = chain([text], (f"{text}-{number}" for number in count(2)))
    name = next(name for name in names if name not in seen)
    seen.add(name)
    return name
