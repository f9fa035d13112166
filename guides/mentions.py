"""What texts name: sources as `[@key]`, pictures as `picture:slug`."""

import re
from collections.abc import Iterable

from portal import markdown

CITATION = re.compile(r"\[@([A-Za-z0-9_-]+)\]")


def cited_keys(texts: Iterable[str]) -> set[str]:
    """Return the keys of all sources that `texts` cite."""
    return {key for text in texts for key in CITATION.findall(text)}


def named_pictures(texts: Iterable[str]) -> set[str]:
    """Return the slugs of all pictures that `texts` show."""
    return {slug for text in texts if "![" in text for slug in markdown.pictures(text)}  # others show none


def numbered(texts: Iterable[str]) -> dict[str, int]:
    """Return the number of each cited source, from 1, in the order in which `texts` first cite them."""
    keys = dict.fromkeys(key for text in texts for key in CITATION.findall(text))
    return {key: number for number, key in enumerate(keys, start=1)}
