"""What a visitor wanted before they had an account: kept through sign-up or log-in, then done."""

import uuid

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.validators import slug_re
from django.http import Http404, HttpRequest
from django.urls import reverse

from accounts.models import User
from accounts.paths import edition_at, steps_for
from accounts.recording import Saying, follow, record
from accounts.saving import offer_named, save
from guides.document import slugs_of, titles_of
from guides.editions import document_of
from guides.models import Edition, Step
from guides.progress import State

SESSION_KEY = "kept"
WISHES = ("step", "follow", "save")  # what forms may name


def keep(request: HttpRequest) -> None:
    """Keep what the form of a visitor names: the `step` to tick, the path to `follow`, what to `save`."""
    wanted = {name: request.POST[name] for name in WISHES if request.POST.get(name)}
    if wanted:
        request.session[SESSION_KEY] = wanted
    else:  # what somebody else left behind in this browser
        request.session.pop(SESSION_KEY, None)


def apply_kept(request: HttpRequest, user: User) -> str | None:
    """Do what was kept and return the address to go on at.

    None if that is where the visitor came from, as after saving; if there was nothing, or nothing any more.
    """
    wanted = request.session.pop(SESSION_KEY, {})
    if offer := offer_named(wanted.get("save", "")):
        save(user, offer)
        messages.success(request, f"Saved for later: {offer}.")
    if step := _step(user, wanted.get("step", "")):
        record(user, [Saying(step.pk, State.DONE)])
        edition = Edition.objects.current().defer("document").get(guide=step.guide_id)
        document, key = document_of(edition.sha256), str(step.pk)
        title = titles_of(document).get(key, step.title)
        messages.success(request, f"Done: {title}.")
        anchor = slugs_of(document).get(key, step.slug)
        return f"{reverse('path', args=[edition.slug])}#step-{anchor}"
    if followed := _edition(user, wanted.get("follow", "")):
        follow(user, followed.guide_id)
        messages.success(request, f"You follow the path “{followed.title}”.")
        return reverse("path", args=[followed.slug])
    return None


def _edition(user: User, slug: str) -> Edition | None:
    try:
        return edition_at(slug, user) if slug_re.fullmatch(slug) else None
    except Http404:
        return None


def _step(user: User, text: str) -> Step | None:
    try:
        return steps_for(user).filter(pk=uuid.UUID(text)).first()
    except (ValueError, ValidationError):
        return None
