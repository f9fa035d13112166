"""An outline, as it is stored and as somebody wants it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from uuid import UUID

from guides.models import Guide, Stage, Step
from guides.outline.order import moved


@dataclass(frozen=True)
class Row:
    """A step on the path: the stage that it stands in, and what it asks for there."""

    step: UUID
    stage: UUID
    optional: bool = False
    choice: str = ""
    route: str = ""


@dataclass(frozen=True)
class Outline:
    """Stages in their order, and the steps of each in theirs; `rows` of different stages may be mixed."""

    stages: tuple[UUID, ...]
    rows: tuple[Row, ...]

    @property
    def path(self) -> list[Row]:
        """The rows in the order of the path."""
        return sorted(self.rows, key=lambda row: self.stages.index(row.stage))

    def steps_of(self, stage: UUID) -> list[UUID]:
        """The steps of `stage`, in order."""
        return [row.step for row in self.rows if row.stage == stage]

    def with_step_moved(self, step: UUID, by: int) -> "Outline":
        """Return the outline with `step` a place up (-1) or down (1), across the border of its stage, too."""
        path = self.path
        at = next(place for place, row in enumerate(path) if row.step == step)
        row, to = path[at], at + by
        if 0 <= to < len(path) and path[to].stage == row.stage:
            path[at], path[to] = path[to], row
            return replace(self, rows=tuple(path))
        stage = self.stages.index(row.stage) + by
        if 0 <= stage < len(self.stages):
            path[at] = replace(row, stage=self.stages[stage])
        return replace(self, rows=tuple(path))

    def with_stage_moved(self, stage: UUID, by: int) -> "Outline":
        """Return the outline with `stage` a place up (-1) or down (1)."""
        return replace(self, stages=moved(self.stages, stage, by))


@dataclass(frozen=True)
class Path:
    """The stored stages of a guide and the steps on its path, by id, each in order."""

    stages: Mapping[UUID, Stage]
    steps: Mapping[UUID, Step]

    @classmethod
    def of(cls, guide: Guide) -> "Path":
        """Return the path of `guide`, in two queries; texts are left for later."""
        steps = guide.steps.live().defer("body", "done_when")
        return cls({stage.pk: stage for stage in guide.stages.all()}, {step.pk: step for step in steps})

    @property
    def outline(self) -> Outline:
        """The outline that it has."""
        return Outline(tuple(self.stages), tuple(self.row_of(step) for step in self.steps))

    def row_of(self, pk: UUID) -> Row:
        """The row of the step with this id."""
        step = self.steps[pk]
        if step.stage_id is None:  # a constraint forbids it
            raise ValueError(f"“{step}” stands in no stage.")
        return Row(pk, step.stage_id, step.optional, step.choice, step.route)
