"""A question to the explorer that was understood, and the addresses of questions like it."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from facts.explorer.asking import Explore
from facts.models import Place


@dataclass(frozen=True)
class Asked:
    """What was asked, without what could not be understood."""

    place: Place | None = None
    level: str = ""
    search: str = ""
    source: str = ""
    year: str = ""
    current: bool = False
    sort: str = ""
    section: str = ""
    page: int = 1
    said_place: str = ""

    @classmethod
    def by(cls, form: Explore) -> "Asked":
        form.full_clean()
        said = {name: value for name, value in form.cleaned_data.items() if value not in (None, "", False)}
        return cls(**said, said_place=form.data.get("place", "") if "place" in said else "")

    @property
    def is_about_somebody(self) -> bool:
        return bool(self.place or self.level)

    @property
    def filters(self) -> bool:
        return bool(self.search or self.source or self.year or self.current)

    def address(self, **changed: Any) -> str:
        """Return the parameters of this question with some `changed`, in one order; “?” if there are none."""
        said: dict[str, Any] = {
            "place": self.said_place,
            "level": self.level,
            "search": self.search,
            "source": self.source,
            "year": self.year,
            "current": "on" if self.current else "",
            "sort": self.sort,
            "section": self.section,
            "page": "",
        }
        return "?" + urlencode({name: value for name, value in (said | changed).items() if value})

    @property
    def of_filters(self) -> str:
        """The parameters of the filters and the order alone: what a file of the figures takes."""
        return self.address(place="", level="", section="")
