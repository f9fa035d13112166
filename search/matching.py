"""Matching: which documents have the terms of a query, and in what order: FTS5 or PostgreSQL's tsvector.

Both index words that `search.words` took apart, so that they find the same; only their ranks differ.
"""

from collections.abc import Collection, Sequence
from typing import NamedTuple

from django.db import connection

from search.models import SearchDocument
from search.queries import Query, Term

DOCUMENTS = SearchDocument._meta.db_table
# Each is asked with an expression; a word in the title counts ten times.
HITS = {
    "sqlite": f"""
        SELECT document.id, document.kind, document.key, document.title_words,
            -bm25(search_index, 10.0, 1.0) * document.boost AS score
        FROM search_index JOIN {DOCUMENTS} document ON document.id = search_index.rowid
        WHERE search_index MATCH %s
    """,  # noqa: S608 (no value in it)
    "postgresql": f"""
        SELECT id, kind, key, title_words,
            ts_rank('{{0.1, 0, 0, 1}}', vector, asked.query, 1) * boost AS score
        FROM {DOCUMENTS}, (SELECT %s::tsquery AS query) asked WHERE vector @@ asked.query
    """,  # noqa: S608 (no value in it)
}
ORDER = "hit.title_words = %s DESC, hit.score DESC, hit.id"
PLACED = f"""
    WITH hit AS MATERIALIZED ({{hits}}), placed AS (
        SELECT hit.id, row_number() OVER ({{partition}} ORDER BY {ORDER}) AS place FROM hit {{only}}
    )
    SELECT document.kind, document.key, document.title, document.text, document.within, document.url
    FROM placed JOIN {DOCUMENTS} document ON document.id = placed.id
    WHERE placed.place > %s AND placed.place <= %s ORDER BY placed.place
"""  # noqa: S608 (no value in it)
KEYS = f"""
    WITH hit AS MATERIALIZED ({{hits}})
    SELECT hit.key FROM hit WHERE hit.kind = %s ORDER BY {ORDER} {{limit}}
"""  # noqa: S608 (no value in it)
COUNTS = {
    "sqlite": f"""
        SELECT document.kind, count(*)
        FROM search_index JOIN {DOCUMENTS} document ON document.id = search_index.rowid
        WHERE search_index MATCH %s GROUP BY document.kind
    """,  # noqa: S608 (no value in it)
    "postgresql": f"SELECT kind, count(*) FROM {DOCUMENTS} WHERE vector @@ %s::tsquery GROUP BY kind",  # noqa: S608 (as above)
}


class Row(NamedTuple):
    """A document that was found."""

    kind: str
    key: str
    title: str
    text: str
    within: str
    url: str


def expression(terms: Sequence[Term], *, each: bool = True) -> str:
    """Return what asks this database for documents that have each of `terms`, or else any of them."""
    write = {"sqlite": _fts5, "postgresql": _tsquery}[connection.vendor]
    joint = {"sqlite": (" OR ", " AND "), "postgresql": (" | ", " & ")}[connection.vendor][each]
    return joint.join(f"({write(term)})" for term in terms)


def _fts5(term: Term) -> str:
    forms = [f'"{form}"' for form in dict.fromkeys((term.word, term.stem))]
    return " OR ".join([*forms, f'"{term.word}"*'] if term.is_prefix else forms)


def _tsquery(term: Term) -> str:
    forms = [f"'{form}'" for form in dict.fromkeys((term.word, term.stem))]
    return " | ".join([*forms, f"'{term.word}':*"] if term.is_prefix else forms)


def counts(asked: str) -> dict[str, int]:
    """Return how many documents of each kind match the expression `asked`."""
    with connection.cursor() as cursor:
        cursor.execute(COUNTS[connection.vendor], [asked])
        return dict(cursor.fetchall())


def ranked(
    query: Query, asked: str, kinds: Collection[str], start: int, stop: int, *, grouped: bool = False
) -> list[Row]:
    """Return the documents that match `asked`, best first: from place `start` to before `stop`.

    The places are those among `kinds` (all, if none is named), or in each kind if `grouped`. A title that is
    just what was asked for comes first.
    """
    only = f"WHERE hit.kind IN ({', '.join(['%s'] * len(kinds))})" if kinds else ""
    partition = "PARTITION BY hit.kind" if grouped else ""
    sql = PLACED.format(hits=HITS[connection.vendor], partition=partition, only=only)
    with connection.cursor() as cursor:
        cursor.execute(sql, [asked, query.title, *kinds, start, stop])
        return [Row(*row) for row in cursor.fetchall()]


def keys(query: Query, asked: str, kind: str, limit: int | None) -> list[str]:
    """Return the keys of the documents of a kind that match `asked`, best first, `limit` at most."""
    sql = KEYS.format(hits=HITS[connection.vendor], limit="" if limit is None else "LIMIT %s")
    with connection.cursor() as cursor:
        cursor.execute(sql, [asked, kind, query.title, *([] if limit is None else [limit])])
        return [key for (key,) in cursor.fetchall()]
