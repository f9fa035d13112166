"""What is asked of the questions, as an address says it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Protocol
from urllib.parse import urlencode

from interviews.bank import Area, Entry
from interviews.models import Question
from search.words import tokens

LONGEST = 200  # characters of a search
FILTERS = ("topic", "difficulty", "kind")


class Params(Protocol):
    """The parameters of an address, each with its values: Django's `QueryDict`."""

    def getlist(self, key: str) -> list[str]: ...
    def __iter__(self) -> Iterator[str]: ...


@dataclass(frozen=True)
class Fault:
    """A parameter that cannot be answered, and what to do."""

    name: str
    message: str


@dataclass(frozen=True)
class Asked:
    """What is asked: a topic by its slug, a difficulty, a kind, and words; empty for any."""

    topic: str = ""
    difficulty: str = ""
    kind: str = ""
    q: str = ""

    def answered(self, entries: Iterable[Entry]) -> list[Entry]:
        """Return those of `entries` that this asks for, in their order."""
        words = [token.word for token in tokens(self.q, ends=False)]
        return [entry for entry in entries if self._fits(entry) and entry.has(words)]

    def _fits(self, entry: Entry) -> bool:
        return (
            self.topic in ("", entry.topic.slug)
            and self.difficulty in ("", entry.difficulty)
            and self.kind in ("", entry.kind)
        )

    def but(self, **values: str) -> "Asked":
        """Return this with other values."""
        return replace(self, **values)

    @property
    def address(self) -> str:
        """The parameters in one order, so that the same is asked at one address."""
        pairs = {name: getattr(self, name) for name in (*FILTERS, "q")}
        said = urlencode({name: value for name, value in pairs.items() if value})
        return f"?{said}" if said else ""


def offered(topics: Sequence[Area]) -> dict[str, dict[str, str]]:
    """Return the values of each filter, with their words."""
    return {
        "topic": {topic.slug: topic.name for topic in topics},
        "difficulty": {value: str(label) for value, label in Question.Difficulty.choices},
        "kind": {value: str(label) for value, label in Question.Kind.choices},
    }


def ask(params: Params, topics: Sequence[Area], *, also: Iterable[str] = ()) -> tuple[Asked, list[Fault]]:
    """Return what `params` ask, and what of it cannot be answered and is left out.

    `also` are parameters that somebody else reads.
    """
    known = (*FILTERS, "q", *also)
    faults = [_unknown(name, known) for name in params if name not in known]
    values = {
        name: _value(name, params.getlist(name), choices, faults) for name, choices in offered(topics).items()
    }
    return Asked(**values, q=_words(params.getlist("q"), faults)), faults


def _unknown(name: str, known: Iterable[str]) -> Fault:
    said = ", ".join(dict.fromkeys(known))
    return Fault(name, f"There is no parameter “{name[:40]}”. Use some of {said}.")


def _value(name: str, given: Sequence[str], choices: dict[str, str], faults: list[Fault]) -> str:
    """Return the one value of a filter; empty where it is refused."""
    said = [value for value in given if value]
    if len(said) > 1:
        faults.append(Fault(name, f"Give “{name}” once."))
    value = said[-1] if said else ""
    if value and value not in choices:
        faults.append(
            Fault(name, f"There is no {name} “{value[:40]}” here. Use one of {', '.join(choices)}.")
        )
        return ""
    return value


def _words(given: Sequence[str], faults: list[Fault]) -> str:
    said = given[-1].replace("\0", "").strip() if given else ""
    if len(given) > 1:
        faults.append(Fault("q", "Give “q” once."))
    if len(said) > LONGEST:
        faults.append(Fault("q", f"Search for at most {LONGEST} characters."))
    return said[:LONGEST]
