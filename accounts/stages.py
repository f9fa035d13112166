"""The stages of a path as its page shows them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.utils.safestring import SafeString

from accounts.credit import declined
from accounts.paths import Path
from accounts.rows import Names, heading, step_html, step_row
from guides.document import Document, StageDocument, StepDocument
from guides.editions import document_of
from guides.progress import Progress
from guides.requirements import hours_of, requirements_of

Row = Callable[[StepDocument], SafeString]


@dataclass(frozen=True)
class StageView:
    """A stage with its rows as HTML; equal views look the same.

    `met` of `total` requirements of the stage are met; `hours` is the effort of the
    shortest way through it.
    """

    number: int
    slug: str
    title: str
    summary: str
    met: int
    total: int
    hours: int
    is_here: bool
    rows: tuple[SafeString, ...]

    @property
    def is_done(self) -> bool:
        return 0 < self.total == self.met


def stages_of(path: Path) -> list[StageView]:
    """Return the stages of `path` as its learner meets them."""
    progress, could_count = path.progress, declined(path)

    def row(step: StepDocument) -> SafeString:
        key = step["id"]
        counted_from = progress.counted_from.get(key, ())
        return step_html(
            path.edition.sha256, key, progress.state(key), counted_from, could_count.get(key, ())
        )

    return _stages(path.document, row, progress)


def stages_for_visitors(sha256: str) -> list[StageView]:
    """Return the stages of the edition with this digest as a visitor meets them."""
    return _stages(document_of(sha256), lambda step: step_html(sha256, step["id"], None))


def stages_in_preview(document: Document, names: Names) -> list[StageView]:
    """Return the stages of `document` as a visitor will meet them; nothing of it is kept."""
    return _stages(document, lambda step: step_row(names, step["id"], None))


def _stages(document: Document, row: Row, progress: Progress | None = None) -> list[StageView]:
    met, total = _counts(document, progress)
    here = _here(document, progress)
    return [
        StageView(
            number=number,
            slug=stage["slug"],
            title=stage["title"],
            summary=stage["summary"],
            met=met.get(stage["id"], 0),
            total=total.get(stage["id"], 0),
            hours=hours_of([stage]),
            is_here=stage["id"] == here,
            rows=tuple(_rows(stage, row)),
        )
        for number, stage in enumerate(document["stages"], start=1)
    ]


def _counts(document: Document, progress: Progress | None) -> tuple[dict[str, int], dict[str, int]]:
    """Return the met and all requirements of each stage, by its id."""
    if progress is None:
        verdicts = tuple((requirement, False) for requirement in requirements_of(document["stages"]))
    else:
        verdicts = progress.requirements
    met: dict[str, int] = {}
    total: dict[str, int] = {}
    for requirement, is_met in verdicts:
        met[requirement.stage] = met.get(requirement.stage, 0) + is_met
        total[requirement.stage] = total.get(requirement.stage, 0) + 1
    return met, total


def _here(document: Document, progress: Progress | None) -> str:
    """Return the id of the stage where the learner goes on: that of the first step of `next`."""
    if not progress or not progress.next:
        return ""
    return next(
        stage["id"]
        for stage in document["stages"]
        if any(step["id"] == progress.next[0] for step in stage["steps"])
    )


def _rows(stage: StageDocument, row: Row) -> Iterator[SafeString]:
    """Yield the rows of a stage: its steps in order, those of a choice together below its headings."""
    shown, is_below = set[str](), False
    for step in stage["steps"]:
        choice = step["choice"]
        if not choice:
            if is_below:
                yield heading("rest", "", 0)
            is_below = False
            yield row(step)
        elif choice not in shown:
            shown.add(choice)
            is_below = True
            yield from _choice(choice, stage["steps"], row)


def _choice(choice: str, steps: list[StepDocument], row: Row) -> Iterator[SafeString]:
    """Yield the rows of a choice: those among `steps` that belong to it, route by route."""
    routes: dict[str, list[StepDocument]] = {}
    for step in steps:
        if step["choice"] == choice:
            routes.setdefault(step["route"], []).append(step)
    yield heading("choice", choice, len(routes))
    for route, members in routes.items():
        yield heading("route", route, len(members))
        yield from (row(step) for step in members)
