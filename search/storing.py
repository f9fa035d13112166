"""Storing: documents and the count of their words, both within the transaction of who calls."""

from collections import Counter
from collections.abc import Iterable, Sequence

from django.db import connection
from django.db.models import QuerySet

from search.models import SearchDocument, Word
from search.parts import Draft
from search.words import indexed, vocabulary

WRITTEN = ("title", "text", "within", "url", "boost", "digest", "title_words", "text_words")
LONGEST = 50_000  # characters of a text that can be found; PostgreSQL takes a megabyte of words
ROWS = 400  # of words in one statement


def store(drafts: Sequence[Draft]) -> None:
    """Write the documents of `drafts`, some hundred, in the place of earlier ones."""
    names = {(draft.kind, draft.key) for draft in drafts}
    likely = SearchDocument.objects.filter(key__in=[key for _, key in names])
    old = [pk for kind, key, pk in likely.values_list("kind", "key", "pk") if (kind, key) in names]
    words = Counter(word for draft in drafts for word in _words(draft.title, draft.text))
    words.subtract(_words_of(SearchDocument.objects.filter(pk__in=old)))
    SearchDocument.objects.bulk_create(
        [_document(draft) for draft in drafts],
        update_conflicts=True,
        unique_fields=["kind", "key"],
        update_fields=WRITTEN,
    )
    _count(words)


def remove(pks: Sequence[int]) -> None:
    """Remove the documents with these primary keys, some hundred."""
    documents = SearchDocument.objects.filter(pk__in=pks)
    words = _words_of(documents)
    documents.delete()
    _count(Counter({word: -count for word, count in words.items()}))


def _document(draft: Draft) -> SearchDocument:
    return SearchDocument(
        kind=draft.kind,
        key=draft.key,
        title=draft.title,
        text=draft.text,
        within=draft.within,
        url=draft.url,
        boost=draft.boost,
        digest=draft.digest,
        title_words=indexed(draft.title),
        text_words=indexed(draft.text[:LONGEST]),
    )


def _words_of(documents: QuerySet[SearchDocument]) -> Counter[str]:
    """Return in how many of `documents` each word stands."""
    texts: Iterable[tuple[str, str]] = documents.values_list("title", "text")
    return Counter(word for title, text in texts for word in _words(title, text))


def _words(title: str, text: str) -> set[str]:
    return vocabulary(f"{title} {text[:LONGEST]}")


def _count(changes: Counter[str]) -> None:
    """Add to the words how many more, or fewer, documents have them."""
    rows = sorted((word, change) for word, change in changes.items() if change)
    table = Word._meta.db_table
    with connection.cursor() as cursor:
        for start in range(0, len(rows), ROWS):
            some = rows[start : start + ROWS]
            places = ", ".join(["(%s, %s)"] * len(some))
            cursor.execute(
                f"INSERT INTO {table} (word, documents) VALUES {places}"  # noqa: S608 (no value in it)
                f" ON CONFLICT (word) DO UPDATE SET documents = {table}.documents + excluded.documents",
                [value for row in some for value in row],
            )
    if rows:
        Word.objects.filter(documents__lte=0).delete()
