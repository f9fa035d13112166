"""What becomes of each figure, kept in a file: a table may have a hundred thousand."""

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
    REMOVED = "removed"
    REFUSED = "refused"
    PASSED = "passed over"


WRITTEN = (Verdict.NEW, Verdict.CHANGED, Verdict.REMOVED)


@dataclass(frozen=True)
class Fate:
    """What becomes of a figure: `place` is where it stands in the file, `title` what it is of.

    `faults` are columns with reasons, `told` what was left out or taken off, `changes` fields with before and
    after. `orders` are what is to be stored: the `pk` of what is there, `fields`, and the slug of a `place`.
    """

    place: str
    verdict: Verdict
    title: str = ""
    faults: list[list[str]] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    changes: dict[str, list[str]] = field(default_factory=dict)
    orders: dict[str, Any] = field(default_factory=dict)

    @property
    def reasons(self) -> list[str]:
        """Why it is refused, each reason with its column."""
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
