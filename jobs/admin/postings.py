"""Jobs as they came: nobody writes in them, and staff hide what should not be listed."""

from typing import TYPE_CHECKING, Any, cast

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from guides.admin.editions import ReadOnlyAdmin
from jobs.hiding import hide, show
from jobs.models import Posting
from portal.logged import LoggedAdmin

if TYPE_CHECKING:
    from accounts.models import User


class StandingFilter(admin.SimpleListFilter):
    """Where a job stands."""

    title = "standing"
    parameter_name = "standing"
    chosen: dict[str, dict[str, Any]] = {
        "listed": {"gone_at": None, "hidden_at": None},
        "gone": {"gone_at__isnull": False},
        "hidden": {"hidden_at__isnull": False},
    }

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(name, name) for name in self.chosen]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        return queryset.filter(**self.chosen.get(self.value() or "", {}))


@admin.register(Posting)
class PostingAdmin(LoggedAdmin, ReadOnlyAdmin):
    """Jobs that feeds list. A hidden one stays hidden, also when a feed brings it again."""

    list_display = ("title", "company", "place", "feeds", "since", "standing")
    list_filter = (StandingFilter, ("entries__feed", admin.RelatedOnlyFieldListFilter))
    search_fields = ("title", "company", "place", "link")
    actions = ("hide_jobs", "show_jobs")
    fields = readonly_fields = (
        "title",
        "company",
        "place",
        "address",
        "summary",
        "feeds",
        "published_at",
        "first_seen_at",
        "last_seen_at",
        "gone_at",
        "hidden_at",
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Posting]:
        return super().get_queryset(request).prefetch_related("entries__feed")

    @admin.display(description="feeds")
    def feeds(self, posting: Posting) -> str:
        return ", ".join(sorted({str(entry.feed) for entry in posting.entries.all()}))

    @admin.display(description="address")
    def address(self, posting: Posting) -> SafeString:
        return format_html('<a href="{0}" rel="noopener nofollow">{0}</a>', posting.link)

    @admin.display(description="since", ordering="listed_at")
    def since(self, posting: Posting) -> str:
        return f"{posting.listed_at:%-d %b %Y}"

    @admin.display(description="standing")
    def standing(self, posting: Posting) -> str:
        if posting.hidden_at:
            return "hidden"
        return "gone" if posting.gone_at else "listed"

    def has_hide_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("jobs.hide_posting")

    @admin.action(description="Hide for good", permissions=["hide"])
    def hide_jobs(self, request: HttpRequest, postings: QuerySet[Posting]) -> None:
        """Take jobs off the lists, also when a feed brings them again."""
        done = hide(postings, by=cast("User", request.user), now=timezone.now())
        messages.success(request, f"Hidden for good: {done}.")

    @admin.action(description="Show again", permissions=["hide"])
    def show_jobs(self, request: HttpRequest, postings: QuerySet[Posting]) -> None:
        """Put jobs back that were hidden."""
        done = show(postings, by=cast("User", request.user), now=timezone.now())
        messages.success(request, f"Shown again: {done}.")
