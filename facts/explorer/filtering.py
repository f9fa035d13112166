"""Which figures a question lets through. Pure."""

from collections.abc import Callable, Sequence
from datetime import date

from facts.explorer.asked import Asked
from facts.explorer.naming import chain_of
from facts.explorer.places import Words, words_of
from facts.models import Salary
from facts.words import UNDATED


def filtered(
    figures: Sequence[Salary], asked: Asked, today: date, words_in: Callable[[Salary], Words]
) -> Sequence[Salary]:
    """Return the `figures` that all filters of `asked` let through, in the order given.

    All words that are searched for have to begin one of `words_in` a figure.
    """
    if not asked.filters:
        return figures
    words = words_of(asked.search)
    return [
        figure
        for figure in figures
        if (not asked.year or asked.year == (str(figure.year) if figure.year else UNDATED))
        and (not asked.source or asked.source in _keys(figure))
        and (not asked.current or not figure.is_old(today))
        and (not words or _has(words_in(figure), words))
    ]


def _keys(figure: Salary) -> tuple[str, ...]:
    return (figure.source.key, figure.via.key) if figure.via else (figure.source.key,)


def _has(told: Words, words: Words) -> bool:
    return all(any(each.startswith(word) for each in told) for word in words)


def words_in(figure: Salary) -> Words:
    """Return the words that a figure is found by.

    They are those of its places, industry, level, statistic, note and occupation, and of who says it or
    passes it on.
    """
    sources = [figure.source] if figure.via is None else [figure.source, figure.via]
    texts = (
        *(place.name for place in chain_of(figure.place)),
        *(text for source in sources for text in (source.publisher, source.title)),
        figure.industry,
        figure.get_level_display(),
        figure.statistic,
        figure.occupation,
        figure.note,
    )
    return tuple(word for text in texts if text for word in words_of(text))
