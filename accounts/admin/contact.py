"""Requests to be contacted: support reads them, passes them on by hand, and notes that here."""

from typing import Any, cast

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from accounts.admin.owners import is_owner
from accounts.contact import pass_on
from accounts.models import ContactRequest, User
from portal.logged import LoggedAdmin


class StandingFilter(admin.SimpleListFilter):
    """What became of a request."""

    title = "standing"
    parameter_name = "standing"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("open", "open"), ("passed_on", "passed on"), ("withdrawn", "withdrawn")]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        chosen = {
            "open": queryset.open,
            "passed_on": queryset.passed_on,
            "withdrawn": queryset.withdrawn,
        }.get(self.value() or "")
        return chosen() if chosen else queryset


@admin.register(ContactRequest)
class ContactRequestAdmin(LoggedAdmin):
    """What learners ask of providers. A request that was withdrawn holds nothing of them any more."""

    list_display = ("title", "provider", "standing", "consented_at")
    list_filter = (StandingFilter,)
    search_fields = ("title", "provider")
    date_hierarchy = "consented_at"
    actions = ("pass_on",)
    fields = readonly_fields = (
        "title",
        "provider",
        "standing",
        "name",
        "email",
        "message",
        "agreed_to",
        "consented_at",
        "passed_on_at",
        "withdrawn_at",
    )

    @admin.display(description="standing")
    def standing(self, contact: ContactRequest) -> str:
        return contact.standing

    @admin.action(description="Mark as passed on to the provider", permissions=["pass_on"])
    def pass_on(self, request: HttpRequest, requests: QuerySet[ContactRequest]) -> None:
        """Note that somebody told the providers; what was withdrawn or passed on before is left alone."""
        done = pass_on(requests, by=cast(User, request.user))
        messages.success(request, f"Marked as passed on: {len(done)} of {len(requests)}.")

    def has_pass_on_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("accounts.pass_on_contactrequest")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Let superusers delete one: an account that is deleted takes its requests along."""
        return is_owner(request)

    def response_delete(self, request: HttpRequest, obj_display: str, obj_id: int) -> HttpResponse:
        """Go on at the list, which Django leaves to those who may change things."""
        super().response_delete(request, obj_display, obj_id)
        return redirect("admin:accounts_contactrequest_changelist")
