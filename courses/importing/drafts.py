"""What a row says of a course, field by field, as far as it was understood."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from courses.importing.cleaning import key
from courses.importing.reading import Row


@dataclass(frozen=True)
class Options:
    """What is said with a file: whose figures, read when, which currency is meant where none is named."""

    source: str = ""
    retrieved_on: date | None = None  # today
    currency: str = ""


@dataclass
class Draft:
    """What a row gives; what it does not give is missing, or None."""

    row: Row
    slug: str = ""
    fields: dict[str, Any] = field(default_factory=dict)
    provider: str = ""
    platform: str = ""
    skills: list[str] | None = None
    leads_to: list[str] | None = None
    figures: dict[str, Any] = field(default_factory=dict)
    source: str = ""
    source_url: str = ""
    retrieved_on: date = date.min
    faults: list[tuple[str, str]] = field(default_factory=list)
    mended: dict[str, str] = field(default_factory=dict)
    broken: str = ""  # the column of a title whose letters are

    @property
    def title(self) -> str:
        return self.fields.get("title", "")

    @property
    def names(self) -> dict[str, list[str]]:
        """What the row names of other things of the catalog, by fields."""
        single = {name: [text] for name in ("provider", "platform") if (text := getattr(self, name))}
        return single | {"skills": self.skills or [], "leads_to": self.leads_to or []}

    @property
    def has_figures_alone(self) -> bool:
        """Whether the row gives figures, and else no more than what its course is called."""
        return bool(self.figures) and not (self.skills or self.leads_to or self.fields.keys() - {"title"})

    @property
    def said(self) -> tuple[Any, ...]:
        """All that the row says, to be compared with another row."""
        called = (self.slug, *map(key, (self.title, self.provider, self.platform)))
        fields = sorted((name, value) for name, value in self.fields.items() if name != "title")
        whence = (key(self.source), self.source_url, self.retrieved_on) if self.figures else ()
        return (*called, self.skills, self.leads_to, fields, sorted(self.figures.items()), *whence)
