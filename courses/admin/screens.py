"""What the screens of the catalog have in common."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, cast

from django.contrib import admin, messages
from django.contrib.admin.models import LogEntry
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from courses.models import Status
from portal.conflicts import ConflictAdmin
from portal.log import log, log_deleted
from portal.logged import LoggedAdmin

if TYPE_CHECKING:
    from accounts.models import User

# A link that is typed without a scheme is meant as https.
LINKS: dict[type[models.Field], dict[str, Any]] = {models.URLField: {"assume_scheme": "https"}}


class CatalogAdmin(ConflictAdmin, LoggedAdmin):
    """A thing of the catalog, which two people may have open at once."""

    formfield_overrides = LINKS


class PartInline(admin.TabularInline):
    """Rows that are a part of a thing; who may change the thing may change them."""

    extra = 0

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._wholes.has_view_permission(request, obj)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._may_write(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._may_write(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._may_write(request, obj)

    def _may_write(self, request: HttpRequest, whole: Any) -> bool:
        if whole is None:
            return self._wholes.has_add_permission(request)
        return self._wholes.has_change_permission(request, whole)

    @property
    def _wholes(self) -> Any:
        return self.admin_site._registry[self.parent_model]


class FiguresInline(PartInline):
    """What sources say of an offer, a row for each source and day."""

    formfield_overrides = LINKS
    verbose_name = "source"
    verbose_name_plural = "figures, by who says so and when"


class OfferAdmin(CatalogAdmin):
    """A course or a certification, with the figures that sources give of it."""

    prepopulated_fields = {"slug": ("title",)}
    actions = ("mark_active", "mark_retired")

    def logged_values(self, thing: Any) -> dict[str, Any]:
        """Return what is stored of an offer, with its figures."""
        return super().logged_values(thing) | {"figures": [_told(row) for row in thing.figures.all()]}

    def log_deletions(self, request: HttpRequest, queryset: Iterable[Any]) -> list[LogEntry]:
        """Log the figures that go with each offer, too."""
        for offer in queryset:
            log_deleted(cast("User", request.user), offer.figures.all())
        return super().log_deletions(request, queryset)

    @admin.action(description="Looked at today: can be had", permissions=["change"])
    def mark_active(self, request: HttpRequest, offers: QuerySet[Any]) -> None:
        """Note that offers can be had, as seen today."""
        self._mark(request, offers, Status.ACTIVE)

    @admin.action(description="Looked at today: can no longer be had", permissions=["change"])
    def mark_retired(self, request: HttpRequest, offers: QuerySet[Any]) -> None:
        """Take offers that can no longer be had off the lists; their pages stay."""
        self._mark(request, offers, Status.RETIRED)

    def _mark(self, request: HttpRequest, offers: QuerySet[Any], status: Status) -> None:
        today = timezone.localdate()
        marked = list(offers.select_for_update(of=("self",)))
        for offer in marked:
            before = {"status": offer.get_status_display(), "last checked on": offer.checked_on}
            offer.status, offer.checked_on = status, today
            offer.save(update_fields=["status", "checked_on"])
            after = {"status": offer.get_status_display(), "last checked on": today}
            log(cast("User", request.user), offer, before=before, after=after)
        messages.success(request, f"Marked as {status.label}, checked today: {len(marked)}.")


def _told(row: Any) -> str:
    fields = [field for field in row._meta.concrete_fields if not field.primary_key and not field.is_relation]
    said = [(field.verbose_name, field.value_from_object(row)) for field in fields]
    return "; ".join(f"{name}: {value}" for name, value in said if value not in (None, ""))
