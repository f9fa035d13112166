"""A list of questions as a page shows it: by topic, with filters that say how much each would leave."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from interviews.asking import FILTERS, Asked, Fault, Params, ask, offered
from interviews.bank import Area, Entry

LABELS = {"topic": "Topic", "difficulty": "Difficulty", "kind": "Kind"}


@dataclass(frozen=True)
class Value:
    """A value that a filter offers, and how many questions it leaves under all other filters.

    Its `address` asks for it, or takes it off if it is chosen.
    """

    value: str
    label: str
    count: int
    is_chosen: bool
    address: str


@dataclass(frozen=True)
class Facet:
    """A filter with the values that it offers."""

    name: str
    label: str
    values: tuple[Value, ...]


@dataclass(frozen=True)
class Group:
    """The questions of a topic."""

    topic: Area
    entries: tuple[Entry, ...]


class Listing:
    """What `params` ask of `entries`. Parameters of others pass; wrong values are left out and told."""

    def __init__(self, entries: Sequence[Entry], topics: Iterable[Area], params: Params) -> None:
        self.entries = entries
        self.asked: Asked
        self.faults: list[Fault]
        self.topics = [topic for topic in topics if any(entry.topic == topic for entry in entries)]
        self.asked, self.faults = ask(params, self.topics, also=params)
        self.found = self.asked.answered(entries)

    @property
    def is_plain(self) -> bool:
        """Whether others ask the same, so that the page is worth keeping."""
        return not self.asked.q and not self.faults

    @cached_property
    def groups(self) -> list[Group]:
        return [
            Group(topic, tuple(found)) for topic, found in groupby(self.found, key=lambda entry: entry.topic)
        ]

    @cached_property
    def facets(self) -> list[Facet]:
        """The filters; values that leave nothing are left out unless they are chosen."""
        return [self._facet(name, values) for name, values in offered(self.topics).items()]

    def _facet(self, name: str, values: dict[str, str]) -> Facet:
        chosen = getattr(self.asked, name)
        others = self.asked.but(**{name: ""}).answered(self.entries)
        counts = {value: sum(_value_of(entry, name) == value for entry in others) for value in values}
        shown = [
            Value(
                value,
                label,
                counts[value],
                value == chosen,
                self._address(name, "" if value == chosen else value),
            )
            for value, label in values.items()
            if counts[value] or value == chosen
        ]
        return Facet(name, LABELS[name], tuple(shown))

    def _address(self, name: str, value: str) -> str:
        return self.asked.but(**{name: value}).address

    @property
    def is_narrowed(self) -> bool:
        return any(getattr(self.asked, name) for name in (*FILTERS, "q"))


def _value_of(entry: Entry, name: str) -> str:
    return entry.topic.slug if name == "topic" else str(getattr(entry, name))
