"""Things in the studio whose every change leaves an entry in the log, with what was before and after."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, ClassVar, cast

from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse

from portal.log import added, changed, log_deleted, values_of

if TYPE_CHECKING:
    from accounts.models import User


class LoggedAdmin(admin.ModelAdmin):
    """Writes what was before and after into the log; `log_also` names fields that no form shows."""

    log_also: ClassVar[tuple[str, ...]] = ()

    def logged_values(self, thing: Any) -> dict[str, Any]:
        """Return what is stored of `thing`, by the names of its fields."""
        return values_of(thing, *self.log_also)

    def save_form(self, request: HttpRequest, form: Any, change: bool) -> Any:
        """Keep what was stored: here nothing is saved yet."""
        if change:
            form.stored = self.logged_values(form.instance)
        return super().save_form(request, form, change)

    def construct_change_message(
        self, request: HttpRequest, form: Any, formsets: Any, add: bool = False
    ) -> Any:
        if add:
            return added(self.logged_values(form.instance))
        if hasattr(form, "stored"):
            return changed(form.stored, self.logged_values(form.instance))
        return super().construct_change_message(request, form, formsets, add)

    def log_deletions(self, request: HttpRequest, queryset: Iterable[Any]) -> list[LogEntry]:
        return log_deleted(_staff(request), queryset, *self.log_also)

    def response_action(
        self, request: HttpRequest, queryset: QuerySet[Any], *args: Any, **kwargs: Any
    ) -> HttpResponse | None:
        """Do an action and log it, both or neither."""
        with transaction.atomic():
            return super().response_action(request, queryset, *args, **kwargs)


def _staff(request: HttpRequest) -> "User":
    return cast("User", request.user)
