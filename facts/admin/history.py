"""Things of which every state is kept: what changed when and by whom, and bringing an earlier state back."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from simple_history.admin import SimpleHistoryAdmin

from facts.admin.changes import Change, tell_changes
from facts.restoring import Outdated, restore
from guides.admin.staff import staff
from portal.conflicts import ConflictAdmin
from portal.logged import LoggedAdmin

PER_PAGE = 50


class HistoryAdmin(SimpleHistoryAdmin, ConflictAdmin, LoggedAdmin):
    """A thing in the studio with its history, which two people may have open at once."""

    object_history_template = "admin/facts/history.html"
    history_list_per_page = PER_PAGE
    change_list_template = "admin/facts/change_list.html"

    def get_urls(self) -> list[URLPattern]:
        name = f"{self.opts.app_label}_{self.opts.model_name}_deleted"
        return [
            path("deleted/", self.admin_site.admin_view(self.deleted_view), name=name),
            *super().get_urls(),
        ]

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Show the states of a thing, which may be deleted."""
        context = {"title": "History", "subtitle": None, **(extra_context or {})}
        return super().history_view(request, str(_number(object_id)), context)

    def history_form_view(
        self, request: HttpRequest, object_id: str, version_id: str, extra_context: Any = None
    ) -> HttpResponse:
        """Show what bringing a state back would change; do so where that is sent."""
        records = self.model.history.select_related("history_user")
        record = get_object_or_404(records, id=_number(object_id), history_id=_number(version_id))
        if not self.has_view_permission(request):
            raise PermissionDenied
        faults: list[str] = []
        if request.method == "POST":
            try:
                return self._restored(request, record)
            except (ValidationError, Outdated) as refused:
                faults = getattr(refused, "messages", [str(refused)])
        return self._show_state(request, record, faults)

    def _restored(self, request: HttpRequest, record: Any) -> HttpResponse:
        if not self.may_restore(request, record):
            raise PermissionDenied
        with transaction.atomic():
            thing = restore(record, by=staff(request), seen=request.POST.get("seen", ""))
        messages.success(request, f"“{thing}” is as it was on {_moment(record)}.")
        return redirect(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", thing.pk)

    def _show_state(self, request: HttpRequest, record: Any, faults: list[str]) -> HttpResponse:
        latest = self.model.history.filter(id=record.id).latest("history_date", "history_id")
        context = {
            "title": f"State of {_moment(record)}",
            "record": record,
            "latest": latest,
            "changes": self._changes(latest, record),
            "may_restore": self.may_restore(request, record),
            "faults": faults,
        }
        status = HTTPStatus.CONFLICT if faults else HTTPStatus.OK
        return self._show(request, "admin/facts/state.html", status, **context)

    def _changes(self, latest: Any, record: Any) -> list[Change]:
        """Return what bringing `record` back would change."""
        tell_changes(self.model, [record, latest])
        return record.history_delta_changes

    def may_restore(self, request: HttpRequest, record: Any) -> bool:
        """Whether the person may bring a state back: to change what is there, to add what is not."""
        if self.model._default_manager.filter(pk=record.id).exists():
            return self.has_change_permission(request)
        return self.has_add_permission(request)

    def deleted_view(self, request: HttpRequest) -> HttpResponse:
        """List what was deleted, the latest first, so that it can be brought back."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        page = Paginator(self._gone(), PER_PAGE).get_page(request.GET.get("page"))
        rows = [(record, self.called(record)) for record in page]
        title = f"Deleted {self.opts.verbose_name_plural}"
        return self._show(request, "admin/facts/deleted.html", title=title, page=page, rows=rows)

    def _gone(self) -> Any:
        """Return the last states of what was deleted, the latest first, with what they name."""
        gone = self.model.history.latest_of_each().filter(history_type="-")
        named = gone.select_related("history_user")._select_related_history_tracked_objs()
        return named.order_by("-history_date", "-history_id")

    def called(self, record: Any) -> str:
        """Return what a state is called; what it names may be deleted, too."""
        return str(getattr(record, "name", record.id))

    def set_history_delta_changes(
        self, request: HttpRequest, historical_records: Any, foreign_keys_are_objs: bool = True
    ) -> None:
        tell_changes(self.model, list(historical_records))

    def _show(
        self, request: HttpRequest, template: str, status: int = HTTPStatus.OK, **context: Any
    ) -> HttpResponse:
        frame = {**self.admin_site.each_context(request), "opts": self.opts, "app_label": self.opts.app_label}
        stem = f"admin:{self.opts.app_label}_{self.opts.model_name}"
        frame |= {"list_url": reverse(f"{stem}_changelist"), "history_name": f"{stem}_history"}
        frame |= {"state_name": f"{stem}_simple_history"}
        return render(request, template, {**frame, **context}, status=status)


def _number(text: str) -> int:
    """Return the number of a row. Raises `Http404` for what is none."""
    if not (text.isascii() and text.isdecimal() and len(text) < 19):
        raise Http404
    return int(text)


def _moment(record: Any) -> str:
    return f"{record.history_date:%-d %B %Y, %H:%M} UTC"
