"""Finding: what a query finds in the whole site, on either database."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from search import matching
from search.corrections import likely
from search.freshness import refresh
from search.marks import Pieces, marked, snippet
from search.matching import Row, counts, expression, ranked
from search.queries import Query, parsed


@dataclass(frozen=True)
class Hit:
    """A thing that was found; `key` is its identity among its kind, `within` what it is a part of."""

    kind: str
    key: str
    url: str
    within: str
    title: Pieces
    snippet: Pieces


@dataclass(frozen=True)
class Answer:
    """How a query is answered: by which words, in what sense, and with how many things of each kind.

    `said` is the query as it was typed, `corrected` the one that is answered in its place if it has typos,
    otherwise empty. `is_loose` says that nothing has all words of the query, so that what has any of them is
    given.
    """

    said: str
    query: Query
    asked: str
    counts: dict[str, int]
    corrected: str = ""
    is_loose: bool = False

    def total(self, kinds: Collection[str] = ()) -> int:
        """Return how many things of `kinds` there are; of all, if none is named."""
        return sum(count for kind, count in self.counts.items() if not kinds or kind in kinds)


@dataclass(frozen=True)
class Found(Answer):
    """What was found: those of all that were asked for."""

    hits: tuple[Hit, ...] = ()


class Hits:
    """What an answer has of some kinds, best first, as a paginator takes it: slices query the database."""

    def __init__(self, answer: Answer, kinds: Collection[str] = ()) -> None:
        self.answer, self.kinds = answer, kinds

    def __len__(self) -> int:
        return self.answer.total(self.kinds)

    def __getitem__(self, place: slice) -> list[Hit]:
        if not len(self):
            return []
        rows = ranked(self.answer.query, self.answer.asked, self.kinds, place.start or 0, place.stop)
        return [_hit(row, self.answer.query) for row in rows]


def find(query: str, kinds: Collection[str] = (), *, limit: int = 20, offset: int = 0) -> Found:
    """Return what `query` finds among `kinds` (all, if none is named), best first, from `offset` on."""
    answer = answered(query)
    return _found(answer, Hits(answer, kinds)[offset : offset + limit])


def find_grouped(query: str, *, each: int = 5) -> Found:
    """Return what `query` finds: of each kind the best `each`."""
    answer = answered(query)
    rows = ranked(answer.query, answer.asked, (), 0, each, grouped=True) if answer.counts else []
    return _found(answer, [_hit(row, answer.query) for row in rows])


def ids_of(kind: str, query: str, limit: int | None = None) -> list[str]:
    """Return the keys of the things of `kind` that `query` finds, best first; all, if there is no `limit`."""
    answer = answered(query)
    return matching.keys(answer.query, answer.asked, kind, limit) if answer.counts.get(kind) else []


def answered(text: str) -> Answer:
    """Return how `text` is answered: as it is; else without its typos; else by any of its words."""
    query = parsed(text)
    if not query.terms:
        return Answer(query.text, query, "", {})
    refresh()
    answer = _exact(query)
    if not answer.counts:
        answer = _without_typos(query) or answer
    return answer if answer.counts or len(answer.query.terms) < 2 else _loose(answer)


def _exact(query: Query) -> Answer:
    asked = expression(query.terms)
    return Answer(query.text, query, asked, counts(asked))


def _without_typos(query: Query) -> Answer | None:
    unknown = [term for term in query.terms if not counts(expression([term]))]
    better = likely(query, unknown) if unknown else None
    return replace(_exact(better), said=query.text, corrected=better.text) if better else None


def _loose(answer: Answer) -> Answer:
    asked = expression(answer.query.terms, each=False)
    return replace(answer, asked=asked, counts=counts(asked), is_loose=True)


def _found(answer: Answer, hits: Iterable[Hit]) -> Found:
    return Found(**vars(answer), hits=tuple(hits))


def _hit(row: Row, query: Query) -> Hit:
    return Hit(
        kind=row.kind,
        key=row.key,
        url=row.url,
        within=row.within,
        title=marked(row.title, query.terms),
        snippet=snippet(row.text, query.terms),
    )
