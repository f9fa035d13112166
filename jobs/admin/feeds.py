"""Feeds: added, looked after, and asked to be fetched."""

from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlsplit

from django.contrib import admin, messages
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString

from jobs.models import Feed, FeedTry
from jobs.tasks import ask_to_refresh
from portal.conflicts import ConflictAdmin
from portal.log import log
from portal.logged import LoggedAdmin

if TYPE_CHECKING:
    from accounts.models import User


PATH = 28  # characters of a path that a list shows


def shortened(url: str) -> str:
    """Return the host of `url`, and of the rest the end, which tells the feeds of a host apart."""
    parts = urlsplit(url)
    rest = parts.path + (f"?{parts.query}" if parts.query else "")
    return parts.netloc + (rest if len(rest) <= PATH else f"/…{rest[-PATH:]}")


class HealthFilter(admin.SimpleListFilter):
    """How feeds do."""

    title = "health"
    parameter_name = "health"
    chosen: dict[str, dict[str, Any]] = {
        "ok": {"active": True, "failing_since": None, "succeeded_at__isnull": False},
        "failing": {"active": True, "failing_since__isnull": False},
        "new": {"active": True, "failing_since": None, "succeeded_at": None},
        "off": {"active": False},
    }

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("ok", "ok"), ("failing", "failing"), ("new", "new"), ("off", "off")]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        return queryset.filter(**self.chosen.get(self.value() or "", {}))


class TryInline(admin.TabularInline):
    """What came of the last tries; written by refreshing alone."""

    model = FeedTry
    fields = readonly_fields = ("at", "outcome", "words", "listed", "new", "gone")
    extra = 0
    can_delete = False
    verbose_name_plural = "the last tries"

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("jobs.view_feed")


@admin.register(Feed)
class FeedAdmin(ConflictAdmin, LoggedAdmin):
    """Feeds of jobs. Saving a new address has it fetched soon after."""

    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}
    list_display = ("publisher", "where", "guide", "how_it_does", "last_error", "entry_count", "succeeded")
    list_filter = (HealthFilter, ("guide", admin.RelatedOnlyFieldListFilter))
    list_select_related = ("guide",)
    search_fields = ("publisher", "url", "place")
    autocomplete_fields = ("guide",)
    actions = ("refresh_now", "take_new_address")
    inlines = (TryInline,)
    readonly_fields = (
        "how_it_does",
        "failing_since",
        "last_error",
        "new_address",
        "tried_at",
        "succeeded_at",
        "next_try_at",
        "entry_count",
    )
    fieldsets = (
        (None, {"fields": ("guide", "publisher", "url", "place", "active")}),
        ("How it does", {"fields": readonly_fields}),
    )

    @admin.display(description="address", ordering="url")
    def where(self, feed: Feed) -> SafeString:
        return format_html('<span title="{}">{}</span>', feed.url, shortened(feed.url))

    @admin.display(description="health", ordering="failing_since")
    def how_it_does(self, feed: Feed) -> str:
        return feed.health

    @admin.display(description="last success (UTC)", ordering="succeeded_at")
    def succeeded(self, feed: Feed) -> str:
        return f"{feed.succeeded_at:%-d %b, %H:%M}" if feed.succeeded_at else "never"

    @admin.display(description="has moved to")
    def new_address(self, feed: Feed) -> SafeString | str:
        if not feed.moved_to:
            return "-"
        return format_html("{} (choose “Take the new address” on the list to use it)", feed.moved_to)

    def save_model(self, request: HttpRequest, obj: Feed, form: Any, change: bool) -> None:
        """Store a feed, and have it fetched if it is new, or is elsewhere or on again."""
        is_new_to_us = not change or bool({"url", "active"} & set(form.changed_data))
        if is_new_to_us:
            obj.forget_answers()
        super().save_model(request, obj, form, change)
        if is_new_to_us and obj.active:
            ask_to_refresh(obj.pk)

    @admin.action(description="Fetch now", permissions=["change"])
    def refresh_now(self, request: HttpRequest, feeds: QuerySet[Feed]) -> None:
        """Put feeds into the queue; those that are off stay so."""
        asked = [feed for feed in feeds if feed.active]
        for feed in asked:
            ask_to_refresh(feed.pk)
            log(cast("User", request.user), feed, "Asked to fetch it now.")
        off = len(feeds) - len(asked)
        also = f" Off, and left alone: {off}." if off else ""
        told = f"Will be fetched within moments: {len(asked)}.{also} Look here again for what came of it."
        messages.success(request, told)

    @admin.action(description="Take the new address, where one has moved for good", permissions=["change"])
    def take_new_address(self, request: HttpRequest, feeds: QuerySet[Feed]) -> None:
        """Let feeds be fetched from where they said that they have moved to."""
        moved = [feed for feed in feeds.select_for_update(of=("self",)) if feed.moved_to]
        taken = [feed for feed in moved if self._move(request, feed)]
        messages.success(request, f"Now at their new address: {len(taken)} of {len(feeds)}.")

    def _move(self, request: HttpRequest, feed: Feed) -> bool:
        """Give `feed` its new address, unless that is too long or the career has it already."""
        before, url = feed.url, feed.moved_to
        is_taken = Feed.objects.filter(guide=feed.guide_id, url=url).exists()
        if is_taken or len(url) > 1000:
            return False
        feed.forget_answers()
        feed.url = url
        feed.save()
        log(cast("User", request.user), feed, before={"address": before}, after={"address": url})
        ask_to_refresh(feed.pk)
        return True
