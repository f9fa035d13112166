"""Editions in the studio: those of a guide, and what differs between any two states of it."""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django.contrib import admin
from django.core.paginator import Paginator
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from guides.admin.screens import screen, show
from guides.comparison import compare
from guides.document import Content, parsed
from guides.models import Edition, Guide
from guides.models.edition import IS_SHOWN
from guides.working_copy import content_of

WORKING_COPY = "working-copy"
PER_PAGE = 50


class ReadOnlyAdmin(admin.ModelAdmin):
    """Something that can be looked at and not changed."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Edition)
class EditionAdmin(ReadOnlyAdmin):
    """The editions of all guides; what one says and changed is told on the screens of its guide."""

    list_display = ("guide", "number", "live_at", "cancelled_at", "author", "note")
    list_filter = ("guide",)
    list_select_related = ("guide", "author")
    fields = ("guide", "number", "screens", "title", "live_at", "cancelled_at", "author", "note", "sha256")
    readonly_fields = ("screens",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Edition]:
        return super().get_queryset(request).defer("document")

    @admin.display(description="more")
    def screens(self, edition: Edition) -> SafeString:
        editions, comparison = (
            reverse(f"admin:guides_guide_{name}", args=[edition.guide_id]) for name in ("editions", "compare")
        )
        return format_html(
            '<a href="{}">All editions of this guide</a>, '
            '<a href="{}?from={}&amp;to={}">what was changed since this one</a>',
            editions,
            comparison,
            edition.number,
            WORKING_COPY,
        )


@dataclass(frozen=True)
class Row:
    """An edition in the list, its state in a word, and the number of the one that readers had before it."""

    edition: Edition
    state: str
    previous: int | None


@screen("editions/", name="editions", permission="guides.view_guide")
def editions_screen(request: HttpRequest, guide: Guide) -> HttpResponse:
    """List the editions of a guide, newest first, and offer any two states of it for comparison."""
    page = Paginator(_listed(guide), PER_PAGE).get_page(request.GET.get("page"))
    current = guide.editions.current().defer("document").annotate(is_shown=IS_SHOWN).first()
    return show(
        request,
        guide,
        "admin/guides/guide/editions.html",
        title="Editions",
        tab="editions",
        page=page,
        rows=[Row(edition, _state_of(edition, current), edition.previous) for edition in page],
        chosen=_chosen([edition.number for edition in page], current),
    )


def _listed(guide: Guide) -> QuerySet[Any]:
    """Return the editions of `guide`, newest first, without their documents, each with `previous`."""
    earlier = Edition.objects.filter(
        guide=OuterRef("guide"), number__lt=OuterRef("number"), cancelled_at=None
    )
    previous = Subquery(earlier.order_by("-number").values("number")[:1])
    editions = guide.editions.defer("document").select_related("author").annotate(previous=previous)
    return editions.order_by("-number")


def _state_of(edition: Edition, current: Any) -> str:
    """Return what became of an edition; `current` is the newest live one of its guide."""
    if edition.cancelled_at:
        return "cancelled"
    if current is None or edition.live_at > timezone.now():
        return "scheduled"
    if edition.number != current.number:
        return "earlier"
    return "live now" if current.is_shown else "hidden"


def _chosen(numbers: list[int], current: Any) -> int | None:
    """Return the edition of this page that comparison starts from: the current one, or else the newest."""
    if current and current.number in numbers:
        return int(current.number)
    return numbers[0] if numbers else None


# --- Comparing two states ----------------------------------------------------------------------


class NoSuchState(Exception):
    """A state was asked for that the guide does not have; `status` is that of the answer."""

    def __init__(self, message: str, status: HTTPStatus) -> None:
        self.status = status
        super().__init__(message)


@screen("compare/", name="compare", permission="guides.view_guide")
def compare_screen(request: HttpRequest, guide: Guide) -> HttpResponse:
    """Show what differs between two states, each the number of an edition or "working-copy"."""
    try:
        old, new = (_wanted(request.GET.get(name, "")) for name in ("from", "to"))
        states = _states(guide, {old, new})
    except NoSuchState as refused:
        response = _compared(request, guide, problem=str(refused))
        response.status_code = refused.status
        return response
    return _compared(request, guide, old=old, new=new, comparison=compare(states[old], states[new]))


def _compared(request: HttpRequest, guide: Guide, **context: Any) -> HttpResponse:
    template = "admin/guides/guide/compare.html"
    return show(request, guide, template, title="Compare", tab="editions", **context)


def _wanted(word: str) -> int | None:
    """Return the number that `word` asks for; None is the working copy. Raises `NoSuchState` for nonsense."""
    if word == WORKING_COPY:
        return None
    if word.isascii() and word.isdecimal() and len(word) < 10:
        return int(word)
    raise NoSuchState("Choose two states to compare: editions, or the working copy.", HTTPStatus.BAD_REQUEST)


def _states(guide: Guide, wanted: set[int | None]) -> dict[int | None, Content]:
    """Return the content of `guide` in each of the states. Raises `NoSuchState` for an unknown number."""
    numbers = {number for number in wanted if number is not None}
    editions = guide.editions.filter(number__in=numbers).values_list("number", "document")
    states: dict[int | None, Content] = {number: parsed(document) for number, document in editions}
    if missing := numbers - states.keys():
        listed = " and no edition ".join(str(number) for number in sorted(missing))
        raise NoSuchState(f"This guide has no edition {listed}.", HTTPStatus.NOT_FOUND)
    return states | {None: content_of(guide)} if None in wanted else states
