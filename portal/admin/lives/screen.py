"""What the screens about the lives of steps have in common."""

from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from accounts.impact import Impact, impact_of
from guides.admin.screens import show, version_of
from guides.admin.staff import staff
from guides.editing import Outdated
from guides.models import Guide, Step
from guides.publishing import current_document, next_document_of
from guides.working_copy import content_of
from guides.writing.rehearsing import rehearsing
from portal.log import log

OUTLINE = "admin:guides_guide_outline"


class NoSteps(Exception):
    """The steps that were chosen are too few, or not where they were."""


def chosen(request: HttpRequest, guide: Guide, *, at_least: int = 1, retired: bool = False) -> list[Step]:
    """Return the steps of `guide` that `step` names in the query or the form, in the order of the path.

    Raises `NoSteps`, with words for the editor, if there are fewer than `at_least` or one is elsewhere.
    """
    wanted = set(filter(None, map(_uuid, _named(request))))
    steps = list(
        guide.steps.filter(pk__in=wanted, retired_at__isnull=not retired)
        .select_related("guide", "stage")
        .order_by("stage__position", "position", "slug")
    )
    if len(steps) < max(at_least, len(_named(request))):
        where = "among the retired steps" if retired else "on the path"
        raise NoSteps(
            f"Choose {'a step' if at_least == 1 else f'at least {at_least} steps'} {where}; "
            "what was chosen is not there, or no longer."
        )
    return steps


def _named(request: HttpRequest) -> list[str]:
    return list(dict.fromkeys([*request.GET.getlist("step"), *request.POST.getlist("step")]))


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def back(request: HttpRequest, guide: Guide, why: object) -> HttpResponse:
    """Lead back to the path, with the reason why nothing was done."""
    messages.error(request, str(why))
    return redirect(OUTLINE, guide.pk)


def meaning_of(guide: Guide, change: Callable[[], object]) -> Impact:
    """Return what `change` to the working copy will mean for learners, beside all else that was changed.

    The change is made, looked at, and taken back. Raises what `change` raises.
    """
    current = current_document(guide)
    before = next_document_of(guide, content_of(guide), current)
    with rehearsing():
        change()
        after = next_document_of(guide, content_of(guide), current)
    return impact_of(guide, before, after)


def ask(
    request: HttpRequest, guide: Guide, *, title: str, steps: Iterable[Step], **context: Any
) -> HttpResponse:
    """Return the page that asks whether to do it; `context` has what `studio/life.html` lists.

    It asks anew, with all that was typed, where the working copy was changed meanwhile.
    """
    if request.method == "POST" and version_of(request) != guide.version:
        messages.error(request, str(Outdated(guide)))
    return show(request, guide, "studio/life.html", title=title, tab="path", steps=steps, **context)


def do(
    request: HttpRequest,
    guide: Guide,
    change: Callable[[int], Iterable[Step]],
    *,
    words: str,
    before: Iterable[Step],
) -> HttpResponse | None:
    """Make a change that starts from the posted version, log it, and lead back to the path.

    `change` returns the steps that there are for the ones `before`. Returns None if nothing was posted, and,
    with a message, if the change is refused.
    """
    if request.method != "POST":
        return None
    names = {"steps": [step.title for step in before]}
    try:
        with transaction.atomic():
            after = list(change(version_of(request)))
            log(staff(request), guide, words, before=names, after={"steps": [step.title for step in after]})
    except Outdated:
        guide.refresh_from_db()  # `ask` says what came between
        return None
    except ValidationError as error:
        for message in error.messages:
            messages.error(request, message)
        return None
    messages.success(request, _told(words, after))
    return redirect(OUTLINE, guide.pk)


def _told(words: str, steps: Iterable[Step]) -> SafeString:
    """Say what was done, with links to the steps that there are now."""
    links = ((reverse("admin:guides_step_change", args=[step.pk]), step.title) for step in steps)
    edit = format_html_join(", ", '<a href="{}">{}</a>', links)
    tail = format_html_join("", " Edit it: {}.", [(edit,)] if edit else [])
    return format_html_join("", "{}{}", [(f"{words} Readers see it with the next edition.", tail)])


def named(steps: list[Step]) -> str:
    """Return the titles of `steps` as a sentence has them."""
    titles = [f"“{step}”" for step in steps]
    return titles[0] if len(titles) == 1 else f"{', '.join(titles[:-1])} and {titles[-1]}"
