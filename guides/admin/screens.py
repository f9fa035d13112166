"""What the studio's screens of one guide have in common."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path

from guides.admin.staff import staff
from guides.editing import Outdated
from guides.models import Guide

if TYPE_CHECKING:
    from accounts.models import User

View = Callable[..., HttpResponse]


@dataclass(frozen=True)
class Screen:
    """A screen of a guide: its address below that of the guide, and the permission that it needs."""

    address: str
    name: str
    permission: str
    view: View


SCREENS: list[Screen] = []  # of this app and of those above it


def screen(address: str, *, name: str, permission: str) -> Callable[[View], View]:
    """Make a view a screen of the studio at `address` below a guide's, called `admin:guides_guide_<name>`.

    The view gets the request and the guide. Where it raises `Outdated`, the message is shown and the screen
    opens anew, as everything is now.
    """

    def register(view: View) -> View:
        @wraps(view)
        def checked(request: HttpRequest, guide: UUID, **kwargs: Any) -> HttpResponse:
            if not may(staff(request), permission):
                raise PermissionDenied
            found = get_object_or_404(Guide.objects.select_related("changed_by"), pk=guide)
            try:
                return view(request, found, **kwargs)
            except Outdated as outdated:
                messages.error(request, str(outdated))
                return redirect(request.get_full_path())

        SCREENS.append(Screen(address, name, permission, checked))
        return checked

    return register


def may(user: "User", permission: str) -> bool:
    """Whether `user` has a permission; as everywhere in the admin, who may change may look, too."""
    return user.has_perm(permission) or user.has_perm(permission.replace(".view_", ".change_"))


def patterns() -> list[URLPattern]:
    """Return the addresses of all screens, for the admin of guides."""
    return [
        path(
            f"<uuid:guide>/{screen.address}",
            admin.site.admin_view(screen.view),
            name=f"guides_guide_{screen.name}",
        )
        for screen in SCREENS
    ]


def show(
    request: HttpRequest,
    guide: Guide,
    template: str,
    *,
    title: str,
    tab: str = "",
    status: int | None = None,
    **context: Any,
) -> HttpResponse:
    """Return the screen of `guide` that `template` makes; `tab` is the one that it belongs to."""
    frame = {
        **admin.site.each_context(request),
        "title": title,
        "subtitle": guide.title,
        "opts": Guide._meta,
        "guide": guide,
        "tab": tab,
    }
    return render(request, template, {**frame, **context}, status=status)


def version_of(request: HttpRequest) -> int:
    """Return the version that the posted form started from; 0, which no guide has, if it says none."""
    version = request.POST.get("version", "")
    return int(version) if version.isdecimal() and version.isascii() and len(version) < 10 else 0
