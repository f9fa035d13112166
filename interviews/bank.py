"""The bank: all questions as pages read them, kept in memory until one changes."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from uuid import UUID

from django.utils.safestring import SafeString

from interviews.models import Question, Topic
from portal import markdown
from search.words import tokens

LEVELS = {value: place for place, value in enumerate(Question.Difficulty.values)}


@dataclass(frozen=True)
class Area:
    """A topic."""

    id: int
    slug: str
    name: str


@dataclass(frozen=True)
class Named:
    """Who names the topic of a question, and what they name."""

    key: str
    publisher: str
    title: str
    url: str
    words: str


@dataclass(frozen=True)
class Entry:
    """A question with its answer; `guides` are the ids of the guides that it belongs to."""

    id: UUID
    slug: str
    text: str
    answer: str
    shows: str
    mistakes: str
    difficulty: str
    kind: str
    topic: Area
    guides: frozenset[UUID]
    named: Named | None
    is_active: bool

    @property
    def kind_words(self) -> str:
        return Question.Kind(self.kind).label

    @cached_property
    def html(self) -> SafeString:
        """The answer, safe to show."""
        return markdown.render(self.answer)

    @cached_property
    def shows_html(self) -> SafeString:
        return markdown.render(self.shows)

    @cached_property
    def mistakes_html(self) -> SafeString:
        return markdown.render(self.mistakes)

    @cached_property
    def words(self) -> str:
        """All words of the question and its answer, folded, each after a blank."""
        said = " ".join((self.text, self.answer, self.shows, self.mistakes, self.topic.name))
        return "".join(f" {token.word}" for token in tokens(said))

    def has(self, words: Iterable[str]) -> bool:
        """Whether each of the folded `words` begins a word of this."""
        return all(f" {word}" in self.words for word in words)


@dataclass(frozen=True)
class Bank:
    """All questions, retired ones too: by topic, and of each the easy ones first."""

    entries: tuple[Entry, ...]
    topics: tuple[Area, ...]
    by_id: dict[UUID, Entry] = field(repr=False)

    def of_guide(self, guide: UUID) -> tuple[Entry, ...]:
        """Return the active questions of a guide."""
        return tuple(entry for entry in self.entries if entry.is_active and guide in entry.guides)

    def public(self, guides: Iterable[UUID]) -> tuple[Entry, ...]:
        """Return the active questions that at least one of `guides` has."""
        known = frozenset(guides)
        return tuple(entry for entry in self.entries if entry.is_active and entry.guides & known)


@lru_cache(maxsize=2)
def bank_at(version: str) -> Bank:
    """Return the bank at the version of `standing`; three queries where this process has not read it yet."""
    topics = {
        pk: Area(pk, slug, name)
        for pk, slug, name in Topic.objects.order_by("position", "name").values_list("pk", "slug", "name")
    }
    places = {pk: place for place, pk in enumerate(topics)}
    guides = _guides()
    rows = Question.objects.order_by().select_related("source")
    entries = [_entry(row, topics[row.topic_id], guides.get(row.pk, frozenset())) for row in rows]
    entries.sort(key=lambda entry: (places[entry.topic.id], LEVELS[entry.difficulty], entry.slug))
    return Bank(tuple(entries), tuple(topics.values()), {entry.id: entry for entry in entries})


def forget() -> None:
    """Forget what was read: a test that is undone takes the version back."""
    bank_at.cache_clear()


def _guides() -> dict[UUID, frozenset[UUID]]:
    """Return the ids of the guides of each question; one query."""
    found: dict[UUID, set[UUID]] = {}
    for question, guide in Question.guides.through.objects.values_list("question", "guide"):
        found.setdefault(question, set()).add(guide)
    return {question: frozenset(guides) for question, guides in found.items()}


def _entry(row: Question, topic: Area, guides: frozenset[UUID]) -> Entry:
    source = row.source
    named = source and Named(source.key, source.publisher, source.title, source.url, row.asked_by)
    return Entry(
        id=row.pk,
        slug=row.slug,
        text=row.text,
        answer=row.answer,
        shows=row.shows,
        mistakes=row.mistakes,
        difficulty=row.difficulty,
        kind=row.kind,
        topic=topic,
        guides=guides,
        named=named or None,
        is_active=row.is_active,
    )
