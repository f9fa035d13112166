"""Lists from A to Z."""

from collections.abc import Iterable

from guides.models import Edition


def by_letter(editions: Iterable[Edition]) -> list[tuple[str, list[Edition]]]:
    """Return editions by their first letter: once each, though databases may sort É among E."""
    letters: dict[str, list[Edition]] = {}
    for edition in editions:
        letters.setdefault(edition.title[:1].upper(), []).append(edition)
    return list(letters.items())
