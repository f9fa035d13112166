"""What an outline changes on a path, in words."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from guides.models import Step
from guides.outline.order import moves
from guides.outline.rows import Outline, Path, Row


@dataclass(frozen=True)
class Change:
    """A change in words; of what a `step` says, also the values before and after, by field."""

    words: str
    step: Step | None = None
    before: Mapping[str, Any] = field(default_factory=dict)
    after: Mapping[str, Any] = field(default_factory=dict)


def changes_of(path: Path, outline: Outline) -> Iterator[Change]:
    """Yield all that `outline` changes on `path`, in its order."""
    yield from map(Change, moves(list(path.stages), outline.stages, path.stages.__getitem__))
    for row in outline.path:
        if row != path.row_of(row.step):
            yield _asked(path, row)
    before = path.outline
    for stage in outline.stages:
        old, new = before.steps_of(stage), outline.steps_of(stage)
        stayed = [step for step in old if step in new]
        yield from map(Change, moves(stayed, [step for step in new if step in old], path.steps.__getitem__))


def _asked(path: Path, row: Row) -> Change:
    """Return what a step asks for now, and in which stage."""
    before, after = _values(path, path.row_of(row.step)), _values(path, row)
    names = [name for name in before if before[name] != after[name]]
    words = ", ".join(f"{name} {_word(after[name])}" for name in names)
    step = path.steps[row.step]
    return Change(
        f"“{step}”: {words}.",
        step,
        {name: before[name] for name in names},
        {name: after[name] for name in names},
    )


def _values(path: Path, row: Row) -> dict[str, Any]:
    stage = str(path.stages[row.stage])
    return {"stage": stage, "optional": row.optional, "choice": row.choice, "route": row.route}


def _word(value: str | bool) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"“{value}”" if value else "none"
