"""A page of jobs: what is asked for, what of it cannot be answered, and what is found."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import urlencode

from jobs.board import Board, Job

PAGE_SIZE = 25
LONGEST = 200  # characters of a search or a place
SHOWN_PLACES = 200


@dataclass(frozen=True)
class Asked:
    """What an address asks for, and what of it was left out, in sentences."""

    q: str = ""
    place: str = ""
    page: int = 1
    faults: tuple[str, ...] = ()

    @property
    def words(self) -> list[str]:
        return self.q.casefold().split()

    @property
    def is_narrowed(self) -> bool:
        return bool(self.q or self.place)

    def address(self, page: int = 1) -> str:
        """Return the parameters that ask the same; “?” if there are none."""
        said = {"q": self.q, "place": self.place, "page": str(page) if page > 1 else ""}
        return f"?{urlencode({name: value for name, value in said.items() if value})}"


def ask(params: Mapping[str, str]) -> Asked:
    """Return what `params` ask for; parameters of others pass."""
    faults: list[str] = []
    q, place = (_text(params.get(name, ""), name, faults) for name in ("q", "place"))
    return Asked(q, place, _page(params.get("page") or "1", faults), tuple(faults))


def _text(said: str, name: str, faults: list[str]) -> str:
    """Return a text on one line; NUL and other controls are in no job."""
    text = " ".join("".join(" " if ord(letter) < 32 else letter for letter in said).split())
    if len(text) > LONGEST:
        what = "Search for" if name == "q" else "Name a place of"
        faults.append(f"{what} at most {LONGEST} characters. The rest was left out.")
    return text[:LONGEST]


def _page(said: str, faults: list[str]) -> int:
    if said.isascii() and said.isdigit() and len(said) < 7 and int(said):
        return int(said)
    faults.append(f"“{said[:40]}” is no page. Pages are numbered from 1; this is the first.")
    return 1


@dataclass(frozen=True)
class Row:
    """A job and its age in words."""

    job: Job
    age: str


@dataclass(frozen=True)
class Listing:
    """The jobs of a board that were asked for, a page of them."""

    board: Board
    asked: Asked
    today: date
    found: list[Job] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "found", self.board.matching(self.asked.words, self.asked.place))

    @property
    def count(self) -> int:
        return len(self.found)

    @property
    def pages(self) -> int:
        return max(1, -(-self.count // PAGE_SIZE))

    @property
    def page(self) -> int:
        """The page that is shown: the last one, where a later one was asked for."""
        return min(self.asked.page, self.pages)

    @property
    def rows(self) -> list[Row]:
        start = (self.page - 1) * PAGE_SIZE
        return [Row(job, job.age(self.today)) for job in self.found[start : start + PAGE_SIZE]]

    @property
    def places(self) -> list[tuple[str, int]]:
        """The places that can be chosen; what is chosen is always among them."""
        places = list(self.board.places[:SHOWN_PLACES])
        chosen = self.asked.place
        return places if not chosen or chosen in dict(places) else [*places, (chosen, self.count)]

    @property
    def earlier(self) -> str:
        return self.asked.address(self.page - 1) if self.page > 1 else ""

    @property
    def later(self) -> str:
        return self.asked.address(self.page + 1) if self.page < self.pages else ""
