"""What the screen of an outline shows."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from guides.admin.outline.form import Sent
from guides.checks import Finding
from guides.models import Guide, Stage, Step
from guides.outline import Outline, Path, Row


@dataclass(frozen=True)
class Focus:
    """The step or stage, by its id, where a button brought somebody back, and which button that was."""

    at: str = ""
    pressed: str = ""

    def on(self, pk: UUID, *, is_first: bool, is_last: bool) -> str:
        """Return what has the focus at `pk`: "up", "down", "title" or nothing; at an end a button lacks."""
        if self.at != str(pk):
            return ""
        there = [*([] if is_first else ["up"]), *([] if is_last else ["down"]), "title"]
        return self.pressed if self.pressed in there else there[0] if self.pressed else "title"


@dataclass(frozen=True)
class StepView:
    """A step in the outline, at `stage` of the list of stages.

    Its fields have the number `key` in their names: an id in each of them would be a third of a long page.
    """

    key: int
    step: Step
    row: Row
    stage: int
    is_first: bool
    is_last: bool
    is_chosen: bool
    fault: str
    focus: str


@dataclass(frozen=True)
class StageView:
    """A stage in the outline, with its steps."""

    stage: Stage
    number: int
    steps: tuple[StepView, ...]
    is_first: bool
    is_last: bool
    fault: str
    focus: str


@dataclass(frozen=True)
class OutlineView:
    """All that the screen shows; `choices` and `routes` are those in use, to choose from while typing."""

    stages: tuple[StageView, ...]
    retired: tuple[Step, ...]
    choices: tuple[str, ...]
    routes: tuple[str, ...]
    findings: Sequence[Finding]
    new_stage: str

    @property
    def total(self) -> int:
        """How many steps are on the path."""
        return sum(len(stage.steps) for stage in self.stages)


def view_of(guide: Guide, focus: Focus, sent: Sent | None, findings: Sequence[Finding]) -> OutlineView:
    """Return the outline of `guide` as it is stored, or as it was `sent` where that was refused."""
    path = Path.of(guide)
    outline = sent.outline if sent and _fits(path, sent.outline) else path.outline
    faults = {finding.where: finding.message for finding in findings}
    steps = list(_steps(path, outline, focus, sent.chosen if sent else (), faults))
    return OutlineView(
        stages=tuple(_stages(path, outline, focus, steps, faults)),
        retired=tuple(guide.steps.exclude(retired_at=None).order_by("title").only("title", "retired_at")),
        choices=tuple(sorted({row.choice for row in outline.rows if row.choice})),
        routes=tuple(sorted({row.route for row in outline.rows if row.route})),
        findings=findings,
        new_stage=sent.new_stage if sent else "",
    )


def _fits(path: Path, outline: Outline) -> bool:
    """Whether an outline that was sent names just what there is, so that it can be shown again."""
    return (
        set(outline.stages) == path.stages.keys() and {row.step for row in outline.rows} == path.steps.keys()
    )


def _steps(
    path: Path, outline: Outline, focus: Focus, chosen: Sequence[UUID], faults: Mapping[str, str]
) -> Iterator[StepView]:
    rows = outline.path
    for place, row in enumerate(rows):
        is_first = place == 0 and row.stage == outline.stages[0]
        is_last = place == len(rows) - 1 and row.stage == outline.stages[-1]
        yield StepView(
            key=place,
            step=path.steps[row.step],
            row=row,
            stage=outline.stages.index(row.stage),
            is_first=is_first,
            is_last=is_last,
            is_chosen=row.step in chosen,
            fault=faults.get(str(row.step), ""),
            focus=focus.on(row.step, is_first=is_first, is_last=is_last),
        )


def _stages(
    path: Path, outline: Outline, focus: Focus, steps: Sequence[StepView], faults: Mapping[str, str]
) -> Iterator[StageView]:
    for number, pk in enumerate(outline.stages):
        is_first, is_last = number == 0, number == len(outline.stages) - 1
        yield StageView(
            stage=path.stages[pk],
            number=number,
            steps=tuple(step for step in steps if step.stage == number),
            is_first=is_first,
            is_last=is_last,
            fault=faults.get(str(pk), ""),
            focus=focus.on(pk, is_first=is_first, is_last=is_last),
        )
