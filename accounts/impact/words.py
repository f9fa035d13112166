"""Titles, numbers and verbs in sentences."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from django.contrib.humanize.templatetags.humanize import apnumber

from guides.document import Document, titles_of

UNNAMED = "a step of another guide"  # that no edition shows
TITLES = 4  # that a sentence names at most


def titles_in(*documents: Document) -> Mapping[str, str]:
    """Return the titles of steps by their ids, in the last of `documents` that names them."""
    titles: dict[str, str] = defaultdict(lambda: UNNAMED)
    for document in documents:
        titles.update(titles_of(document))
    return titles


def quoted(titles: Sequence[str]) -> str:
    """Return `titles` in quotes, as a list in a sentence; of very many only the first."""
    some = [f"“{title}”" for title in titles]
    if len(some) > TITLES:
        some = [*some[: TITLES - 1], f"{number(len(some) - TITLES + 1)} others"]
    return listed(some)


def listed(parts: Sequence[str]) -> str:
    """Return `parts` as a list in a sentence."""
    return " and ".join([*([", ".join(parts[:-1])] if parts[:-1] else []), *parts[-1:]])


def number(count: int) -> str:
    """Return `count` in words up to nine, and beyond with its thousands set apart."""
    return str(apnumber(count)) if count < 10 else f"{count:,}"


def are(parts: Sequence[str]) -> str:
    """Return “is” or “are”."""
    return "is" if len(parts) == 1 else "are"


def learners(count: int) -> str:
    """Return how many learners there are."""
    return "1 learner" if count == 1 else f"{count:,} learners"
