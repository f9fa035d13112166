"""What the form of an outline sends."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.core.exceptions import BadRequest
from django.http import QueryDict

from guides.outline import Outline, Row

ENOUGH = {
    "retire": (1, "Choose the steps first: tick the box before each of them."),
    "merge": (2, "Choose two steps or more first: tick the box before each of them."),
}


@dataclass(frozen=True)
class Sent:
    """What was typed in every row, and the button that was pressed: its `verb`, and its step or stage."""

    outline: Outline
    chosen: tuple[UUID, ...]
    new_stage: str
    verb: str
    target: UUID | None

    @property
    def lacking(self) -> str:
        """Say what is missing for the button that was pressed; empty if nothing is."""
        needed, words = ENOUGH.get(self.verb, (0, ""))
        if self.verb == "add-stage" and not self.new_stage:
            return "Type the title of the stage first."
        return words if len(self.chosen) < needed else ""


def read(form: QueryDict) -> Sent:
    """Return what a form has sent. Raises `BadRequest` if no form of ours can have sent it."""
    try:
        return _read(form)
    except (ValueError, LookupError) as error:
        raise BadRequest("This is not the form of an outline.") from error


def _read(form: QueryDict) -> Sent:
    stages = tuple(UUID(value) for value in form.getlist("stage"))
    keys = {key: UUID(step) for key, _, step in (value.partition(":") for value in form.getlist("step"))}
    optional = form.getlist("optional")
    rows = tuple(
        Row(
            step,
            stages[int(form.get(f"stage-{key}", ""))],
            key in optional,
            _text(form, f"choice-{key}"),
            _text(form, f"route-{key}"),
        )
        for key, step in keys.items()
    )
    verb, _, at = form.get("do", "save").partition(":")
    return Sent(
        Outline(stages, rows),
        chosen=tuple(keys[key] for key in form.getlist("chosen")),
        new_stage=_text(form, "new_stage"),
        verb=verb,
        target=_target(at, keys, stages),
    )


def _target(at: str, keys: Mapping[str, UUID], stages: tuple[UUID, ...]) -> UUID | None:
    """Return the step or stage that a button is for: a step by its key, a stage by its id."""
    if not at or at in keys:
        return keys.get(at)
    return stages[stages.index(UUID(at))]


def wanted(sent: Sent) -> Outline:
    """Return the outline that the form asks for: what was typed, and then what was pressed."""
    by = {"up": -1, "down": 1}.get(sent.verb)
    if by is None or sent.target is None:
        return sent.outline
    if sent.target in sent.outline.stages:
        return sent.outline.with_stage_moved(sent.target, by)
    return sent.outline.with_step_moved(sent.target, by)


def _text(form: QueryDict, name: str) -> str:
    return form.get(name, "").replace("\0", "").strip()
