"""What superusers alone may change: who could change accounts or roles could give themselves any right."""

from typing import Any, cast

from django.http import HttpRequest

from accounts.models import User
from portal.logged import LoggedAdmin


class OwnersAdmin(LoggedAdmin):
    """Something that only superusers change, whatever permissions others were given."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return is_owner(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return is_owner(request)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return is_owner(request)


def is_owner(request: HttpRequest) -> bool:
    """Whether a superuser asks; the admin has let in members of the staff alone."""
    return cast(User, request.user).is_superuser
