"""What a row says of one figure, as far as it was understood."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from facts.importing.places import Naming

IDENTITY = (  # with the source, what tells a figure from all others: see the constraint `salary_figure_once`
    "guide",
    "statistic",
    "place",
    "industry",
    "level",
    "occupation_code",
    "year",
    "month",
    "currency",
    "period",
    "note",
)


@dataclass(frozen=True)
class Options:
    """What is said with a file, where its rows do not say it. Keys of sources, slugs of careers and places.

    `codes` gives the careers that each occupation code means; an empty slug is all occupations.
    """

    source: str
    via: str = ""
    guide: str = ""
    codes: dict[str, tuple[str, ...]] = field(default_factory=dict)
    place: str = ""
    statistic: str = ""
    currency: str = ""
    period: str = ""
    year: int | None = None
    month: int | None = None
    retrieved_on: date | None = None  # today
    makes_places: bool = False


@dataclass
class Draft:
    """A figure `at` a place of the file: its `identity` but for place and career, and its `values`.

    `guide` is a slug, or nothing for all occupations; `faults` are columns with reasons, and `told` says
    what was left out or taken off to understand it.
    """

    at: str
    title: str = ""
    guide: str = ""
    where: Naming = field(default_factory=lambda: Naming(""))
    identity: dict[str, Any] = field(default_factory=dict)
    values: dict[str, Any] = field(default_factory=dict)
    retrieved_on: date | None = None
    faults: list[tuple[str, str]] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    passed: str = ""
