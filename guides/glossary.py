"""The words that guides explain, all together."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from django.utils.safestring import SafeString, mark_safe

from guides.document import Document
from guides.landscape import public_documents
from guides.mentions import CITATION
from guides.places import public_places
from portal import markdown

ENTRY = re.compile(r'<dt id="([^"]+)">(.*?)</dt>\s*<dd>(.*?)</dd>', re.DOTALL)
TAG = re.compile(r"<[^>]+>")


@dataclass(frozen=True)
class Meaning:
    """What some guides mean by a word; `guides` are their titles, with the addresses of the entries there."""

    html: SafeString
    guides: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Word:
    """A word; where guides explain it differently, the meanings stand side by side."""

    term: str
    place: str
    meanings: tuple[Meaning, ...]

    @property
    def letter(self) -> str:
        """The letter that it stands under."""
        return self.term[0].upper() if self.term[0].isalpha() else "#"


@lru_cache(maxsize=4)
def words_of(digests: tuple[str, ...]) -> tuple[Word, ...]:
    """Return the words that the public editions, which have these digests, explain, from A to Z."""
    return explained(public_documents())


def explained(documents: Iterable[Document]) -> tuple[Word, ...]:
    """Return the words that `documents` explain, from A to Z."""
    found: dict[str, list[tuple[str, str, str, tuple[str, str]]]] = defaultdict(list)
    for document in documents:
        for place, term, meaning in _entries(document):
            address = f"{public_places(document['slug']).guide}#{place}"
            found[term.casefold()].append((term, place, meaning, (document["title"], address)))
    return tuple(_word(found[key]) for key in sorted(found))


def _entries(document: Document) -> Iterator[tuple[str, str, str]]:
    """Yield the id, the words and the meaning of each entry; sources are cited in the guide itself."""
    guide = public_places(document["slug"]).guide
    for section in document["sections"]:
        html = markdown.render(CITATION.sub("", section["body"]), page=guide)
        for place, term, meaning in ENTRY.findall(html):
            yield place, " ".join(TAG.sub("", term).split()), meaning.strip()


def _word(entries: list[tuple[str, str, str, tuple[str, str]]]) -> Word:
    meanings: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for _, _, meaning, guide in entries:
        meanings[TAG.sub("", meaning)].append(guide)
    shown = {TAG.sub("", meaning): meaning for _, _, meaning, _ in reversed(entries)}
    term, place, _, _ = entries[0]
    return Word(
        term,
        place,
        tuple(
            Meaning(mark_safe(shown[words]), tuple(guides))  # noqa: S308 (rendered and sanitised above)
            for words, guides in meanings.items()
        ),
    )
