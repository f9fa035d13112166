"""Parts of the site that can be searched: each app says what there is, and when it changed."""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass

ANALYSIS = "1"  # raise it whenever `search.words` takes texts apart in another way


@dataclass(frozen=True)
class Draft:
    """What an app says of one thing: plain texts, and the address that it is found at.

    `within` names what it is a part of, which is shown and not searched.
    """

    kind: str
    key: str
    title: str
    text: str
    url: str
    boost: float = 1
    within: str = ""

    @property
    def digest(self) -> str:
        """What differs when anything of this does."""
        said = (ANALYSIS, self.kind, self.key, self.title, self.text, self.url, str(self.boost), self.within)
        return hashlib.sha256("\0".join(said).encode()).hexdigest()


@dataclass(frozen=True)
class Part:
    """Things of some kinds, all of which `drafts` returns.

    `version` returns what differs after each change of them; it is asked at every search, so it is cheap.
    Where two parts have things of one kind, the keys of all but one of them begin with a `prefix` of theirs.
    """

    name: str
    kinds: tuple[str, ...]
    version: Callable[[], str]
    drafts: Callable[[], Iterable[Draft]]
    prefix: str = ""

    def has(self, key: str) -> bool:
        """Whether a thing of one of the `kinds` that has this key is of this part."""
        others = [part.prefix for part in PARTS.values() if part.prefix and part.name != self.name]
        return key.startswith(self.prefix) and not any(key.startswith(prefix) for prefix in others)


PARTS: dict[str, Part] = {}


def register(part: Part) -> None:
    """Let the things of `part` be found."""
    PARTS[part.name] = part
