"""The page that takes a posting, and shows what it asks for beside what a path teaches."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import RequestDataTooBig, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from accounts.http import LearnerRequest
from accounts.paths import edition_at
from gap.analysis import gap_of
from gap.capped import CappedUpload
from gap.forms import TOO_LONG, PostingForm
from gap.keeping import TooMany, keep
from gap.models import KeptPosting
from gap.origin import is_from_elsewhere
from gap.pieces import pieces_of
from gap.reading import MOST_BYTES
from gap.throttling import is_too_often
from guides.editions import PublicEdition, public_edition
from guides.moves import Moved, leads_on
from portal.errors import error_response
from portal.visitors import page

TEMPLATE = "gap/gap.html"
TITLE = "Skills gap"
ELSEWHERE = (
    "This form was sent from another site, so nothing was read. Open the page here and paste the text."
)
TOO_OFTEN = "That were many postings within a minute. Wait a minute, then send it again."


@csrf_exempt  # see gap.origin
@require_http_methods(["GET", "HEAD", "POST"])
@leads_on
def gap(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask for a posting; read the one that was sent. Nothing of it is stored or logged."""
    if request.method == "POST":
        return _sent(request, slug)
    edition = public_edition(slug)
    if own := _named(request):
        return _read(request, edition.slug, own.text, is_kept=True)
    return page(request, edition.key, TEMPLATE, lambda: _asking(request, edition, PostingForm()))


def _sent(request: HttpRequest, slug: str) -> HttpResponse:
    if is_from_elsewhere(request):
        return error_response(request, HTTPStatus.FORBIDDEN, ELSEWHERE)
    request.upload_handlers = [CappedUpload(MOST_BYTES + 1)]
    refusal = TOO_OFTEN if is_too_often(request) else ""  # before a file is parsed, which costs the most
    try:
        form = PostingForm(request.POST, request.FILES, refusal=refusal)
    except RequestDataTooBig:
        form = PostingForm({})
        form.is_valid()
        form.errors["text"] = form.error_class([TOO_LONG])
        form.is_large = True
    if not form.is_valid():
        return _refused(request, slug, form, _status_of(form))
    return _read(request, slug, form.cleaned_data["posting"])


def _status_of(form: PostingForm) -> HTTPStatus:
    if form.refusal:
        return HTTPStatus.TOO_MANY_REQUESTS
    return HTTPStatus.REQUEST_ENTITY_TOO_LARGE if form.is_large else HTTPStatus.BAD_REQUEST


def _read(request: HttpRequest, slug: str, text: str, *, is_kept: bool = False) -> HttpResponse:
    found = gap_of(text, slug, request.user)
    context = {
        "edition": found.edition,
        "page_title": TITLE,
        "form": PostingForm(initial={"text": text}),
        "gap": found,
        "pieces": pieces_of(text, found),
        "text": text,
        "is_kept": is_kept,
    }
    return _private(render(request, TEMPLATE, context))


def _refused(request: HttpRequest, slug: str, form: PostingForm, status: HTTPStatus) -> HttpResponse:
    context = _asking(request, _edition_at(slug), form)
    return _private(render(request, TEMPLATE, context, status=status))


def _edition_at(slug: str) -> PublicEdition:
    """Return the edition at `slug`, or where the guide is now: leading there would lose what was typed."""
    try:
        return public_edition(slug)
    except Moved as moved:
        return public_edition(moved.slug)


def _private(response: HttpResponse) -> HttpResponse:
    """Say that nobody on the way may store what was pasted."""
    response["Cache-Control"] = "private, no-store"
    return response


def _asking(request: HttpRequest, edition: Any, form: PostingForm) -> dict[str, Any]:
    return {"edition": edition, "page_title": TITLE, "form": form, "kept": _kept(request)}


def _kept(request: HttpRequest) -> list[KeptPosting]:
    """Return what the learner keeps, without the texts; nothing, and no query, for a visitor."""
    if not request.user.is_authenticated:
        return []
    return list(KeptPosting.objects.filter(user=request.user).defer("text"))


def _named(request: HttpRequest) -> KeptPosting | None:
    """Return the kept posting that the address names; None for a visitor. Raises `Http404`."""
    wanted = request.GET.get("kept")
    if not wanted or not request.user.is_authenticated:
        return None
    try:
        return get_object_or_404(KeptPosting, user=request.user, pk=wanted)
    except ValidationError:  # no UUID
        return None


@require_POST
@login_required
def keep_posting(request: LearnerRequest, slug: str) -> HttpResponse:
    """Keep a posting that was read, because the learner asks for that."""
    edition = edition_at(slug, request.user)
    form = PostingForm(request.POST)
    if form.is_valid():
        try:
            kept = keep(request.user, edition.guide_id, form.cleaned_data["posting"])
        except TooMany as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"Kept: {kept.title}. You alone can see it.")
            return redirect(f"{reverse('gap', args=[edition.slug])}?kept={kept.pk}")
    return _refused(request, edition.slug, form, HTTPStatus.BAD_REQUEST)


@require_POST
@login_required
def forget_posting(request: LearnerRequest, slug: str, pk: UUID) -> HttpResponse:
    """Delete a posting that the learner keeps."""
    get_object_or_404(KeptPosting, user=request.user, pk=pk).delete()
    messages.success(request, "Deleted. Nothing of that posting is left here.")
    return redirect("gap", slug=slug)
