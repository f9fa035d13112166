"""A step that is the same as one of another guide."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse

from guides import lives
from guides.admin.screens import screen
from guides.admin.staff import staff
from guides.models import Guide, Step
from portal.admin.lives.screen import NoSteps, ask, back, chosen, do, meaning_of

SAME = (
    "Who has done the one has done the other, in both guides, whichever they did and whenever. Say this only "
    "of steps that ask for the same thing: it is mended only by retiring one of them and making a new one."
)


class SameForm(forms.Form):
    """The step of another guide."""

    other = forms.ModelChoiceField(
        Step.objects.none(), label="Step of another guide", empty_label="Choose a step"
    )

    def __init__(self, guide: Guide, *args: object) -> None:
        super().__init__(*args)  # type: ignore[arg-type]  # as Django's form takes them
        field = self.fields["other"]
        steps = Step.objects.live().exclude(guide=guide).select_related("guide", "stage")
        steps = steps.order_by("guide__title", "guide", "stage__position", "position")
        field.queryset = steps  # type: ignore[attr-defined]  # of a choice of rows
        field.label_from_instance = lambda step: f"{step.guide}: {step}"  # type: ignore[attr-defined]  # as above


@screen("same-as/", name="same_as", permission="guides.retire_step")
def same_as(request: HttpRequest, guide: Guide) -> HttpResponse:
    """Record that a step is the same as one of another guide; the other is chosen first."""
    try:
        steps = chosen(request, guide)[:1]
    except NoSteps as none:
        return back(request, guide, none)
    [step] = steps
    given = request.POST if request.method == "POST" else request.GET if "other" in request.GET else None
    form = SameForm(guide, given)
    context: dict[str, Any] = {
        "title": f"“{step}” is the same as …",
        "steps": steps,
        "meaning": SAME,
        "choice": form,
    }
    if not form.is_valid():
        return ask(request, guide, **context)
    other = form.cleaned_data["other"]
    try:
        impacts = _impacts(guide, step, other)
    except ValidationError as error:
        form.add_error("other", error)
        return ask(request, guide, **context)
    return do(
        request,
        guide,
        lambda version: [_recorded(request, step, other, version)],
        words=f"Recorded that “{step}” is the same as “{other}” of “{other.guide}”.",
        before=[],
    ) or ask(request, guide, **context, other=other, impacts=impacts, submit="They are the same")


def _impacts(guide: Guide, step: Step, other: Step) -> list[tuple[Guide, Any]]:
    """Return what the record means for those who follow either guide. Raises `ValidationError`."""
    return [
        (each, meaning_of(each, lambda: lives.same_as(step, other, by=None))) for each in (guide, other.guide)
    ]


def _recorded(request: HttpRequest, step: Step, other: Step, version: int) -> Step:
    lives.same_as(step, other, by=staff(request), version=version)
    return step
