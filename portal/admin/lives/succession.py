"""Steps that take the place of others: split, merge, replace."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminIntegerFieldWidget, AdminTextareaWidget, AdminTextInputWidget
from django.http import HttpRequest, HttpResponse

from guides import lives
from guides.admin.screens import screen
from guides.admin.staff import staff
from guides.lives import Part
from guides.models import Guide, Step
from portal.admin.lives.screen import NoSteps, ask, back, chosen, do, meaning_of, named

FEWEST, MOST = 2, 6  # parts of a step that is split


@dataclass(frozen=True)
class Succession:
    """A way in which steps take the place of others: its words, and of how many steps."""

    verb: str
    done: str
    meaning: str
    old: int = 1
    is_split: bool = False


SPLIT = Succession(
    "Split",
    "Split",
    "Who completed it has completed each of the new steps, and who completes all of the new steps has "
    "completed it. The new steps stand in its place and name what it named.",
    is_split=True,
)
MERGE = Succession(
    "Merge",
    "Merged",
    "Who completed all of them has completed the new step, and who completes the new step has completed each "
    "of them. Who completed some keeps these: they go on counting until the new step is done.",
    old=2,
)
REPLACE = Succession(
    "Replace",
    "Replaced",
    "Who completed it has completed the new step, and the other way round. Replace a step when it becomes "
    "another thing to do; to word it better, edit it.",
)


class PartForm(forms.ModelForm):
    """What a new step says."""

    class Meta:
        model = Step
        fields = ("title", "body", "done_when", "effort_hours")
        widgets = {
            "title": AdminTextInputWidget,
            "body": AdminTextareaWidget,
            "done_when": AdminTextInputWidget,
            "effort_hours": AdminIntegerFieldWidget,
        }

    def part(self) -> Part:
        return Part(**self.cleaned_data)


@screen("split/", name="split", permission="guides.retire_step")
def split(request: HttpRequest, guide: Guide) -> HttpResponse:
    """Let several steps take the place of one."""
    return _succession(request, guide, SPLIT)


@screen("merge/", name="merge", permission="guides.retire_step")
def merge(request: HttpRequest, guide: Guide) -> HttpResponse:
    """Let one step take the place of several."""
    return _succession(request, guide, MERGE)


@screen("replace/", name="replace", permission="guides.retire_step")
def replace(request: HttpRequest, guide: Guide) -> HttpResponse:
    """Let one step take the place of another."""
    return _succession(request, guide, REPLACE)


def _succession(request: HttpRequest, guide: Guide, kind: Succession) -> HttpResponse:
    try:
        steps = chosen(request, guide, at_least=kind.old)
    except NoSteps as none:
        return back(request, guide, none)
    steps = steps if kind.old > 1 else steps[:1]
    forms_ = _forms(request, steps, _count(request) if kind.is_split else 1)
    return _done(request, guide, kind, steps, forms_) or ask(
        request,
        guide,
        title=f"{kind.verb} {named(steps)}",
        steps=steps,
        meaning=kind.meaning,
        impact=_impact(guide, steps, len(forms_)),
        forms=forms_,
        submit=kind.verb,
        can_add=kind.is_split and len(forms_) < MOST,
    )


def _count(request: HttpRequest) -> int:
    """Return how many parts the form has; “another part” asks for one more."""
    asked = request.POST.get("parts", "")
    count = int(asked) if asked in map(str, range(FEWEST, MOST + 1)) else FEWEST
    return min(count + ("more" in request.POST), MOST)


def _forms(request: HttpRequest, steps: Sequence[Step], count: int) -> list[PartForm]:
    """Return the forms of the new steps, with what was typed, or what the old steps say for the first."""
    if request.method != "POST":
        given = [_said(steps), *[{}] * (count - 1)]
        return [PartForm(prefix=f"part-{number}", initial=said) for number, said in enumerate(given)]
    if "more" in request.POST:  # nothing is asked of what was typed yet
        return [PartForm(prefix=f"part-{number}", initial=_typed(request, number)) for number in range(count)]
    return [PartForm(request.POST, prefix=f"part-{number}") for number in range(count)]


def _said(steps: Sequence[Step]) -> dict[str, Any]:
    """Return what the first new step may begin with."""
    hours = [step.effort_hours for step in steps if step.effort_hours]
    return {
        "title": steps[0].title if len(steps) == 1 else "",
        "body": "\n\n".join(step.body for step in steps if step.body),
        "done_when": steps[0].done_when if len(steps) == 1 else "",
        "effort_hours": sum(hours) if hours else None,
    }


def _typed(request: HttpRequest, number: int) -> dict[str, Any]:
    return {field: request.POST.get(f"part-{number}-{field}", "") for field in PartForm.Meta.fields}


def _done(
    request: HttpRequest, guide: Guide, kind: Succession, steps: list[Step], forms_: list[PartForm]
) -> HttpResponse | None:
    """Do it if the forms are filled in; None if something is left to say."""
    if any([not form.is_valid() for form in forms_]):  # noqa: C419 (each form is to say what it lacks)
        return None
    parts = [form.part() for form in forms_]
    return do(
        request,
        guide,
        lambda version: lives.succeed(guide, steps, parts, by=staff(request), version=version),
        words=f"{kind.done} {named(steps)}.",
        before=steps,
    )


def _impact(guide: Guide, steps: list[Step], count: int) -> Any:
    parts = [Part(title=f"Part {number}") for number in range(1, count + 1)]
    return meaning_of(guide, lambda: lives.succeed(guide, steps, parts, by=None))
