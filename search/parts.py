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
    """

    name: str
    kinds: tuple[str, ...]
    version: Callable[[], str]
    drafts: Callable[[], Iterable[Draft]]


PARTS: dict[str, Part] = {}


def register(part: Part) -> None:
    """Let the things of `part` be found."""
    PARTS[part.name] = part
