"""What becomes of each row: a course is new, changed or the same, or the row is refused."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder


class Verdict(StrEnum):
    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    REFUSED = "refused"


@dataclass(frozen=True)
class Fate:
    """What becomes of a row; `faults` are columns with reasons, `changes` fields with before and after.

    `orders` are what is to be stored: see `storing`. All of it can be written as JSON.
    """

    number: int
    line: int | None
    verdict: Verdict
    title: str = ""
    faults: list[list[str]] = field(default_factory=list)
    changes: dict[str, list[str]] = field(default_factory=dict)
    mended: dict[str, str] = field(default_factory=dict)
    orders: dict[str, Any] = field(default_factory=dict)

    @property
    def place(self) -> str:
        """Where the row stands in the file."""
        other = self.line is not None and self.line != self.number
        return f"row {self.number}" + (f" (line {self.line})" if other else "")

    @property
    def reasons(self) -> list[str]:
        """Why the row is refused, each reason with its column."""
        return [f"{column}: {reason}" if column else reason for column, reason in self.faults]


def write(fates: Iterable[Fate], path: Path) -> None:
    """Write `fates` to `path`, one a line."""
    with path.open("w", encoding="utf-8") as file:
        for fate in fates:
            file.write(json.dumps(vars(fate), ensure_ascii=False, cls=DjangoJSONEncoder) + "\n")


def read(path: Path) -> Iterator[Fate]:
    """Yield what `write` wrote to `path`."""
    with path.open(encoding="utf-8") as file:
        for row in file:
            told = json.loads(row)
            yield Fate(**told | {"verdict": Verdict(told["verdict"])})
