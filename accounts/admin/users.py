"""Accounts: who has one, and what learners did with it."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.forms import AdminUserCreationForm
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest, HttpResponse

from accounts.admin.learning import followed_by, last_said
from accounts.admin.owners import OwnersAdmin, is_owner
from accounts.models import Enrolment, Review, StepEvent, User
from guides.models import Edition


class AccountCreationForm(AdminUserCreationForm):
    """A new account: an e-mail address and a password."""

    class Meta:
        model = User
        fields = ("email",)

    def clean_email(self) -> str:
        """Return the address in small letters, as sign-up stores it."""
        return self.cleaned_data["email"].lower()


@admin.register(User)
class UserAdmin(OwnersAdmin, DjangoUserAdmin):
    """Accounts by e-mail address. Who is no superuser sees those of learners, without what they may do."""

    add_form = AccountCreationForm
    ordering = ("email",)
    list_display = ("email", "is_staff", "is_active", "date_joined", "last_login")
    list_filter = ("is_staff", "is_superuser", "is_active", "groups")
    search_fields = ("email",)
    readonly_fields = ("date_joined", "last_login")
    fieldsets = (
        (None, {"fields": ("email", "password")}),
        (
            "What the person may do",
            {"fields": ("is_active", "is_staff", "is_superuser", "groups", "user_permissions")},
        ),
        ("Dates", {"fields": ("date_joined", "last_login")}),
    )
    add_fieldsets = ((None, {"fields": ("email", "usable_password", "password1", "password2")}),)

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        accounts = super().get_queryset(request)
        return accounts if is_owner(request) else accounts.filter(is_staff=False, is_superuser=False)

    def get_list_display(self, request: HttpRequest) -> Any:
        shown = super().get_list_display(request)
        return shown if is_owner(request) else [name for name in shown if name != "is_staff"]

    def get_list_filter(self, request: HttpRequest) -> Any:
        return super().get_list_filter(request) if is_owner(request) else ("is_active",)

    def get_fieldsets(self, request: HttpRequest, obj: User | None = None) -> Any:
        if is_owner(request):
            return super().get_fieldsets(request, obj)
        return ((None, {"fields": ("email", "is_active", "date_joined", "last_login")}),)

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, Any],
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: User | None = None,
    ) -> HttpResponse:
        """Show what the person follows and did beside the account."""
        if obj:
            followed = followed_by(obj)
            context |= {"followed": followed, "said": last_said(obj, followed)}
        return super().render_change_form(request, context, add, change, form_url, obj)

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """Keep accounts that did something: what they did would go with them."""
        held = [
            f"{user}: they learned, published or changed something here, so take “active” away instead"
            for user in who_did_something(objs)
        ]
        return ([], {}, set(), held) if held else super().get_deleted_objects(objs, request)


def who_did_something(users: Any) -> QuerySet[User]:
    """Return those of `users` whom the log, an edition, a path or a review names."""
    own = OuterRef("pk")
    traces = (
        LogEntry.objects.filter(user=own),
        Edition.objects.filter(author=own),
        Enrolment.objects.filter(user=own),
        StepEvent.objects.filter(user=own),
        Review.objects.filter(user=own),
    )
    did = Q()
    for trace in traces:
        did |= Q(Exists(trace))
    return User.objects.filter(did, pk__in=[user.pk for user in users])
