"""Steps that leave the path, and come back to it."""

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse

from guides import lives
from guides.admin.screens import screen
from guides.admin.staff import staff
from guides.models import Guide, Step
from portal.admin.lives.screen import NoSteps, ask, back, chosen, do, meaning_of, named


@screen("retire/", name="retire", permission="guides.retire_step")
def retire(request: HttpRequest, guide: Guide) -> HttpResponse:
    """Take steps off the path."""
    try:
        steps = chosen(request, guide)
    except NoSteps as none:
        return back(request, guide, none)
    return do(
        request,
        guide,
        lambda version: _retired(request, guide, steps, version),
        words=f"Retired {named(steps)}.",
        before=steps,
    ) or ask(
        request,
        guide,
        title="Retire " + named(steps),
        steps=steps,
        meaning=(
            "Who completed it keeps it: it goes on counting for them, and their page lists it among the "
            "steps that are no longer part of the path. Nobody else is asked for it. It can be put back."
        ),
        impact=meaning_of(guide, lambda: lives.retire(guide, steps, by=None)),
        submit="Retire",
    )


def _retired(request: HttpRequest, guide: Guide, steps: list[Step], version: int) -> list[Step]:
    lives.retire(guide, steps, by=staff(request), version=version)
    return []


@screen("put-back/", name="put_back", permission="guides.retire_step")
def put_back(request: HttpRequest, guide: Guide) -> HttpResponse:
    """Put a retired step back on the path."""
    try:
        [step, *_] = steps = chosen(request, guide, retired=True)
        impact = meaning_of(guide, lambda: lives.put_back(guide, step, by=None))
    except (NoSteps, ValidationError) as error:
        return back(request, guide, " ".join(getattr(error, "messages", [str(error)])))
    return do(
        request,
        guide,
        lambda version: [_put_back(request, guide, step, version)],
        words=f"Put “{step}” back on the path.",
        before=[],
    ) or ask(
        request,
        guide,
        title=f"Put “{step}” back",
        steps=steps[:1],
        meaning=(
            "It stands at the end of its stage again, with its identity: who completed it then has completed "
            "it. Steps that took its place stay on the path."
        ),
        impact=impact,
        submit="Put back",
    )


def _put_back(request: HttpRequest, guide: Guide, step: Step, version: int) -> Step:
    lives.put_back(guide, step, by=staff(request), version=version)
    return step
