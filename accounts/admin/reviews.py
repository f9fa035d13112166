"""Reviews in the studio: moderators read them, hide them and show them; nobody writes in a learner's name."""

from typing import Any, cast

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ActionForm
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.text import Truncator

from accounts.models import Review, ReviewReport, User
from accounts.models.review import ReviewQuerySet
from accounts.reviews import hide, show
from guides.admin.editions import ReadOnlyAdmin
from portal.log import log
from portal.logged import LoggedAdmin

SHOWN_LENGTH = 80  # characters of a text in the list
REASON_LENGTH = 300


class ModerationForm(ActionForm):
    """Which action is done with the chosen reviews, and why: that is what their authors read."""

    reason = forms.CharField(
        label="Why, as the author reads it:",
        required=False,
        widget=forms.TextInput(attrs={"maxlength": REASON_LENGTH}),  # a longer one is refused below, in words
    )


class Reported(admin.SimpleListFilter):
    """Whether somebody waits for a moderator."""

    title = "reports"
    parameter_name = "reported"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("open", "waiting for a moderator"), ("ever", "reported at any time")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        reports = ReviewReport.objects.all()
        if self.value() == "open":
            reports = reports.filter(settled_at=None)
        return queryset.filter(pk__in=reports.values("review")) if self.value() else queryset


class Hidden(admin.SimpleListFilter):
    """Whether everybody reads a review."""

    title = "whether it is shown"
    parameter_name = "hidden"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("no", "shown"), ("yes", "hidden")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        is_hidden = {"yes": True, "no": False}.get(self.value() or "")
        return queryset if is_hidden is None else queryset.exclude(hidden_at__isnull=is_hidden)


class ReportsInline(admin.TabularInline):
    """What learners find wrong with a review; who they are is not shown."""

    model = ReviewReport
    fields = readonly_fields = ("reason", "reported_at", "settled_at")
    extra = 0
    verbose_name_plural = "reports"

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return may_moderate(request)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Review)
class ReviewAdmin(ReadOnlyAdmin, LoggedAdmin):
    """Reviews, the newest first. Who wrote one is told to those who may look at accounts."""

    list_display = ("course", "stars", "begins", "shown_name", "open_reports", "is_shown", "written_at")
    list_filter = (Reported, Hidden, "stars")
    list_select_related = ("course",)
    search_fields = ("course__title", "text", "name")
    action_form = ModerationForm
    actions = ("hide_reviews", "show_reviews")
    inlines = (ReportsInline,)

    def get_queryset(self, request: HttpRequest) -> ReviewQuerySet:
        return cast(ReviewQuerySet, super().get_queryset(request)).with_open_reports()

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        own = ("course", "stars", "text", "name", "written_at", "edited_at")
        who = ("user",) if request.user.has_perm("accounts.view_user") else ()
        return (*own, *who, "hidden_at", "hidden_by", "hidden_reason")

    def has_moderate_permission(self, request: HttpRequest) -> bool:
        return may_moderate(request)

    @admin.action(description="Hide", permissions=["moderate"])
    def hide_reviews(self, request: HttpRequest, reviews: QuerySet[Review]) -> None:
        """Hide reviews from everybody but their authors, who read why."""
        reason = request.POST.get("reason", "").strip()
        if fault := _fault_of(reason):
            messages.error(request, f"{fault} Nothing was hidden.")
            return
        for review in _locked(reviews):
            before = _told(review)
            hide(review, by=_staff(request), reason=reason)
            log(_staff(request), review, "Hidden.", before=before, after=_told(review))
        messages.success(request, f"Hidden: {len(reviews)}. Their reports are settled.")

    @admin.action(description="Show, or leave it there", permissions=["moderate"])
    def show_reviews(self, request: HttpRequest, reviews: QuerySet[Review]) -> None:
        """Show reviews to everybody, or say of reported ones that they may stay."""
        for review in _locked(reviews):
            before = _told(review)
            show(review)
            log(_staff(request), review, "Shown.", before=before, after=_told(review))
        messages.success(request, f"Shown: {len(reviews)}. Their reports are settled.")

    @admin.display(description="text")
    def begins(self, review: Review) -> str:
        return Truncator(review.text).chars(SHOWN_LENGTH)

    @admin.display(description="name", ordering="name")
    def shown_name(self, review: Review) -> str:
        return review.shown_name

    @admin.display(description="shown", boolean=True)
    def is_shown(self, review: Review) -> bool:
        return not review.is_hidden

    @admin.display(description="open reports", ordering="open_reports")
    def open_reports(self, review: Any) -> int:
        return review.open_reports


def may_moderate(request: HttpRequest) -> bool:
    """Whether who asks may hide and show reviews."""
    return request.user.has_perm("accounts.moderate_review")


def _fault_of(reason: str) -> str:
    if not reason:
        return "Say why: it is what the author reads."
    return f"Say it in {REASON_LENGTH} characters at most." if len(reason) > REASON_LENGTH else ""


def _staff(request: HttpRequest) -> User:
    return cast(User, request.user)


def _locked(reviews: QuerySet[Review]) -> QuerySet[Review]:
    """Return the chosen reviews, which nobody else changes until the transaction ends."""
    return Review.objects.select_for_update().filter(pk__in=[review.pk for review in reviews])


def _told(review: Review) -> dict[str, Any]:
    """Return what the log says of a review before and after."""
    return {
        "hidden": review.is_hidden,
        "why": review.hidden_reason,
        "open reports": review.reports.filter(settled_at=None).count(),
    }
